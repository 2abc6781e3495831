import type { Kind } from '../kinds';
import { legacyPath } from '../kinds';
import { isJsonObject } from '../json';
import type { Json } from '../json';
import type { Task } from '../task';
import { unreadable } from './answer';
import { readEnvelope } from './legacyAnswer';
import { legacyProvider } from './legacyDialect';
import { LEGACY_DEFAULT_MODELS, LEGACY_FIELDS } from './legacyFields';
import { toTask } from './legacyTask';
import { encodePacks, judge, readPacks } from './officialPacks';
import type { HttpRequest, HttpResponse, Provider } from './types';

const LABELS = {
	klingGlobal: 'Kling (global)',
	klingChina: 'Kling (China)',
} as const;

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

/**
 * Kling's own API, legacy standard. With an API key it can also ask for 20 tasks at once (`GET /tasks`),
 * which a JWT made of access key and secret key may not use.
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

		...(authentication === 'apiKey'
			? {
					batch: {
						maxIds: 20,
						otherShape: true,
						encode: (ids: readonly string[]): HttpRequest => ({
							method: 'GET',
							path: '/tasks',
							query: { task_ids: ids.join(',') },
						}),
						read: (response: HttpResponse) => readTasks(label, response, undefined),
					},
				}
			: {}),

		list: {
			maxPageSize: 500,
			mixed: false,
			encode: (kind, page, pageSize) => ({
				method: 'GET',
				path: legacyPath(kind),
				query: { pageNum: page, pageSize },
			}),
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
		readProbe: (response) => judge(label, response),
	};
}
