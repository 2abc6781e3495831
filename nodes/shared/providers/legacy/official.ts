import type { Kind } from '../../core/kinds';
import { legacyPath } from '../../core/kinds';
import { NEWER_ALIASES } from '../../core/newerNames';
import type { Authentication } from '../../core/services';
import { allTasks, readRecords, tasksById, toTasks } from './allTasks';
import { balanceCall, ledgerCalls } from './billing';
import { legacyProvider } from './legacyProvider';
import { libraryCalls, LIBRARY_PAGE_SIZES } from './library';
import { paidCalls } from './paidCalls';
import { encodePacks, readCostsProbe, readPacks } from './resourcePacks';
import { offersFor } from '../offers';
import { SOLUTIONS, solutionCodec, solutionTasks } from './solutions';
import { checkRetiredEffect } from './rules';
import { newerModels, refuseNewerModels, withNewStandard } from '../newStandard/newStandardCodec';
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
		groupOf: ({ kind }) => kind,
		encode: (ids, { kind }) => encodeList(kind, 1, Math.max(2 * ids.length, USUAL_PAGE_SIZE)),
		read: (response) => toTasks(readRecords(label, response)),
	};
}

/** What an API key opens and a pair of keys does not: the question for all tasks, the newer API, and solutions. */
function byApiKey(label: string, legacy: Provider): Partial<Provider> {
	const overview = allTasks(label, 'tasks');
	return {
		...offersFor('legacy', 'solutions'),
		...newerModels(legacy),
		codecs(kind) {
			const solution = solutionCodec(label, kind);
			return solution ? [solution] : withNewStandard(kind, legacy.codecs(kind), overview);
		},
		batch: tasksById(label),
		overview,
		solutions: solutionTasks(label),
	};
}

/**
 * Kling's own API: the legacy standard, and for API keys the newer one. What a JWT made of access key and secret key may not
 * ask for by id (`GET /tasks`), it finds in the lists.
 */
export function officialProvider(
	service: 'klingGlobal' | 'klingChina',
	authentication: Authentication,
): Provider {
	const label = LABELS[service];
	const legacy: Provider = legacyProvider({
		service,
		label,
		prefix: '',
		offers: 'legacy',
		callbackField: 'callback_url',
		modelAliases: NEWER_ALIASES,
		check(request) {
			if (authentication !== 'apiKey') refuseNewerModels(legacy, request);
			checkRetiredEffect(label, request);
		},
	});
	return {
		...legacy,
		externalIds: { unique: true },

		...(authentication === 'apiKey'
			? byApiKey(label, legacy)
			: { batch: newestTasks(label), needApiKey: SOLUTIONS }),

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
