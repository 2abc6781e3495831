import { z } from 'zod';

import { isJsonObject, parseJson } from '../../core/json';
import type { Json } from '../../core/json';
import { readJson, refusalOf, unreadable } from '../response';
import type { Complaint } from '../response';
import type { HttpResponse } from '../types';

/** The envelope of Kling's legacy answers, in all the shapes that those who copy it put around it. */

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
	const said = {
		code: typeof word === 'string' && /^\d+$/.test(word) ? Number(word) : word,
		message: message ?? inner?.message ?? (typeof error === 'string' ? error : undefined),
		requestId: request_id,
	};
	return typeof said.code === 'number' ? said : (handedOn(said.message) ?? said);
}

/**
 * What Kling itself said, where a relay hands it on as text under a word of its own (new-api's `fail_to_fetch_task`). Its
 * code tells more than the HTTP status: 429 is "too fast" as well as "balance used up".
 */
function handedOn(text: string | undefined): Complaint | undefined {
	if (!text?.startsWith('{')) return undefined;
	try {
		const { code, message, request_id } = complaint.parse(parseJson(text));
		return typeof code === 'number' && code > 0
			? { code, message: message ?? text, requestId: request_id }
			: undefined;
	} catch {
		return undefined;
	}
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
