import type { Clock } from '../core/clock';
import { KlingError, pauseAskedFor, toKlingError } from '../core/errors';
import { checkRequest } from '../providers/checkRequest';
import { encodeCreate, readCreated } from '../providers/codec';
import type { HttpRequest, HttpResponse, Provider } from '../providers';
import type { GenerationRequest } from '../core/requests';
import type { Task, TaskRef } from '../core/task';
import { createFailure, isNotFound } from '../providers/createFailure';

const CREATE_TIMEOUT_MS = 120_000;
/** When to look for the task of an unclear create; a service may be a moment late in knowing it. */
const LOOK_DELAYS_MS = [0, 2000];
const LAST_LOOK_DELAY_MS = 5000;
/** Whatever a service asks for, nobody sits in front of a single request for longer. */
export const LONGEST_PAUSE_MS = 60_000;
/** A task may be that much older than the create that made it: clocks differ. */
const CLOCKS_DIFFER_MS = 15 * 60_000;

/** What may be done about a task that exists already under the External Task ID of a create. */
export interface CreateOptions {
	/** It is as good as a new one; otherwise the service's refusal is an error. */
	reuse?: boolean;
	/** Ask for it before anything is sent. */
	lookFirst?: boolean;
	/** An earlier try ended unclear: without certainty that it made nothing, nothing is sent. Implies `lookFirst`. */
	unclear?: boolean;
}

/** How the client sends, as far as creating needs it. */
export interface Sender {
	provider: Provider;
	clock: Clock;
	signal?: AbortSignal;
	send: <T>(
		request: HttpRequest,
		timeoutMs: number,
		read: (response: HttpResponse) => T,
	) => Promise<T>;
	/** Asks for a task, patiently; `isAnswer` tells which errors are an answer. */
	ask: (ref: TaskRef, isAnswer?: (error: KlingError) => boolean) => Promise<Task>;
}

function whereToLook({ list, externalIds }: Provider, externalId: string | undefined): string {
	if (externalIds && externalId) {
		const byId = `Task → Get with the External Task ID ${externalId}`;
		// A relay that does not pass the id on finds nothing by it, whether there is a task or not.
		return externalIds.unique ? byId : `${byId}, and the console of the service`;
	}
	return list ? 'Task → Get Many, or the console of the service' : 'the console of the service';
}

function inDoubt(provider: Provider, request: GenerationRequest, error: KlingError): KlingError {
	const doubt = `The task may have been made and charged all the same: look it up (${whereToLook(provider, request.external_task_id)}) before you run this again`;
	const { advice } = error.details;
	return error.with({ advice: advice ? `${advice}. ${doubt}` : doubt, maybeCreated: true });
}

function notAgain(provider: Provider, request: GenerationRequest): KlingError {
	return new KlingError(
		'unreachable',
		'Not sent again, because the first try ended without a clear answer',
		{
			maybeCreated: true,
			advice: `The task may have been made and charged. Look it up (${whereToLook(provider, request.external_task_id)}); if there is none, run the workflow anew`,
		},
	);
}

function taken(error: KlingError): KlingError {
	return error.with({
		advice:
			'A task with this External Task ID exists: give another one, or turn on Reuse Existing Task to get that task instead of a new one',
	});
}

function stopped(provider: Provider, request: GenerationRequest, unclear: boolean): KlingError {
	const message = 'Stopped before this item was submitted';
	return unclear
		? inDoubt(provider, request, new KlingError('stopped', message))
		: new KlingError('stopped', message, {
				maybeCreated: false,
				advice: 'Nothing was charged for this item',
			});
}

/** A function, because the compiler takes a signal that has not fired for one that never will. */
function isAborted(signal: AbortSignal | undefined): boolean {
	return signal?.aborted === true;
}

async function sendOnce(
	{ provider, send }: Sender,
	request: GenerationRequest,
	wire: HttpRequest,
): Promise<Task> {
	return await send(wire, CREATE_TIMEOUT_MS, (response) => {
		try {
			return readCreated(provider, request, response);
		} catch (thrown) {
			const failure = createFailure(provider.label, toKlingError(thrown), response);
			throw failure;
		}
	});
}

