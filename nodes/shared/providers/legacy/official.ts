import type { Kind } from '../../core/kinds';
import { legacyPath } from '../../core/kinds';
import { isJsonObject } from '../../core/json';
import type { Json } from '../../core/json';
import type { Authentication } from '../../core/services';
import type { Task } from '../../core/task';
import { unreadable } from '../response';
import { readEnvelope } from './envelope';
import { legacyProvider } from './legacyProvider';
import { libraryCalls, LIBRARY_PAGE_SIZES } from './library';
import { toTask } from './decode';
import { encodePacks, readCostsProbe, readPacks } from './resourcePacks';
import { checkNewerApi, DISCONTINUED, RETIRED } from './rules';
import type { HttpRequest, HttpResponse, Provider } from '../types';

const LABELS = {
	klingGlobal: 'Kling (global)',
	klingChina: 'Kling (China)',
} as const;

const MAX_PAGE_SIZE = 500;
const USUAL_PAGE_SIZE = 30;
const YEAR_MS = 365 * 24 * 60 * 60 * 1000;

function readRecords(label: string, response: HttpResponse): Json[] {
	const { data } = readEnvelope(label, response);
	if (Array.isArray(data)) return data;
	if (isJsonObject(data) && Array.isArray(data.result)) return data.result;
	throw unreadable(label, response, 'it holds no list of tasks');
}

function toTasks(records: readonly Json[], kind?: Kind): Task[] {
	return records.flatMap((entry) => toTask(entry, kind, entry) ?? []);
}

/** Newest first, `pageNum` from 1. */
function encodeList(kind: Kind, page: number, pageSize: number): HttpRequest {
	return { method: 'GET', path: legacyPath(kind), query: { pageNum: page, pageSize } };
}

/** `GET /tasks`, for API keys only. */
function tasksById(label: string): Provider['batch'] {
	return {
		maxIds: 20,
		otherShape: true,
		byKind: false,
		encode: (ids) => ({ method: 'GET', path: '/tasks', query: { task_ids: ids.join(',') } }),
		read: (response) => toTasks(readRecords(label, response)),
	};
}

/** The newest page of the list of a kind, long enough for others to have ordered as many meanwhile. */
function newestTasks(label: string): Provider['batch'] {
	const most = MAX_PAGE_SIZE / 2;
	return {
		maxIds: most,
		otherShape: false,
		byKind: true,
		encode: (ids, kind) => encodeList(kind, 1, Math.max(2 * ids.length, USUAL_PAGE_SIZE)),
		read: (response) => toTasks(readRecords(label, response)),
	};
}

/**
 * Kling's own API, legacy standard. What a JWT made of access key and secret key may not ask for by id (`GET /tasks`), it
 * finds in the lists.
 */
export function officialProvider(
	service: 'klingGlobal' | 'klingChina',
	authentication: Authentication,
): Provider {
	const label = LABELS[service];
	const legacy = legacyProvider({
		service,
		label,
		prefix: '',
		offers: 'legacy',
		callbackField: 'callback_url',
		check: (request) => checkNewerApi(label, request),
	});
	return {
		...legacy,
		discontinued: DISCONTINUED,
		retired: RETIRED,
		externalIds: { unique: true },

		batch: authentication === 'apiKey' ? tasksById(label) : newestTasks(label),

		list: {
			maxPageSize: MAX_PAGE_SIZE,
			mixed: false,
			encode: encodeList,
			read: (kind, response) => {
				const records = readRecords(label, response);
				const tasks = toTasks(records, kind);
				return { tasks, ids: tasks.map(({ id }) => id), size: records.length };
			},
		},

		libraryPageSizes: LIBRARY_PAGE_SIZES,
		calls: {
			...libraryCalls(label, ''),
			resourcePacks: {
				encode: ({ start, end }) => encodePacks(start, end),
				read: (response) => readPacks(label, response),
			},
		},

		encodeProbe: (now) => encodePacks(now - YEAR_MS, now),
		readProbe: (response) => readCostsProbe(label, response),
	};
}
