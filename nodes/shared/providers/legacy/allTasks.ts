import { isJsonObject } from '../../core/json';
import type { Json } from '../../core/json';
import type { Kind } from '../../core/kinds';
import { wasStruck } from '../../core/quote';
import type { Task } from '../../core/task';
import { needResult, refusalOf, unreadable } from '../response';
import { optionalText } from '../schemas';
import { toTask } from './decode';
import { readEnvelope } from './envelope';
import type { HttpRequest, HttpResponse, Overview, Provider } from '../types';

/**
 * `/tasks` of official Kling, for API keys only: tasks of every kind, those of the legacy API included. Its records have the
 * form of the new standard, which does not tell the kind.
 */

const PATH = '/tasks';
const MOST_IDS = 20;
const MAX_PAGE_SIZE = 500;
/** If not told, the list goes back 30 days. */
const SINCE_EVER = 0;

/** The records of a list, or of an answer to a question for many. Throws `KlingError`. */
export function readRecords(label: string, response: HttpResponse): Json[] {
	const { data } = readEnvelope(label, response);
	return recordsIn(data) ?? refuseOther(label, response);
}

function recordsIn(data: Json): Json[] | undefined {
	if (Array.isArray(data)) return data;
	return isJsonObject(data) && Array.isArray(data.result) ? data.result : undefined;
}

function refuseOther(label: string, response: HttpResponse): never {
	throw unreadable(label, response, 'it holds no list of tasks');
}

/** Those of the records that name a task. */
export function toTasks(records: readonly Json[], kind?: Kind): Task[] {
	return records.flatMap((entry) => toTask(entry, kind, entry) ?? []);
}

function encodeGet(name: 'task_ids' | 'external_task_ids', ids: readonly string[]): HttpRequest {
	return { method: 'GET', path: PATH, query: { [name]: ids.join(',') } };
}

/** Many tasks by their ids in one request. */
export function tasksById(label: string): Provider['batch'] {
	return {
		maxIds: MOST_IDS,
		otherShape: true,
		byKind: false,
		encode: (ids) => encodeGet('task_ids', ids),
		read: (response) => toTasks(readRecords(label, response)),
	};
}

/** A name whose secret was struck out is the one that was asked for. */
function isCalled({ id, externalTaskId = '' }: Task, asked: string): boolean {
	return id === asked || externalTaskId === asked || wasStruck(externalTaskId);
}

/** Any task by one request, and a list of all. */
export function allTasks(label: string): Overview {
	return {
		api: 'tasks',
		encodeGet: (id) => encodeGet('task_ids', [id]),
		encodeGetByName: (name) => encodeGet('external_task_ids', [name]),

		readTask(id, response) {
			const found = toTasks(readRecords(label, response)).find((task) => isCalled(task, id));
			if (found) return needResult(label, response, found);
			throw refusalOf(label, response, { message: `Task not found: ${id}` });
		},

		list: {
			maxPageSize: MAX_PAGE_SIZE,
			encode: (limit, cursor) => ({
				method: 'POST',
				path: PATH,
				body: { start_time: SINCE_EVER, limit, ...(cursor === undefined ? {} : { cursor }) },
			}),
			read(response) {
				const { data } = readEnvelope(label, response);
				const tasks = toTasks(recordsIn(data) ?? refuseOther(label, response));
				const { next_cursor, has_more } = isJsonObject(data) ? data : {};
				const next = has_more === true ? optionalText.parse(next_cursor) : undefined;
				return next ? { tasks, next } : { tasks };
			},
		},
	};
}
