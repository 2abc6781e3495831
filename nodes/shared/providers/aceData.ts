import { z } from 'zod';

import { KlingError } from '../errors';
import type { Json, JsonBody } from '../json';
import { isJsonObject } from '../json';
import type { Kind } from '../kinds';
import type { GenerationRequest } from '../requests';
import type { FieldName } from '../requests/fields';
import type { Task, TaskStatus } from '../task';
import { toTaskStatus } from '../task';
import { readAs, readJson, refusalOf, unreadable } from './answer';
import type { Complaint } from './answer';
import { needResult } from './legacyDialect';
import type { HttpRequest, HttpResponse, Provider, TaskRef } from './types';
import { idText, optionalSeconds, optionalText, optionalTime, optionalUrl } from './values';

/** Ace Data Cloud: `/kling/videos` and `/kling/motion` to create, `/kling/tasks` to ask; documents of August 2026. */

const LABEL = 'Ace Data Cloud';

const TEXT2VIDEO: readonly FieldName[] = [
	'model_name',
	'prompt',
	'negative_prompt',
	'multi_shot',
	'shot_type',
	'multi_prompt',
	'sound',
	'cfg_scale',
	'mode',
	'camera_control',
	'aspect_ratio',
	'duration',
	'callback_url',
	'extra',
];

/** Ours is the official range [-10, 10]; Ace Data Cloud documents [-1, 1]. */
const CAMERA_SCALE = 10;
const MAX_NEGATIVE_PROMPT = 200;

function body(request: GenerationRequest): { [key: string]: JsonBody } {
	const { kind: _kind, model_name, sound, camera_control, multi_prompt, extra, ...same } = request;
	return {
		action: 'text2video',
		model: model_name,
		...same,
		...(sound ? { generate_audio: sound === 'on' } : {}),
		...(camera_control
			? {
					camera_control: {
						type: camera_control.type,
						...(camera_control.config ? { config: scaled(camera_control.config) } : {}),
					},
				}
			: {}),
		...(multi_prompt
			? { multi_prompt: multi_prompt.map((shot, place) => ({ ...shot, index: place + 1 })) }
			: {}),
		...(extra ?? {}),
		// Without it the POST stays open until the video is done, far beyond any HTTP time-out.
		async: true,
	};
}

function scaled(config: Record<string, number>): Record<string, number> {
	return Object.fromEntries(
		Object.entries(config).map(([axis, amount]) => [axis, amount / CAMERA_SCALE]),
	);
}

const complaint = z.object({
	success: z.boolean().optional().catch(undefined),
	error: z
		.union([
			z.string(),
			z.object({ code: optionalText, message: optionalText }),
		])
		.optional()
		.catch(undefined),
	code: optionalText,
	detail: optionalText,
	message: optionalText,
	trace_id: optionalText,
});

/** `{success:false,error:{code,message}}`, `error` as bare text, or the older `{code,detail}`. */
function complaintOf(json: Json): Complaint {
	const found = complaint.catch({}).parse(json);
	const inner = typeof found.error === 'object' ? found.error : undefined;
	return {
		code: inner?.code ?? found.code,
		message:
			inner?.message ??
			(typeof found.error === 'string' ? found.error : undefined) ??
			found.detail ??
			found.message,
		requestId: found.trace_id,
	};
}

/** An answer that is no complaint. Throws `refused`, `notFound` or `unreadable`. */
function readAnswer(response: HttpResponse): Json {
	const json = readJson(LABEL, response);
	if (response.status < 200 || response.status >= 300) {
		throw refusalOf(LABEL, response, complaintOf(json));
	}
	return json;
}

const result = z.object({
	success: z.boolean().optional().catch(undefined),
	error: complaint.shape.error,
	state: optionalText,
	task_id: optionalText,
	video_id: optionalText,
	video_url: optionalUrl,
	duration: optionalSeconds,
	message: optionalText,
});

const taskRecord = z.object({
	id: idText,
	type: optionalText,
	created_at: optionalTime,
	started_at: optionalTime,
	finished_at: optionalTime,
	request: z.object({ action: optionalText }).optional().catch(undefined),
	response: result.nullish().catch(undefined),
});

