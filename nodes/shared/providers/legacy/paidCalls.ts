import { z } from 'zod';

import { KlingError } from '../../core/errors';
import type { FaceSession } from '../../core/faces';
import { isJsonObject } from '../../core/json';
import type { Json } from '../../core/json';
import type { RecognizedParts } from '../../core/parts';
import type { Speech } from '../../core/speech';
import { knownStatus, resultsOf } from '../../core/task';
import { readAs, unreadable } from '../response';
import { resultsIn } from '../results';
import { idText, isLink, listOf, optionalText, optionalTime } from '../schemas';
import type { Call, Calls, HttpResponse, Provider } from '../types';
import { readEnvelope } from './envelope';

/** The calls of the legacy API that are answered with the result, and cost money. */

/** In characters. What is longer is no answer that anybody has use for, and is not kept with the execution. */
const LONGEST_RAW = 100_000;

/** Longer than any video of a minute needs. */
const MOST_FACES = 200;

function shortRaw(raw: Json, { text }: HttpResponse): { raw?: Json } {
	return text.length > LONGEST_RAW ? {} : { raw };
}

const PAID_FOR = 'It may have been paid for: look at the console of the service';

const speechRecord = z.object({
	task_status: optionalText,
	task_status_msg: optionalText,
	final_unit_deduction: optionalText,
	created_at: optionalTime,
});

/** An answer of success counts only if the status of its record says so, too. */
function failed(
	said: string | undefined,
	{ message, content }: { message: string; content: string },
): KlingError {
	return new KlingError('taskFailed', message, {
		serviceMessage: said || undefined,
		maybeCreated: true,
		advice: `Most failures come from the content of the ${content}: change it and run this again`,
	});
}

function readSpeech(label: string, response: HttpResponse): Speech {
	const { json, data } = readEnvelope(label, response);
	const record = readAs(label, response, speechRecord, data);
	const status = knownStatus(record.task_status);
	if (status === 'failed') {
		const message = `${label} could not make the speech`;
		throw failed(record.task_status_msg, { message, content: 'text' });
	}
	const made = resultsIn(data, { kind: 'text-to-audio', status, isTask: true });
	const [audio] = resultsOf({ results: made }, 'audio');
	if (!audio) throw unreadable(label, response, 'it holds no sound').with({ advice: PAID_FOR });
	return {
		audioId: audio.id,
		url: audio.url,
		duration: audio.duration,
		createdAt: record.created_at,
		unitsDeducted: record.final_unit_deduction,
		...shortRaw(json, response),
	};
}

const milliseconds = z
	.union([z.number(), z.string().regex(/^\d+(\.\d+)?$/)])
	.transform((time) => Math.round(Number(time)))
	.refine((time) => Number.isSafeInteger(time) && time >= 0);

const link = z.string().refine(isLink).optional().catch(undefined);

const faceRecord = z.object({
	session_id: idText,
	final_unit_deduction: optionalText,
	face_data: listOf(
		z.object({
			face_id: idText,
			face_image: link,
			start_time: milliseconds,
			end_time: milliseconds,
		}),
	),
});

function readFaces(label: string, response: HttpResponse): FaceSession {
	const { json, data } = readEnvelope(label, response);
	const { session_id, face_data, final_unit_deduction } = readAs(label, response, faceRecord, data);
	return {
		sessionId: session_id,
		faces: face_data
			.slice(0, MOST_FACES)
			.map(({ face_id: id, face_image: imageUrl, start_time: start, end_time: end }) => ({
				id,
				imageUrl,
				start,
				end,
			})),
		unitsDeducted: final_unit_deduction,
		...shortRaw(json, response),
	};
}

/** More than a picture has. */
const MOST_PARTS = 50;

/** Written as JSON, or as relays behind relays may write it. */
const YES_OR_NO = new Map<unknown, boolean>([
	...[true, 'true', 1, '1'].map((yes) => [yes, true] as const),
	...[false, 'false', 0, '0'].map((no) => [no, false] as const),
]);

const partsFound = listOf(
	z.object({
		type: idText,
		is_contain: z.unknown().transform((said) => YES_OR_NO.get(said)),
		url: link,
	}),
);

const partsRecord = z.object({
	task_status: optionalText,
	task_status_msg: optionalText,
	final_unit_deduction: optionalText,
	images: partsFound,
	task_result: z.object({ images: partsFound }).optional().catch(undefined),
});

/** Relays behind relays wrap again. */
const MOST_LAYERS = 5;

function innermost(data: Json): Json {
	let record = data;
	for (let depth = 0; depth < MOST_LAYERS; depth += 1) {
		if (!isJsonObject(record) || !isJsonObject(record.data)) break;
		record = record.data;
	}
	return record;
}

function readParts(label: string, response: HttpResponse): RecognizedParts {
	const { json, data } = readEnvelope(label, response);
	const record = readAs(label, response, partsRecord, innermost(data));
	if (knownStatus(record.task_status) === 'failed') {
		const message = `${label} could not recognize the parts of the image`;
		throw failed(record.task_status_msg, { message, content: 'image' });
	}
	const images = record.task_result?.images ?? record.images;
	if (images.length === 0) {
		throw unreadable(label, response, 'it tells of no parts').with({ advice: PAID_FOR });
	}
	return {
		parts: images.slice(0, MOST_PARTS).map(({ type, is_contain, url }) => ({
			name: type.replace(/_seg$/, ''),
			isContained: is_contain ?? url !== undefined,
			url: is_contain === false ? undefined : url,
		})),
		unitsDeducted: record.final_unit_deduction,
		...shortRaw(json, response),
	};
}

/** What a copy of the legacy API offers under a prefix. */
export function paidCalls(label: string, prefix: string): Provider['calls'] {
	const speech: Call<Calls['speech']['input'], Speech> = {
		paid: true,
		encode: (body) => ({ method: 'POST', path: `${prefix}/v1/audio/tts`, body }),
		read: (response) => readSpeech(label, response),
	};
	const faces: Call<Calls['faces']['input'], FaceSession> = {
		paid: true,
		encode: (body) => ({ method: 'POST', path: `${prefix}/v1/videos/identify-face`, body }),
		read: (response) => readFaces(label, response),
	};
	const parts: Call<Calls['parts']['input'], RecognizedParts> = {
		paid: true,
		encode: (body) => ({ method: 'POST', path: `${prefix}/v1/videos/image-recognize`, body }),
		read: (response) => readParts(label, response),
	};
	return { speech, faces, parts };
}
