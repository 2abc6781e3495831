import type { Kind } from '../../core/kinds';
import { legacyPath } from '../../core/kinds';
import { isJsonObject } from '../../core/json';
import type { Json } from '../../core/json';
import type { Task } from '../../core/task';
import { unreadable } from '../response';
import { readEnvelope } from './envelope';
import { legacyProvider } from './legacyProvider';
import { LEGACY_DEFAULT_MODELS, LEGACY_FIELDS } from './fields';
import { toTask } from './decode';
import { encodePacks, readCostsProbe, readPacks } from './resourcePacks';
import type { HttpRequest, HttpResponse, Provider } from '../types';

const LABELS = {
	klingGlobal: 'Kling (global)',
	klingChina: 'Kling (China)',
} as const;

const MAX_PAGE_SIZE = 500;
const USUAL_PAGE_SIZE = 30;
const YEAR_MS = 365 * 24 * 60 * 60 * 1000;

function readTasks(label: string, response: HttpResponse, kind: Kind | undefined): Task[] {
	const { data } = readEnvelope(label, response);
	const records: Json[] | undefined = Array.isArray(data)
		? data
		: isJsonObject(data) && Array.isArray(data.result)
			? data.result
			: undefined;
	if (!records) throw unreadable(label, response, 'it holds no list of tasks');
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
		read: (response) => readTasks(label, response, undefined),
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
		read: (response) => readTasks(label, response, undefined),
	};
}

/**
 * Kling's own API, legacy standard. What a JWT made of access key and secret key may not ask for by id (`GET /tasks`), it
 * finds in the lists.
 */
export function officialProvider(
	service: 'klingGlobal' | 'klingChina',
	authentication: 'apiKey' | 'accessKey',
): Provider {
	const label = LABELS[service];
	const legacy = legacyProvider({
		service,
		label,
		prefix: '',
		offers: LEGACY_FIELDS,
		defaultModels: LEGACY_DEFAULT_MODELS,
		callbackField: 'callback_url',
	});
	return {
		...legacy,
		discontinued: ['kling-v1'],
		externalIds: { unique: true },

		batch: authentication === 'apiKey' ? tasksById(label) : newestTasks(label),

		list: {
			maxPageSize: MAX_PAGE_SIZE,
			mixed: false,
			encode: encodeList,
			read: (kind, response) => {
				const tasks = readTasks(label, response, kind);
				return { tasks, ids: tasks.map(({ id }) => id) };
			},
		},

		packs: {
			encode: encodePacks,
			read: (response) => readPacks(label, response),
		},

		encodeProbe: (now) => encodePacks(now - YEAR_MS, now),
		readProbe: (response) => readCostsProbe(label, response),
	};
}
