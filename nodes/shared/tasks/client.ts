import type { Clock } from '../core/clock';
import { KlingError, pauseAskedFor, toKlingError } from '../core/errors';
import { ALL_KINDS } from '../core/kinds';
import type { Kind } from '../core/kinds';
import { callOf } from '../providers';
import { encodeGet, placesOf, readTask } from '../providers/codec';
import type { CallName, Calls, HttpRequest, HttpResponse, Provider } from '../providers';
import { lacksResult } from '../providers/response';
import type { GenerationRequest } from '../core/requests';
import type { Task, TaskRef } from '../core/task';
import { createTask, LONGEST_PAUSE_MS } from './createOnce';
import type { CreateOptions } from './createOnce';
import { isNotFound } from '../providers/createFailure';
import type { Transport } from './http';

/** Kling counts no further. */
const LAST_PAGE = 1000;
const READ_TIMEOUT_MS = 30_000;
/** A call that costs money may take its time; an answer that nobody waits for is lost. */
const PAID_TIMEOUT_MS = 120_000;
const MAYBE_CHARGED =
	'The service may have charged for this call although its answer did not arrive. It was not sent again: look at the console of the service before you run this again';
const READ_RETRY_DELAYS_MS = [1000, 3000];

export interface ClientOptions {
	provider: Provider;
	transport: Transport;
	clock: Clock;
	signal?: AbortSignal;
	/** True where every request is signed anew, so that a signature refused for its time may be replaced once. */
	signs?: boolean;
}

/** What a look at many tasks found: the task, or why it could not be read. */
export type Look = Map<string, Task | KlingError>;

export interface KlingClient {
	readonly provider: Provider;
	/** Makes one task, never two: see `createTask`. Throws `KlingError`; `details.maybeCreated` tells whether a paid task may exist. */
	create(request: GenerationRequest, options?: CreateOptions): Promise<Task>;
	/** Asks for one task; transient failures are retried. */
	get(ref: TaskRef): Promise<Task>;
	/**
	 * Finds a task of which only the id is known, by asking at every place where this service keeps tasks.
	 * Throws `notFound` when it is nowhere.
	 */
	findById(id: string): Promise<Task>;
	/**
	 * Asks for many tasks with as few requests as the service allows, without retrying; never throws. As soon as the service
	 * asks for a pause or cannot be reached, nothing more is asked.
	 */
	getMany(refs: readonly TaskRef[]): Promise<Look>;
	/** The account's newest tasks of a kind, at most `limit`. Throws `notOffered` where the service has no list. */
	list(kind: Kind, limit: number): Promise<Task[]>;
	/**
	 * A call that the service answers at once. One that costs money is sent once; any other is retried as reads are.
	 * Throws `notOffered` where the service does not have it.
	 */
	call<N extends CallName>(name: N, input: Calls[N]['input']): Promise<Calls[N]['output']>;
}

/** Kling's clock and ours may differ by a moment; a token signed anew settles it. Certainly nothing was made. */
function needsNewSignature(error: KlingError): boolean {
	const { code, httpStatus, taskId } = error.details;
	return httpStatus === 401 && taskId === undefined && (code === 1003 || code === 1004);
}

type Part = readonly [TaskRef, ...TaskRef[]];

/** What goes into one request each. Alone in its kind, a task is asked for by itself. */
function partsOf(
	refs: readonly TaskRef[],
	{ byKind, maxIds }: NonNullable<Provider['batch']>,
): Part[] {
	const groups = byKind
		? [...new Set(refs.map(({ kind }) => kind))].map((kind) =>
				refs.filter((ref) => ref.kind === kind),
			)
		: [refs];
	return groups
		.filter((group) => group.length > 1)
		.flatMap((group) => {
			const parts: Part[] = [];
			for (let start = 0; start < group.length; start += maxIds) {
				const [first, ...others] = group.slice(start, start + maxIds);
				if (first) parts.push([first, ...others]);
			}
			return parts;
		});
}

/** A service that asks for a pause, or cannot be reached: what holds for one task holds for all, until the next look. */
function appliesToAll(error: KlingError): boolean {
	return pauseAskedFor(error) > 0 || error.kind === 'unreachable';
}

