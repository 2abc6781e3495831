import { z } from 'zod';

import { KlingError, toKlingError } from '../../core/errors';
import { isJsonObject } from '../../core/json';
import type { Json, JsonBody } from '../../core/json';
import { KINDS } from '../../core/kinds';
import type { Kind } from '../../core/kinds';
import { NEWER_ALIASES } from '../../core/newerNames';
import { ACE_DATA_DIFFERENCES } from '../../core/operations/aceDataModels';
import { offersOf } from '../../core/requests';
import { offersFor } from '../offers';
import { createBody } from './encode';
import { ACE_LIBRARY_CALLS, ACE_LIBRARY_PAGE_SIZES } from './library';
import { ACE_PLATFORM_CALLS, ACE_PLATFORM_PROBE } from './platform';
import { checkRules } from './rules';
import { solutionBody } from './solutions';
import { LABEL, complaintOf, readAnswer, toAceCallback, toAceTask } from './decode';
import { needResult, readAs, refusalOf, unreadable } from '../response';

import type { Task } from '../../core/task';
import type { Codec, HttpRequest, HttpResponse, ProbeResult, Provider } from '../types';
import { idText } from '../schemas';

/** Ace Data Cloud: `/kling/videos` and `/kling/motion` to create, `/kling/tasks` to ask; documents of August 2026. */

const OFFERS = offersOf('aceData');

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

/** Each kind is made at its own path, and all are asked for at one. */
function aceDataCodec(kind: Kind): Codec {
	return {
		api: 'aceData',
		serves: () => true,

		encodeCreate: (request) => {
			const offer = OFFERS[request.kind];
			if (!offer) throw new KlingError('notOffered', `${LABEL} does not offer this`);
			const body = KINDS[request.kind].contents
				? solutionBody(request)
				: createBody(request, offer);
			return { method: 'POST', path: offer.path, body };
		},

		readCreated: (response) => {
			const json = readAnswer(response);
			refuseIfFailed(json, response);
			const { task_id } = readAs(LABEL, response, created, json);
			return { id: task_id, kind, status: 'submitted', message: '', results: [], raw: json };
		},

		encodeGet: (id) => askTasks({ action: 'retrieve', id }),

		readTask: (id, response) => {
			const json = readAnswer(response);
			const task = toAceTask(json, kind);
			// What another call of the service has made may have a result that is none of ours.
			if (task) return task.kind ? needResult(LABEL, response, task) : task;
			if (isJsonObject(json) && Object.keys(json).length > 0 && json.success !== false) {
				throw unreadable(LABEL, response, 'it is no task record');
			}
			const complaint = complaintOf(json);
			throw refusalOf(LABEL, response, {
				...complaint,
				message: complaint.message ?? `Task not found: ${id}`,
			});
		},
	};
}

/** Ace Data Cloud's dialect. It knows no external task id, so nothing protects a repeated create: it must never be repeated. */
export function aceDataProvider(): Provider {
	return {
		service: 'aceData',
		label: LABEL,
		...offersFor('aceData'),
		taskId: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
		maxLengths: { negative_prompt: 200, text: 120 },
		modelAliases: NEWER_ALIASES,
		modelDifferences: ACE_DATA_DIFFERENCES,
		check: checkRules,

		codecs: (kind) => [aceDataCodec(kind)],
		calls: { ...ACE_LIBRARY_CALLS, ...ACE_PLATFORM_CALLS },
		libraryPageSizes: ACE_LIBRARY_PAGE_SIZES,
		readCallback: toAceCallback,

		batch: {
			maxIds: 50,
			otherShape: false,
			groupOf: () => '',
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
				const records = readItems(response);
				const all = records.flatMap((item) => toAceTask(item, 'text2video') ?? []);
				const wanted = kind && (OFFERS[kind]?.listedAs ?? kind);
				const tasks = all
					.filter((task) => (wanted ? task.kind === wanted : task.kind !== undefined))
					.map((task): Task => ({ ...task, kind: kind ?? task.kind }));
				return { tasks, ids: all.map(({ id }) => id), size: records.length };
			},
		},

		encodeProbe: () => askTasks({ action: 'retrieve_batch', limit: 1, offset: 0 }),
		readProbe,
		platformProbe: ACE_PLATFORM_PROBE,
	};
}
