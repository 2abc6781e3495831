import type { Kind } from '../../core/kinds';
import { legacyPath } from '../../core/kinds';
import type { Authentication } from '../../core/services';
import { allTasks, readRecords, tasksById, toTasks } from './allTasks';
import { balanceCall, ledgerCalls } from './billing';
import { legacyProvider } from './legacyProvider';
import { libraryCalls, LIBRARY_PAGE_SIZES } from './library';
import { paidCalls } from './paidCalls';
import { encodePacks, readCostsProbe, readPacks } from './resourcePacks';
import { checkNewerApi, checkRetiredEffect, DISCONTINUED, RETIRED } from './rules';
import type { HttpRequest, Provider } from '../types';

const LABELS = {
	klingGlobal: 'Kling (global)',
	klingChina: 'Kling (China)',
} as const;

const MAX_PAGE_SIZE = 500;
const USUAL_PAGE_SIZE = 30;
const YEAR_MS = 365 * 24 * 60 * 60 * 1000;

/** Newest first, `pageNum` from 1. */
function encodeList(kind: Kind, page: number, pageSize: number): HttpRequest {
	return { method: 'GET', path: legacyPath(kind), query: { pageNum: page, pageSize } };
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
		check(request) {
			checkNewerApi(label, request);
			checkRetiredEffect(label, request);
		},
	});
	return {
		...legacy,
		discontinued: DISCONTINUED,
		retired: RETIRED,
		externalIds: { unique: true },

		...(authentication === 'apiKey'
			? { batch: tasksById(label), overview: allTasks(label) }
			: { batch: newestTasks(label) }),

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
			...paidCalls(label, ''),
			...libraryCalls(label, ''),
			...(authentication === 'apiKey' ? ledgerCalls(label) : {}),
			balance: balanceCall(label, YEAR_MS),
			resourcePacks: {
				encode: ({ start, end }) => encodePacks(start, end),
				read: (response) => readPacks(label, response),
			},
		},

		encodeProbe: (now) => encodePacks(now - YEAR_MS, now),
		readProbe: (response) => readCostsProbe(label, response),
	};
}
