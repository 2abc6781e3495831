import { z } from 'zod';

import type { Kind } from '../kinds';
import { legacyPath } from '../kinds';
import { isJsonObject } from '../json';
import type { Json } from '../json';
import type { Task } from '../task';
import { readAs, unreadable } from './answer';
import { LEGACY_FIELDS, legacyProvider, readEnvelope } from './legacyDialect';
import { toTask } from './legacyTask';
import type { HttpRequest, HttpResponse, ProbeResult, Provider } from './types';

const LABELS = {
	klingGlobal: 'Kling (global)',
	klingChina: 'Kling (China)',
} as const;

const YEAR_MS = 365 * 24 * 60 * 60 * 1000;

const costs = z.object({
	resource_pack_subscribe_infos: z
		.array(
			z.object({
				remaining_quantity: z.number().optional().catch(undefined),
				status: z.string().optional().catch(undefined),
			}),
		)
		.catch([]),
});

/** Reads `GET /account/costs`: packs bought in the last year and what is left of them. */
function readCosts(label: string, response: HttpResponse): ProbeResult {
	const { data } = readEnvelope(label, response);
	const packs = readAs(label, response, costs, data).resource_pack_subscribe_infos;
	const left = packs
		.filter(({ status }) => status === undefined || status === 'online' || status === 'toBeOnline')
		.reduce((sum, { remaining_quantity }) => sum + (remaining_quantity ?? 0), 0);
	if (packs.length > 0 && left <= 0) {
		return {
			ok: false,
			message: `${label} accepted the key, but every resource pack is used up or expired: buy a new one in the API console (the count may lag by 12 hours)`,
		};
	}
	return {
		ok: true,
		message:
			packs.length > 0
				? `${label} accepted the key. Units left: ${left}`
				: `${label} accepted the key. No resource pack was bought in the last year`,
	};
}

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
		defaultModels: { text2video: 'kling-v2-5-turbo' },
		callbackField: 'callback_url',
	});
	return {
		...legacy,
		discontinued: ['kling-v1'],

		...(authentication === 'apiKey'
			? {
					batch: {
						maxIds: 20,
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
			encode: (kind, page, pageSize) => ({
				method: 'GET',
				path: legacyPath(kind),
				query: { pageNum: page, pageSize },
			}),
			read: (kind, response) => readTasks(label, response, kind),
		},

		encodeProbe: (now) => ({
			method: 'GET',
			path: '/account/costs',
			query: { start_time: now - YEAR_MS, end_time: now },
		}),
		readProbe: (response) => readCosts(label, response),
	};
}