/** A task is over when it has a verdict; a state word counts only where `success` says nothing. */
function statusOf(record: z.output<typeof taskRecord>): TaskStatus {
	const { response } = record;
	if (!response) {
		if (record.finished_at !== undefined) return 'failed';
		return record.started_at === undefined ? 'submitted' : 'processing';
	}
	if (response.success === false || response.error) return 'failed';
	if (response.state && toTaskStatus(response.state) === 'failed') return 'failed';
	if (response.success === true) return response.video_url || !response.state ? 'succeed' : toTaskStatus(response.state);
	return response.state ? toTaskStatus(response.state) : 'processing';
}

function toAceTask(value: Json, kind: Kind | undefined): Task | undefined {
	const parsed = taskRecord.safeParse(value);
	if (!parsed.success) return undefined;
	const record = parsed.data;
	const { response } = record;
	const status = statusOf(record);
	const error = response?.error;
	const message = typeof error === 'object' ? error.message : error;
	return {
		id: record.id,
		...(kind ? { kind } : {}),
		status,
		message:
			status === 'failed'
				? (message ?? response?.message ?? 'Ace Data Cloud gave no reason')
				: '',
		videos: response?.video_url
			? [
					{
						...(response.video_id ? { id: response.video_id } : {}),
						url: response.video_url,
						...(response.duration === undefined ? {} : { duration: response.duration }),
					},
				]
			: [],
		images: [],
		...(record.created_at === undefined ? {} : { createdAt: record.created_at }),
		...(record.finished_at === undefined ? {} : { updatedAt: record.finished_at }),
		raw: value,
	};
}

const created = z.object({ task_id: idText, success: z.boolean().optional().catch(undefined) });

function askTasks(question: { [key: string]: JsonBody }): HttpRequest {
	return { method: 'POST', path: '/kling/tasks', body: question };
}

function checkLimits(request: GenerationRequest): void {
	if ((request.negative_prompt?.length ?? 0) > MAX_NEGATIVE_PROMPT) {
		throw new KlingError(
			'invalidInput',
			`Negative Prompt must have at most ${MAX_NEGATIVE_PROMPT} characters at ${LABEL}`,
			{ parameter: 'Negative Prompt' },
		);
	}
}

/** Ace Data Cloud's dialect. It knows no external task id, so nothing protects a repeated create: it must never be repeated. */
export function aceDataProvider(): Provider {
	return {
		service: 'aceData',
		label: LABEL,
		offers: { text2video: TEXT2VIDEO },
		defaultModels: { text2video: 'kling-v2-5-turbo' },

		encodeCreate: (request) => {
			checkLimits(request);
			return { method: 'POST', path: '/kling/videos', body: body(request) };
		},

		readCreated: (kind, response) => {
			const json = readAnswer(response);
			const answer = complaint.safeParse(json);
			if (answer.success && answer.data.success === false) {
				throw refusalOf(LABEL, response, complaintOf(json));
			}
			const { task_id } = readAs(LABEL, response, created, json);
			return { id: task_id, kind, status: 'submitted', message: '', videos: [], images: [], raw: json };
		},

		encodeGet: ({ id }: TaskRef) => askTasks({ action: 'retrieve', id }),

		readTask: ({ id, kind }, response) => {
			const json = readAnswer(response);
			const task = toAceTask(json, kind);
			if (task) return needResult(LABEL, task);
			if (isJsonObject(json) && Object.keys(json).length > 0 && json.success !== false) {
				throw unreadable(LABEL, response, 'it is no task record');
			}
			throw refusalOf(LABEL, response, {
				...complaintOf(json),
				message: complaintOf(json).message ?? `Task not found: ${id}`,
			});
		},

		batch: {
			maxIds: 50,
			encode: (ids) => askTasks({ action: 'retrieve_batch', ids: [...ids] }),
			read: (response) => {
				const json = readAnswer(response);
				if (!isJsonObject(json) || !Array.isArray(json.items)) {
					throw unreadable(LABEL, response, 'it holds no list of tasks');
				}
				return json.items.flatMap((item) => toAceTask(item, undefined) ?? []);
			},
		},

		encodeProbe: () => askTasks({ action: 'retrieve_batch', ids: [] }),
		readProbe: (response) => {
			const json = readAnswer(response);
			if (!isJsonObject(json) || json.success === false) {
				throw refusalOf(LABEL, response, complaintOf(json));
			}
			return { ok: true, message: `${LABEL} accepted the key` };
		},
	};
}
