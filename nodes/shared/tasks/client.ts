import type { Balance, Deduction, DeductionQuery } from '../core/billing';
import { toKlingError } from '../core/errors';
import type { KlingError } from '../core/errors';
import type { Kind } from '../core/kinds';
import type { GenerationRequest } from '../core/requests';
import type { LibraryEntry } from '../core/library';
import type { LibraryType, Task, TaskRef } from '../core/task';
import type { CallName, Calls, Deleted, Provider } from '../providers';
import { listDeductions, readBalances } from './billing';
import { callAtOnce, getCall } from './calls';
import { createTask } from './createOnce';
import type { CreateOptions } from './createOnce';
import { findById, findMadeBy } from './search';
import type { Where } from './search';
import { createGetMany } from './getMany';
import type { FoundTasks } from './getMany';
import { deleteFromLibrary, findInLibrary, libraryPage, listLibrary } from './library';
import type { PagePlace, ReadPage, Wanted } from './library';
import { listTasks } from './list';
import { createSender } from './sender';
import type { ClientOptions } from './sender';

/** Talks to one service. Every error it throws is a `KlingError`. */
export interface KlingClient {
	readonly provider: Provider;
	/** Makes one task, never two: see createOnce.ts. `details.maybeCreated` of its error tells whether a paid task may exist. */
	create(request: GenerationRequest, options?: CreateOptions): Promise<Task>;
	/** Gets one task. Transient failures are retried. Throws `notFound` when the service has no such task of that kind. */
	get(ref: TaskRef): Promise<Task>;
	/**
	 * Gets a task by trying all places, unless said otherwise, with retries. Throws `notFound` when the service has none
	 * there.
	 */
	findById(id: string, where?: Where): Promise<Task>;
	/** Gets a task that an operation is said to have made, wherever that may be, with retries. Throws like `findById`. */
	findMadeBy(id: string, operation: Kind): Promise<Task>;
	/**
	 * Gets many tasks with as few requests as the service allows, without retries; never throws. As soon as the service asks
	 * for a pause or cannot be reached, nothing more is asked: that error stands for the rest. After Stop some may be missing.
	 */
	getMany(refs: readonly TaskRef[]): Promise<FoundTasks>;
	/**
	 * The account's newest tasks of a kind, or of all kinds, at most `limit`, newest first, with retries. Throws `notOffered`
	 * where the service has no list.
	 */
	list(kind: Kind | undefined, limit: number): Promise<Task[]>;
	/** A call that the service answers at once; see `callAtOnce`. */
	call<N extends CallName>(name: N, input: Calls[N]['input']): Promise<Calls[N]['output']>;
	/** What is left, and what was deducted; see billing.ts. */
	readonly billing: {
		balances(now: number): Promise<{ balances: Balance[]; missing?: KlingError }>;
		deductions(query: DeductionQuery, limit: number): Promise<Deduction[]>;
	};
	/** Elements and voices; see library.ts. */
	readonly library: {
		page(wanted: Wanted, place: PagePlace): Promise<ReadPage>;
		list(wanted: Wanted, limit: number): Promise<LibraryEntry[]>;
		find(type: LibraryType, id: string): Promise<LibraryEntry>;
		delete(type: LibraryType, id: string): Promise<Deleted | 'before'>;
	};
}

/** All requests to a service go through a client; only the Test of a credential and downloads do not. */
export function createClient(options: ClientOptions): KlingClient {
	const sender = createSender(options);
	const { provider, read } = sender;
	return {
		provider,
		create: async (request, how = {}) => await createTask(sender, request, how),
		async get(ref) {
			try {
				return await read(getCall(provider, ref));
			} catch (thrown) {
				throw toKlingError(thrown).with({ taskId: ref.id });
			}
		},
		findById: async (id, where = 'everywhere') => await findById(sender, id, where),
		findMadeBy: async (id, operation) => await findMadeBy(sender, id, operation),
		getMany: createGetMany(sender),
		list: async (kind, limit) => await listTasks(sender, kind, limit),
		call: async (name, input) => await callAtOnce(sender, name, input),
		billing: {
			balances: async (now) => await readBalances(sender, now),
			deductions: async (query, limit) => await listDeductions(sender, query, limit),
		},
		library: {
			page: async (wanted, place) => await libraryPage(sender, wanted, place),
			list: async (wanted, limit) => await listLibrary(sender, wanted, limit),
			find: async (type, id) => await findInLibrary(sender, type, id),
			delete: async (type, id) => await deleteFromLibrary(sender, type, id),
		},
	};
}