/** Sends all requests to a service; only the Test of a credential and downloads go without it. */
export function createClient({
	provider,
	transport,
	clock,
	signal,
	signs = false,
}: ClientOptions): KlingClient {
	let batchWorks = provider.batch !== undefined;

	async function send<T>(
		request: HttpRequest,
		timeoutMs: number,
		read: (response: HttpResponse) => T,
	): Promise<T> {
		try {
			return read(await transport(request, timeoutMs));
		} catch (thrown) {
			const error = toKlingError(thrown);
			if (!signs || !needsNewSignature(error)) throw error;
			return read(await transport(request, timeoutMs));
		}
	}

	async function readOnce<T>(
		request: HttpRequest,
		read: (response: HttpResponse) => T,
	): Promise<T> {
		return await send(request, READ_TIMEOUT_MS, read);
	}

	async function readPatiently<T>(
		request: HttpRequest,
		read: (response: HttpResponse) => T,
		isAnswer: (error: KlingError) => boolean = () => false,
	): Promise<T> {
		for (const delay of READ_RETRY_DELAYS_MS) {
			try {
				return await readOnce(request, read);
			} catch (thrown) {
				const error = toKlingError(thrown);
				if (!error.details.retryable || isAnswer(error) || signal?.aborted) throw error;
				const asked = Math.min(pauseAskedFor(error), LONGEST_PAUSE_MS);
				await clock.sleep(Math.max(delay, asked), signal);
			}
		}
		return await readOnce(request, read);
	}

	/** Nobody knows what became of a paid call without a clear answer, so it is never sent again. */
	async function sendPaid<T>(
		request: HttpRequest,
		read: (response: HttpResponse) => T,
	): Promise<T> {
		try {
			return await send(request, PAID_TIMEOUT_MS, read);
		} catch (thrown) {
			const error = toKlingError(thrown);
			if (error.details.maybeCreated === false) throw error;
			throw error.with({ maybeCreated: true, retryable: false, advice: MAYBE_CHARGED });
		}
	}

	/** Asks for one task; `isAnswer` tells which errors are an answer, so that asking again is of no use. */
	async function ask(ref: TaskRef, isAnswer?: (error: KlingError) => boolean): Promise<Task> {
		return await readPatiently(
			encodeGet(provider, ref),
			(response) => readTask(provider, ref, response),
			isAnswer,
		);
	}

	async function lookOne(ref: TaskRef): Promise<Task | KlingError> {
		try {
			return await readOnce(encodeGet(provider, ref), (response) =>
				readTask(provider, ref, response),
			);
		} catch (thrown) {
			return toKlingError(thrown).with({ taskId: ref.id });
		}
	}

	/** Tells the error when it holds for all. */
	async function lookMany(refs: readonly TaskRef[], found: Look): Promise<KlingError | undefined> {
		const { batch } = provider;
		if (!batch) return undefined;
		for (const part of partsOf(refs, batch)) {
			const kinds = new Map(part.map(({ id, kind }) => [id, kind]));
			try {
				const request = batch.encode(
					part.map(({ id }) => id),
					part[0].kind,
				);
				for (const task of await readOnce(request, (response) => batch.read(response))) {
					const kind = kinds.get(task.id);
					const shape = batch.otherShape ? { rawOfBatch: true } : {};
					// One without its result is asked for alone, like one that the answer left out: that look tells what is wrong.
					if (kind && !lacksResult(task)) found.set(task.id, { ...task, ...shape, kind });
				}
			} catch (thrown) {
				const error = toKlingError(thrown);
				if (error.details.retryable && error.kind !== 'unreadable') {
					if (appliesToAll(error)) return error;
					for (const { id } of part) found.set(id, error.with({ taskId: id }));
				} else {
					// This account or address may not ask for many at once; one by one always works.
					batchWorks = false;
					return undefined;
				}
			}
		}
		return undefined;
	}

	return {
		provider,

		async create(request, options = {}) {
			return await createTask({ provider, clock, signal, send, ask }, request, options);
		},

		async get(ref) {
			try {
				return await ask(ref);
			} catch (thrown) {
				throw toKlingError(thrown).with({ taskId: ref.id });
			}
		},

		async findById(id) {
			const offered = ALL_KINDS.filter((kind) => provider.offers[kind] !== undefined);
			let missing: KlingError | undefined;
			for (const { kind, api } of placesOf(provider, offered)) {
				try {
					return await ask({ id, kind, api }, isNotFound);
				} catch (thrown) {
					const error = toKlingError(thrown);
					if (!isNotFound(error)) throw error.with({ taskId: id });
					missing = error.kind === 'notFound' ? error : (missing ?? error);
				}
			}
			throw (missing ?? new KlingError('notFound', `${provider.label} keeps no tasks`)).with({
				taskId: id,
			});
		},

		async getMany(refs) {
			const found: Look = new Map();
			/** Holds for all that was not asked for yet. */
			let trouble = batchWorks && refs.length > 1 ? await lookMany(refs, found) : undefined;
			for (const ref of refs) {
				if (found.has(ref.id)) continue;
				if (signal?.aborted) break;
				const seen = trouble?.with({ taskId: ref.id }) ?? (await lookOne(ref));
				if (seen instanceof KlingError && appliesToAll(seen)) trouble = seen;
				found.set(ref.id, seen);
			}
			return found;
		},

		async list(kind, limit) {
			const { list } = provider;
			if (!list) {
				throw new KlingError('notOffered', `${provider.label} has no list of tasks`, {
					advice: 'Only the official Kling API and Ace Data Cloud list tasks',
				});
			}
			// A task that is made meanwhile moves the others on, and one of them to the next page.
			const tasks = new Map<string, Task>();
			const seen = new Set<string>();
			const pageSize = list.mixed ? list.maxPageSize : Math.min(limit, list.maxPageSize);
			for (let page = 1; tasks.size < limit && page <= LAST_PAGE; page += 1) {
				const before = seen.size;
				const part = await readPatiently(list.encode(kind, page, pageSize), (response) =>
					list.read(kind, response),
				);
				for (const task of part.tasks) tasks.set(task.id, task);
				for (const id of part.ids) seen.add(id);
				// A page of nothing new comes from a service that does not page.
				if (part.size < pageSize || seen.size === before) break;
			}
			return [...tasks.values()].slice(0, limit);
		},

		async call(name, input) {
			const { paid = false, encode, read } = callOf(provider, name);
			return paid ? await sendPaid(encode(input), read) : await readPatiently(encode(input), read);
		},
	};
}
