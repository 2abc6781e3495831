import { z } from 'zod';

import { KlingError } from '../errors';
import { RawInteger, isJsonObject } from '../json';
import type { Json, JsonBody } from '../json';
import type { Kind } from '../kinds';
import { legacyPath } from '../kinds';
import type { RequestView } from '../requests';
import { isFinal } from '../task';
import type { Task } from '../task';
import { readJson, refusalOf, unreadable } from './answer';
import type { Complaint } from './answer';
import { toTask } from './legacyTask';
import type { HttpRequest, HttpResponse, Offers, Provider, Service, TaskRef } from './types';

/**
 * Kling's official legacy API (`/v1/videos/…`, `/v1/images/…`) and everything that copies it.
 * What differs between the copies is data.
 */
export interface LegacyDialect {
	service: Service;
	label: string;
	/** Put before every path, e.g. `/kling` at relays. */
	prefix: string;
	offers: Offers;
	defaultModels: Partial<Record<Kind, string>>;
	callbackField: 'callback_url' | 'notify_hook';
	maxLengths?: Provider['maxLengths'];
	check?: Provider['check'];
}

/** Element ids go out as bare integers: as text Kling's tolerance is unproven, as a JS number they lose their last digits. */
export function elementIds(list: ReadonlyArray<{ element_id: string }>): JsonBody {
	return list.map(({ element_id }) => ({ element_id: new RawInteger(element_id) }));
}

/** A request as the legacy API wants it: durations are strings, the callback has the dialect's name, extra fields come last. */
export function legacyBody(
	request: RequestView,
	callbackField: LegacyDialect['callbackField'],
): { [key: string]: JsonBody } {
	const {
		kind: _kind,
		duration,
		multi_prompt,
		element_list,
		callback_url,
		extra,
		...same
	} = request;
	return {
		...same,
		...(duration === undefined ? {} : { duration: String(duration) }),
		...(multi_prompt
			? { multi_prompt: multi_prompt.map((shot) => ({ ...shot, duration: String(shot.duration) })) }
			: {}),
		...(element_list ? { element_list: elementIds(element_list) } : {}),
		...(callback_url ? { [callbackField]: callback_url } : {}),
		...(extra ?? {}),
	};
}

const complaint = z.object({
	code: z.union([z.number(), z.string()]).optional().catch(undefined),
	message: z.string().optional().catch(undefined),
	error: z
		.union([z.string(), z.object({ message: z.string(), code: z.unknown() }).partial()])
		.optional()
		.catch(undefined),
	request_id: z.string().optional().catch(undefined),
});

/** Official `{code,message,request_id}`, new-api's `{code:"word"}`, and OpenAI's `{error:{message,code}}` that some relays send. */
function complaintOf(json: Json): Complaint {
	const { code, message, error, request_id } = complaint.catch({}).parse(json);
	const inner = typeof error === 'object' ? error : undefined;
	const innerCode =
		typeof inner?.code === 'string' || typeof inner?.code === 'number' ? inner.code : undefined;
	const word = code ?? innerCode;
	return {
		code: typeof word === 'string' && /^\d+$/.test(word) ? Number(word) : word,
		message: message ?? inner?.message ?? (typeof error === 'string' ? error : undefined),
		requestId: request_id,
	};
}

const FINE_CODES = new Set<number | string | undefined>([undefined, 0, 200, 'success']);

/**
 * The payload of an answer: `data` of the official envelope, or the whole answer where a relay leaves the envelope out.
 * Throws `refused`, `notFound` or `unreadable`.
 */
export function readEnvelope(label: string, response: HttpResponse): { json: Json; data: Json } {
	const json = readJson(label, response);
	const found = complaintOf(json);
	const code = typeof found.code === 'string' ? found.code.toLowerCase() : found.code;
	const failed = response.status < 200 || response.status >= 300 || !FINE_CODES.has(code);
	if (failed) throw refusalOf(label, response, found);
	if (!isJsonObject(json)) throw unreadable(label, response, 'it is not a JSON object');
	return { json, data: json.data === undefined || json.data === null ? json : json.data };
}

/** For a test call, whose answer has no other mark: any web server may answer 200 with some JSON. Throws `unreadable`. */
export function needCode(label: string, response: HttpResponse, json: Json): void {
	if (isJsonObject(json) && json.code !== undefined) return;
	throw unreadable(label, response, 'it is JSON, but not of the form of Kling');
}

function readTaskOf(
	label: string,
	kind: Kind,
	response: HttpResponse,
	{ json, data }: { json: Json; data: Json },
): Task {
	const task = toTask(data, kind, json) ?? toTask(json, kind, json);
	if (!task) throw unreadable(label, response, 'it names no task');
	return task;
}

/** A finished task without a file is not a result; most likely the relay is not done copying it. */
export function needResult(label: string, task: Task): Task {
	if (task.status === 'succeed' && task.videos.length + task.images.length === 0) {
		throw new KlingError(
			'unreadable',
			`${label} says that the task succeeded, but its answer holds no video or image`,
			{
				taskId: task.id,
				retryable: true,
				advice: 'Look at the task in the console of the service',
			},
		);
	}
	return task;
}

/** Builds a provider for one copy of the legacy API; services add what they have beyond it. */
export function legacyProvider(dialect: LegacyDialect): Provider {
	const { service, label, prefix, offers, defaultModels, callbackField, maxLengths, check } =
		dialect;
	const path = (kind: Kind) => `${prefix}${legacyPath(kind)}`;
	return {
		service,
		label,
		offers,
		defaultModels,
		taskId: /^(\d{12,}|task_\w+)$/,
		...(maxLengths ? { maxLengths } : {}),
		...(check ? { check } : {}),

		encodeCreate: (request): HttpRequest => ({
			method: 'POST',
			path: path(request.kind),
			body: legacyBody(request, callbackField),
		}),

		readCreated: (kind, response) => {
			const task = readTaskOf(label, kind, response, readEnvelope(label, response));
			// A create that already reports the end is believed only after it was asked for: it carries no result yet.
			return isFinal(task) && task.status === 'succeed' ? { ...task, status: 'processing' } : task;
		},

		encodeGet: ({ id, kind }: TaskRef): HttpRequest => ({
			method: 'GET',
			path: `${path(kind)}/${encodeURIComponent(id)}`,
		}),

		readTask: ({ kind }, response) =>
			needResult(label, readTaskOf(label, kind, response, readEnvelope(label, response))),

		encodeProbe: (now): HttpRequest => ({
			method: 'GET',
			path: `${path('text2video')}/credential-test-${now}`,
		}),

		readProbe: (response) => readMissingTaskProbe(label, response),
	};
}

/**
 * The free test where a service has no account call: asking for a task that cannot exist.
 * "Not found" means the key was accepted. Throws `KlingError` for everything else.
 */
function readMissingTaskProbe(
	label: string,
	response: HttpResponse,
): { ok: boolean; message: string } {
	const fine = { ok: true, message: `${label} accepted the key. Its balance cannot be asked for` };
	try {
		needCode(label, response, readEnvelope(label, response).json);
		return fine;
	} catch (thrown) {
		const error = thrown instanceof KlingError ? thrown : unreadable(label, response, 'unknown');
		if (error.kind === 'notFound' || error.details.busy) return fine;
		if (error.details.code === 1201 || error.details.code === 1203) return fine;
		throw error;
	}
}
