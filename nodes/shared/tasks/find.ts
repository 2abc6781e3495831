import { toKlingError } from '../core/errors';
import { wasStruck } from '../core/quote';
import type { Task, TaskRef } from '../core/task';
import type { Overview } from '../providers';
import { findsByName } from '../providers/codec';
import { isNotFound } from '../providers/createFailure';
import { LONGEST_PAUSE_MS } from './backOff';
import { getCall } from './calls';
import { isOfOtherKind } from './likelyKinds';
import type { Call } from './calls';
import type { Sender } from './sender';

/** When to ask for the task of an ambiguous create: at once, 2 s later, and once more after that. */
const FIND_DELAYS_MS = [0, 2000];
const LAST_FIND_DELAY_MS = 5000;

async function ifKnown({ read }: Sender, call: Call<Task>): Promise<Task | undefined> {
	try {
		return await read(call, isNotFound);
	} catch (thrown) {
		const error = toKlingError(thrown);
		if (isNotFound(error)) return undefined;
		throw error;
	}
}

/** A task; undefined when the service knows none by that id. Throws `KlingError` when the service cannot be asked. */
export async function getIfKnown(sender: Sender, ref: TaskRef): Promise<Task | undefined> {
	return await ifKnown(sender, getCall(sender.provider, ref));
}

/** By the API that knows all tasks, as the API of its kind tells it; undefined for a task of another kind, too. */
async function findByOverview(
	sender: Sender,
	overview: Overview,
	ref: TaskRef,
): Promise<Task | undefined> {
	const seen = await ifKnown(sender, {
		request: overview.encodeGetByName(ref.id),
		read: (response) => overview.readTask(ref.id, response),
	});
	return seen && (await getIfKnown(sender, { ...ref, id: seen.id }));
}

/**
 * The task with an External Task ID (`ref.id`); undefined when the service knows none, or answers with another task. One whose
 * name held a secret, which was struck out, counts: it was asked for by that name, and taking it for unknown would pay again.
 * Throws `KlingError` when the service cannot be asked.
 */
export async function findByExternalId(sender: Sender, ref: TaskRef): Promise<Task | undefined> {
	const { overview } = sender.provider;
	if (overview && !findsByName(sender.provider, ref)) {
		return await findByOverview(sender, overview, ref);
	}
	const task = await getIfKnown(sender, { ...ref, byName: true });
	if (!task || isOfOtherKind(sender.provider, ref.kind, task)) return undefined;
	const { externalTaskId: name } = task;
	return name !== undefined && (name === ref.id || wasStruck(name)) ? task : undefined;
}

/**
 * Looks for the task of a create that had no clear answer: three times within 7 s, since a service may be a moment late in
 * knowing it; `pauseMs`: the last time not before the pause that the service asked for, at most a minute. `unknown`: the
 * service could not be asked, or a person has stopped the run. Never throws.
 */
export async function findSoon(
	{ clock, signal, isStopped }: Sender,
	find: () => Promise<Task | undefined>,
	pauseMs: number,
): Promise<Task | 'notFound' | 'unknown'> {
	const lastDelay = Math.max(LAST_FIND_DELAY_MS, Math.min(pauseMs, LONGEST_PAUSE_MS));
	for (const delay of [...FIND_DELAYS_MS, lastDelay]) {
		if (delay > 0) await clock.sleep(delay, signal);
		if (isStopped()) return 'unknown';
		try {
			const task = await find();
			if (task) return task;
		} catch {
			return 'unknown';
		}
	}
	// Nothing is sent once a person has stopped the run.
	return isStopped() ? 'unknown' : 'notFound';
}
