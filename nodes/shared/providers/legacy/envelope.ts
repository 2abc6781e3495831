import { z } from 'zod';

import { isJsonObject, parseJson } from '../../core/json';
import type { Json } from '../../core/json';
import { isFine, readJson, refusalOf, unreadable } from '../response';
import type { Complaint } from '../response';
import type { HttpResponse } from '../types';

/** The envelope of Kling's legacy answers, in all the shapes that those who copy it put around it. */

const code = z.union([z.number(), z.string()]).optional().catch(undefined);
const text = z.string().optional().catch(undefined);
const complaint = z.object({
	code,
	message: text,
	error: z.object({ code, message: text }).optional().catch(undefined),
	request_id: text,
});

/** Official `{code,message,request_id}`, new-api's `{code:"word"}`, and OpenAI's `{error:{message,code}}` that some relays send. */
function complaintOf(json: Json): Complaint {
	const { code: outer, message, error, request_id } = complaint.catch({}).parse(json);
	const word = outer ?? error?.code;
	const said = {
		code: typeof word === 'string' && /^\d+$/.test(word) ? Number(word) : word,
		message: message || error?.message,
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
		const said = complaint.parse(parseJson(text));
		return typeof said.code === 'number' && said.code > 0
			? { code: said.code, message: said.message ?? text, requestId: said.request_id }
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
	const word = typeof found.code === 'string' ? found.code.toLowerCase() : found.code;
	if (!isFine(response) || !FINE_CODES.has(word)) throw refusalOf(label, response, found);
	if (!isJsonObject(json)) throw unreadable(label, response, 'it is not a JSON object');
	return { json, data: json.data === undefined || json.data === null ? json : json.data };
}

/** For a test call, whose answer has no other mark: any web server may answer 200 with some JSON. Throws `unreadable`. */
export function needCode(label: string, response: HttpResponse, json: Json): void {
	if (isJsonObject(json) && json.code !== undefined) return;
	throw unreadable(label, response, 'it is JSON, but not of the form of Kling');
}
