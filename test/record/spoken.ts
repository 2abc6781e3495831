/** What services say: the sample answers of the tests, their variations, errors, and what is no answer at all. */
import * as samples from '../unit/core/samples';
import { json } from './accounts';
import type { Answer } from './accounts';

const VIDEO = 'https://cdn.example.com/kling/0_raw_video_1.mp4';
const PNG = 'https://cdn.example.com/kling/0_raw_image_0.png';
const ACE_ID = '307c3359-f68a-44e1-bd3b-c5d5a2a2ca0a';

function named(list: ReadonlyArray<readonly [string, Answer]>): ReadonlyMap<string, Answer> {
	return new Map(list);
}

const objects = Object.entries<unknown>(samples).filter(
	(entry): entry is [string, object] => typeof entry[1] === 'object' && !Array.isArray(entry[1]),
);

const record = (data: object) => ({ code: 0, message: 'SUCCEED', request_id: 'r', data });
const official = (data: object) => record({ ...samples.OFFICIAL_DONE.data, ...data });
const ace = (data: object) => ({ ...samples.ACE_RECORD, ...data });

const VARIATIONS: Readonly<Record<string, object>> = {
	...Object.fromEntries(
		['submitted', 'processing', 'succeed', 'failed', 'finished', 'SUCCESS', 99].map((status) => [
			`status ${status}`,
			official({ task_status: status }),
		]),
	),
	'no result': official({ task_result: {} }),
	'null results': official({ task_result: { videos: null, images: null } }),
	'several videos': official({
		task_result: {
			videos: [
				{ id: 'v1', url: VIDEO, duration: '5' },
				{ id: 'v2', url: `${VIDEO}?2`, duration: 5.5, watermark_url: VIDEO },
			],
		},
	}),
	'several images': official({
		task_result: {
			images: [
				{ index: 0, url: PNG },
				{ index: 1, url: PNG, watermark_url: PNG },
			],
		},
	}),
	'a file that is gone': official({ task_result: { videos: [{ id: 'v', url: `${VIDEO}/gone` }] } }),
	'times in seconds': official({ created_at: 1725977783, updated_at: '1725978074' }),
	'no times': official({ created_at: null, updated_at: 'yesterday' }),
	'units as a number': official({ final_unit_deduction: 2.5 }),
	'the key repeated': official({ callback_url: 'https://n8n/?key=record-key-global' }),
	'one of a list': record([samples.OFFICIAL_DONE.data]),
	'one of a result': record({ result: [samples.OFFICIAL_DONE.data] }),
	'an empty list': record([]),
	'a new task of Ace': { task_id: ACE_ID, trace_id: ACE_ID },
	'a motion of Ace': ace({ type: 'motion', request: { mode: 'std' } }),
	'an image to video of Ace': ace({ request: { action: 'image2video', start_image_url: PNG } }),
	'an extension of Ace': ace({ request: { action: 'extend' } }),
	'an omni video of Ace': ace({
		request: { action: 'text2video', image_list: [{ image_url: PNG }] },
	}),
	'another omni video of Ace': ace({
		request: { action: 'text2video', video_list: [{ video_url: VIDEO }] },
	}),
	'a running task of Ace': ace({ response: null, finished_at: null }),
	'a failed task of Ace': ace({
		response: { success: false, error: { code: 'api_error', message: 'risk control' } },
	}),
	'a song of Ace': { data: [{ id: ACE_ID, title: 'A song' }], success: true },
	'new-api running': record({ task_id: 'task_abc', status: 'IN_PROGRESS', data: null }),
	'new-api failed': record({ task_id: 'task_abc', status: 'FAILURE', fail_reason: 'risk' }),
	'an OpenAI video that failed': {
		...samples.OPENAI_VIDEO,
		status: 'failed',
		error: { message: 'risk control' },
	},
};

/** Answers that tell of a task, a list or an account. */
export const SPOKEN = named([
	...objects.map(([name, body]) => [name, json(body)] as const),
	...Object.entries(VARIATIONS).map(([name, body]) => [name, json(body)] as const),
	[
		'an id as a number',
		{
			status: 200,
			body: '{"code":0,"data":{"task_id":814237883686625347,"task_status":"submitted"}}',
		},
	],
	[
		'a list of Ace with a long number',
		{
			status: 200,
			body: `{"items":[{"id":"${ACE_ID}","response":{"video_id":842566592663294013}}],"count":1}`,
		},
	],
]);

const CODES = [
	1000, 1001, 1002, 1003, 1004, 1100, 1101, 1102, 1103, 1200, 1201, 1202, 1203, 1300, 1301, 1302,
	1303, 1304, 1999, 5000, 5001, 5002,
];
const WORDS = [
	'invalid_token',
	'token_expired',
	'token_mismatched',
	'authorization_missing',
	'no_token',
	'disabled',
	'used_up',
	'insufficient_user_quota',
	'api_not_implemented',
	'no_api',
	'bad_request',
	'too_many_requests',
	'api_error',
	'task_not_exist',
	'toString',
];
const STATUSES = [
	400, 401, 403, 404, 405, 408, 409, 413, 422, 429, 500, 502, 503, 504, 301, 303, 0,
];
const HTML = '<!doctype html><html><head><title>Welcome</title></head></html>';

const statusOf = (code: number) => (code < 1100 ? 401 : code >= 5000 ? 500 : 400);

/** Answers that tell of a failure, or nothing. */
export const COMPLAINTS = named([
	...CODES.map(
		(code) =>
			[
				`code ${code}`,
				json({ code, message: `No (${code})`, request_id: 'r' }, statusOf(code)),
			] as const,
	),
	...CODES.map((code) => [`code ${code} with 200`, json({ code, message: 'No' })] as const),
	...WORDS.map((code) => [`word ${code}`, json({ code, message: 'No', data: null }, 400)] as const),
	...WORDS.map(
		(code) =>
			[`Ace ${code}`, json({ success: false, error: { code, message: 'No' } }, 403)] as const,
	),
	...WORDS.map(
		(code) => [`OpenAI ${code}`, json({ error: { code, message: 'No' } }, 401)] as const,
	),
	...STATUSES.map((status) => [`empty ${status}`, { status, body: '' }] as const),
	...STATUSES.map((status) => [`page ${status}`, { status, body: HTML }] as const),
	...STATUSES.map((status) => [`text ${status}`, { status, body: 'upstream timed out' }] as const),
	...STATUSES.map(
		(status) =>
			[`with a task ${status}`, json({ code: 5000, data: { task_id: '7' } }, status)] as const,
	),
	['empty 200', { status: 200, body: '' }],
	['page 200', { status: 200, body: HTML }],
	['null', json(null)],
	['a list', json([])],
	['a number', json(42)],
	['cut off', { status: 200, body: JSON.stringify(samples.OFFICIAL_DONE).slice(0, 150) }],
	['handed on', json({ code: 'fail_to_fetch_task', message: '{"code":1102,"message":"No"}' }, 429)],
	['pause 429', { status: 429, headers: { 'Retry-After': '7' }, body: '{"code":1302}' }],
	['pause 503', { status: 503, headers: { 'Retry-After': '90' }, body: '' }],
	['taken', json({ code: 1201, message: 'external_task_id already exists' }, 400)],
	['the key told', json({ code: 1000, message: 'record-key-global is wrong' }, 401)],
]);

/** The id of the task that an answer is about, or a likely one. */
export function idIn({ body }: Answer): string {
	const id = /"(?:task_id|id)":"?(\w[\w-]{6,})/.exec(body)?.[1];
	return id ?? '814237883686625347';
}
