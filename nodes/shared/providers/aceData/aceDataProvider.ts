import { z } from 'zod';

import { toKlingError } from '../../core/errors';
import { isJsonObject } from '../../core/json';
import type { Json, JsonBody } from '../../core/json';
import type { Kind } from '../../core/kinds';
import { OFFERS, createBody } from './encode';
import { OMNI_MODELS, VIDEO_MODELS, checkRules } from './rules';
import { LABEL, complaintOf, readAnswer, toAceCallback, toAceTask } from './decode';
import { needResult, readAs, refusalOf, unreadable } from '../response';

import type { HttpRequest, HttpResponse, ProbeResult, Provider, TaskRef } from '../types';
import { idText } from '../schemas';

/** Ace Data Cloud: `/kling/videos` and `/kling/motion` to create, `/kling/tasks` to ask; documents of August 2026. */

/** Kinds that its records do not tell apart. */
const LISTED_AS: Partial<Record<Kind, Kind>> = { 'multi-image2video': 'omni-video' };

const created = z.object({ task_id: idText, success: z.boolean().optional().catch(undefined) });

function askTasks(question: { [key: string]: JsonBody }): HttpRequest {
	return { method: 'POST', path: '/kling/tasks', body: question };
}

/** HTTP 200 with `success: false` is a refusal too. */
function refuseIfFailed(json: Json, response: HttpResponse): void {
	if (!isJsonObject(json)) throw unreadable(LABEL, response, 'it is not a JSON object');
	if (json.success === false) throw refusalOf(LABEL, response, complaintOf(json));
}

function readItems(response: HttpResponse): Json[] {
	const json = readAnswer(response);
	refuseIfFailed(json, response);
	if (isJsonObject(json) && Array.isArray(json.items)) return json.items;
	throw unreadable(LABEL, response, 'it holds no list of tasks');
}

/** Trouble with the key has words of its own there, so who complains about the question has accepted the key. */
function readProbe(response: HttpResponse): ProbeResult {
	try {
		readItems(response);
	} catch (thrown) {
		const error = toKlingError(thrown);
		if (error.kind !== 'notFound' && error.details.code !== 'bad_request') throw error;
	}
	return { ok: true, message: `${LABEL} accepted the key` };
}

/** Ace Data Cloud's dialect. It knows no external task id, so nothing protects a repeated create: it must never be repeated. */
export function aceDataProvider(): Provider {
	return {
		service: 'aceData',
		label: LABEL,
		offers: OFFERS,
		taskId: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
		defaultModels: {
			text2video: 'kling-v2-5-turbo',
			image2video: 'kling-v2-5-turbo',
			'multi-image2video': 'kling-v3-omni',
			'video-extend': 'kling-v1-6',
			'motion-control': 'kling-v2-6',
			'omni-video': 'kling-v3-omni',
		},
		models: {
			text2video: VIDEO_MODELS,
			image2video: VIDEO_MODELS,
			'multi-image2video': OMNI_MODELS,
			// Its pages name different ones; the service has the last word.
			'video-extend': ['kling-v2-5-turbo', 'kling-v1-6', 'kling-v1-5', 'kling-v1'],
		},
		maxLengths: { negative_prompt: 200 },
		check: checkRules,

		encodeCreate: (request) => ({
			method: 'POST',
			path: request.kind === 'motion-control' ? '/kling/motion' : '/kling/videos',
			body: createBody(request),
		}),

		readCreated: (kind, response) => {
			const json = readAnswer(response);
			refuseIfFailed(json, response);
			const { task_id } = readAs(LABEL, response, created, json);
			return {
				id: task_id,
				kind,
				status: 'submitted',
				message: '',
				videos: [],
				images: [],
				raw: json,
			};
		},

		encodeGet: ({ id }: TaskRef) => askTasks({ action: 'retrieve', id }),

		readTask: ({ id, kind }, response) => {
			const json = readAnswer(response);
			const task = toAceTask(json, kind);
			// What another call of the service has made may have a result that is none of ours.
			if (task) return task.kind ? needResult(LABEL, task) : task;
			if (isJsonObject(json) && Object.keys(json).length > 0 && json.success !== false) {
				throw unreadable(LABEL, response, 'it is no task record');
			}
			throw refusalOf(LABEL, response, {
				...complaintOf(json),
				message: complaintOf(json).message ?? `Task not found: ${id}`,
			});
		},

		readCallback: toAceCallback,

		batch: {
			maxIds: 50,
			otherShape: false,
			byKind: false,
			encode: (ids) => askTasks({ action: 'retrieve_batch', ids: [...ids] }),
			read: (response) => {
				const items = readItems(response);
				return items.flatMap((item) => toAceTask(item, undefined) ?? []);
			},
		},

		list: {
			maxPageSize: 50,
			mixed: true,
			encode: (_kind, page, pageSize) =>
				askTasks({ action: 'retrieve_batch', limit: pageSize, offset: (page - 1) * pageSize }),
			read: (kind, response) => {
				const all = readItems(response).flatMap((item) => toAceTask(item, 'text2video') ?? []);
				const tasks = all.filter((task) => task.kind === (LISTED_AS[kind] ?? kind));
				return { tasks: tasks.map((task) => ({ ...task, kind })), ids: all.map(({ id }) => id) };
			},
		},

		encodeProbe: () => askTasks({ action: 'retrieve_batch', limit: 1, offset: 0 }),
		readProbe,
	};
}