/** Whether a task is certainly not the one that was ordered at that time, in ms. */
function isOlder({ createdAt = Infinity }: Task, sentAt: number): boolean {
	return createdAt < sentAt - CLOCKS_DIFFER_MS;
}

/** The task that carries an External Task ID; undefined when the service knows none. Throws when it cannot be asked. */
async function findByExternalId(
	{ ask }: Sender,
	{ kind }: GenerationRequest,
	externalId: string,
): Promise<Task | undefined> {
	try {
		const task = await ask({ id: externalId, kind }, isNotFound);
		return task.externalTaskId === externalId ? task : undefined;
	} catch (thrown) {
		const error = toKlingError(thrown);
		if (isNotFound(error)) return undefined;
		throw error;
	}
}

/** Looks for the task of a create that ended unclear, for some seconds. `known` is false when nobody can say whether there is one. */
async function findAfterDoubt(
	sender: Sender,
	request: GenerationRequest,
	externalId: string,
	pauseMs: number,
): Promise<{ known: boolean; task?: Task }> {
	const { clock, signal } = sender;
	const lastDelay = Math.max(LAST_LOOK_DELAY_MS, Math.min(pauseMs, LONGEST_PAUSE_MS));
	for (const delay of [...LOOK_DELAYS_MS, lastDelay]) {
		if (delay > 0) await clock.sleep(delay, signal);
		if (isAborted(signal)) return { known: false };
		try {
			const task = await findByExternalId(sender, request, externalId);
			if (task) return { known: true, task };
		} catch {
			return { known: false };
		}
	}
	// Nothing is sent once a person has stopped.
	return { known: !isAborted(signal) };
}

/**
 * Makes a task, and **at most one**. A create leaves a second time only when the service certainly made nothing of the
 * first: where it refuses a repeated External Task ID (official Kling), and only after it was asked for that id in vain.
 * Throws `KlingError`; `details.maybeCreated` tells whether a paid task may exist.
 */
export async function createTask(
	sender: Sender,
	request: GenerationRequest,
	{ reuse = false, lookFirst = false, unclear = false }: CreateOptions,
): Promise<Task> {
	const { provider, clock, signal } = sender;
	checkRequest(provider, request);
	const wire = encodeCreate(provider, request);
	const externalId = provider.externalIds ? request.external_task_id : undefined;
	const unique = provider.externalIds?.unique ?? false;

	if (externalId !== undefined && (lookFirst || unclear)) {
		const existing = await findByExternalId(sender, request, externalId).catch(
			(thrown: unknown) => {
				const error = toKlingError(thrown);
				throw unclear ? inDoubt(provider, request, error) : error.with({ maybeCreated: false });
			},
		);
		if (existing) return { ...existing, reused: true };
		if (isAborted(signal)) throw stopped(provider, request, unclear);
	}
	if (unclear && !(externalId !== undefined && unique)) throw notAgain(provider, request);

	for (let repeats = 0; ; repeats += 1) {
		const sentAt = clock.now();
		try {
			return await sendOnce(sender, request, wire);
		} catch (thrown) {
			const error = toKlingError(thrown);
			const { maybeCreated, duplicate, taskId } = error.details;
			// After a try that ended unclear, what the name belongs to is most likely our own.
			if (duplicate && externalId !== undefined && (reuse || unclear || repeats > 0)) {
				const existing = await findByExternalId(sender, request, externalId).catch(() => undefined);
				if (existing) return repeats > 0 ? existing : { ...existing, reused: true };
				throw inDoubt(provider, request, error);
			}
			if (duplicate) throw taken(error);
			if (maybeCreated === false) {
				// What is refused now proves nothing about the try before: that one may have used up the balance or the slot.
				throw unclear || repeats > 0 ? inDoubt(provider, request, error) : error;
			}
			// A task that the answer names exists; what is left is to ask for it.
			if (externalId === undefined || taskId !== undefined) throw inDoubt(provider, request, error);
			const pause = pauseAskedFor(error);
			const { known, task } = await findAfterDoubt(sender, request, externalId, pause);
			if (task && (reuse || !isOlder(task, sentAt))) return task;
			// The name belonged to another task before: where that forbids a second one, none was made.
			if (task && unique) throw taken(error.with({ maybeCreated: false }));
			if (task || !known || !unique || repeats > 0) throw inDoubt(provider, request, error);
		}
	}
}
