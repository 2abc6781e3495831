import { isJsonObject } from '../../core/json';
import type { Json } from '../../core/json';
import type { Kind } from '../../core/kinds';
import { wasStruck } from '../../core/quote';
import type { Task, TaskRef } from '../../core/task';
import { needResult, refusalOf, unreadable } from '../response';
import { optionalText } from '../schemas';
import { toTask } from './decode';
import { readEnvelope } from './envelope';
import type { HttpRequest, HttpResponse, Overview, Provider } from '../types';

/**
 * `/tasks` of official Kling, for API keys only: tasks of every kind, those of the legacy API included; and `/solutions`, which
 * is asked in the same way for those of the Solutions API. Records have the form of the new standard, which does not tell the
 * kind.
 */

/** What an API is called here: its path without "/". */
type Place = 'tasks' | 'solutions';

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

/** What ids are asked for by. */
type IdName = 'task_ids' | 'external_task_ids';

function encodeGet(api: Place, name: IdName, ids: readonly string[]): HttpRequest {
	return { method: 'GET', path: `/${api}`, query: { [name]: ids.join(',') } };
}

function placeOf({ api }: Pick<TaskRef, 'api'>): Place {
	return api === 'solutions' ? api : 'tasks';
}

/** Many tasks by their ids in one request. */
export function tasksById(label: string): Provider['batch'] {
	return {
		maxIds: MOST_IDS,
		otherShape: true,
		groupOf: placeOf,
		encode: (ids, ref) => encodeGet(placeOf(ref), 'task_ids', ids),
		read: (response) => toTasks(readRecords(label, response)),
	};
}

/** A name whose secret was struck out is the one that was asked for. */
function isCalled({ id, externalTaskId = '' }: Task, asked: string): boolean {
	return id === asked || externalTaskId === asked || wasStruck(externalTaskId);
}

/** Any task of an API by one request, and a list of all. `kind`: of what is asked for, where that is known. */
export function allTasks(label: string, api: Place, kind?: Kind): Overview {
	return {
		api,
		encodeGet: (id) => encodeGet(api, 'task_ids', [id]),
		encodeGetByName: (name) => encodeGet(api, 'external_task_ids', [name]),

		readTask(id, response) {
			const tasks = toTasks(readRecords(label, response), kind);
			const found = tasks.find((task) => isCalled(task, id));
			if (found) return needResult(label, response, found);
			throw refusalOf(label, response, { message: `Task not found: ${id}` });
		},

		list: {
			maxPageSize: MAX_PAGE_SIZE,
			encode: (limit, cursor) => ({
				method: 'POST',
				path: `/${api}`,
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
