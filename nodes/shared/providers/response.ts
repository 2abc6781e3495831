import type { z } from 'zod';

import { meaningOf } from './errorCodes';
import { cut } from '../core/cut';
import { KlingError } from '../core/errors';
import type { Json } from '../core/json';
import { parseJson } from '../core/json';
import { quote } from '../core/quote';
import type { Task } from '../core/task';
import { unusableLinkIn } from './results';
import { saidIn, saysUnknownTask, shortened } from './said';
import { LONGEST_ID } from './schemas';
import type { HttpResponse } from './types';

/** What a service says about a failure, in whichever shape it says it. */
export interface Complaint {
	code?: number | string;
	message?: string;
	requestId?: string;
}

const DUPLICATE = /external.?task.?id\b.*\balready exist/i;
const LONGEST_ANSWER = 500;
/** In characters. */
const LONGEST_CODE = 100;

/**
 * Retry-After, in whole seconds or as a date → ms from when the answer was sent; undefined where it is absent or makes no
 * sense, as a date does without the answer's own.
 */
function retryAfterMs({ headers }: HttpResponse): number | undefined {
	const { 'retry-after': header, date: sent = '' } = headers;
	if (header === undefined) return undefined;
	const inSeconds = Number(header);
	if (header.trim() !== '' && Number.isFinite(inSeconds)) return Math.max(0, inSeconds * 1000);
	const pause = Date.parse(header) - Date.parse(sent);
	return Number.isNaN(pause) ? undefined : Math.max(0, pause);
}

/** What is told of a complaint: neither people nor regular expressions need more. */
function bounded({ code, message, requestId }: Complaint): Complaint {
	return {
		code: typeof code === 'string' ? cut(code, LONGEST_CODE) : code,
		message: message && cut(message),
		requestId: requestId && requestId.length <= LONGEST_ID ? requestId : undefined,
	};
}

/** The error that a complaint, or failing that the HTTP status, amounts to. */
export function refusalOf(label: string, response: HttpResponse, said: Complaint): KlingError {
	const { code, message, requestId } = bounded(said);
	const meaning = meaningOf(code, response.status);
	const words = message || saidIn(response.text).words;
	const notFound =
		saysUnknownTask(code, words) ||
		// Some say with HTTP 200 what HTTP itself would say.
		(code === 404 && response.status === 200);
	return new KlingError(
		notFound ? 'notFound' : 'refused',
		notFound ? `${label} does not know this task` : `${label} ${meaning.what}`,
		{
			advice: notFound
				? 'Check the task ID, that Service and key are those it was made with, and that the operation it was made by is the one asked for'
				: meaning.advice,
			code,
			httpStatus: response.status,
			serviceMessage: words && shortened(words),
			requestId,
			retryable: meaning.retryable && !notFound,
			maybeCreated: meaning.maybeCreated,
			busy: meaning.busy,
			...(DUPLICATE.test(words ?? '') ? { duplicate: true } : {}),
			retryAfterMs: retryAfterMs(response),
		},
	);
}

/** Whether the HTTP status of an answer is one of success. */
export function isFine({ status }: HttpResponse): boolean {
	return status >= 200 && status < 300;
}

/** A refusal in another form than the service's own comes from something in between. */
function isByProxy({ status }: HttpResponse): boolean {
	return status === 403 || status === 407;
}

/** An answer that is not the service's own format: an HTML page, nothing at all, or JSON of another shape. */
export function unreadable(
	label: string,
	response: HttpResponse,
	why: string,
	webPage = false,
): KlingError {
	const { status: httpStatus } = response;
	if (httpStatus >= 200 && httpStatus < 300) {
		return new KlingError(
			'unreadable',
			`${label} returned a response that could not be read: ${why}`,
			{
				advice:
					'Check Service, Base URL and Path Prefix in the credential: this looks like another kind of service, or a proxy in between',
				httpStatus,
				retryable: true,
				maybeCreated: true,
				retryAfterMs: retryAfterMs(response),
				webPage: webPage || undefined,
			},
		);
	}
	const { what, advice, retryable, maybeCreated, busy } = meaningOf(undefined, httpStatus);
	const byProxy = isByProxy(response);
	return new KlingError(
		'refused',
		byProxy ? `A proxy or firewall between n8n and ${label} refused the call` : `${label} ${what}`,
		{
			advice: byProxy
				? 'Ask whoever runs the network of the n8n machine, and check Base URL in the credential. This says nothing about the key'
				: advice,
			httpStatus,
			cameInstead: why,
			retryable,
			maybeCreated,
			busy,
			retryAfterMs: retryAfterMs(response),
		},
	);
}

/** The body as JSON. Throws `unreadable` (or `refused`, where the HTTP status says so) for anything else. */
export function readJson(label: string, response: HttpResponse): Json {
	const body = response.text.trim();
	if (body === '') throw unreadable(label, response, 'the answer is empty');
	try {
		return parseJson(body);
	} catch {
		const html = /^<(!doctype|html)/i.test(body);
		throw unreadable(
			label,
			response,
			html
				? `a web page came instead of data${titleOf(body)}`
				: `not JSON: "${body.slice(0, 160)}"`,
			html,
		);
	}
}

function titleOf(html: string): string {
	const title = /<title>([^<]{1,80})/i.exec(html)?.[1]?.trim();
	return title ? ` ("${title}")` : '';
}

/** Checks a parsed answer against a schema. Throws `unreadable`. */
export function readAs<T extends z.ZodTypeAny>(
	label: string,
	response: HttpResponse,
	schema: T,
	json: Json,
): z.output<T> {
	const result = schema.safeParse(json);
	if (result.success) return result.data as z.output<T>;
	const fault = result.error.issues[0];
	const where = fault?.path.join('.') ?? '';
	throw unreadable(label, response, `${where || 'the answer'} is not as documented`);
}

/** A task that succeeded without a file. That is no result; most likely the service is not done copying it. */
export function lacksResult({ status, results }: Task): boolean {
	return status === 'succeed' && results.length === 0;
}

/**
 * Throws `unreadable` for a task that `lacksResult`, with the answer, in which a person may find it. Where the answer holds a
 * link that cannot be fetched, no other will come.
 */
export function needResult(label: string, response: HttpResponse, task: Task): Task {
	if (!lacksResult(task)) return task;
	const { kind, status, raw } = task;
	const link = unusableLinkIn(raw, { kind, status, isTask: true });
	const says =
		link === undefined
			? `${label} says that the task succeeded, but its answer holds no link to a result`
			: `${label} says that the task succeeded, but the link to its result is no web address: ${quote(link)}`;
	const elsewhere = 'It was paid for: look for the result in the console of the service';
	throw new KlingError('unreadable', says, {
		taskId: task.id,
		maybeCreated: true,
		retryable: link === undefined,
		resultMissing: true,
		serviceMessage: task.message || undefined,
		cameInstead: shortened(response.text, LONGEST_ANSWER),
		advice:
			link === undefined ? `${elsewhere}, or try Task → Get with this task ID later` : elsewhere,
	});
}
