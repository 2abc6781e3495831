import { gateOf } from '../shared/callback/gate';
import type { KlingClient } from '../shared/client/client';
import { clock } from '../shared/clock';
import { KlingError, toKlingError } from '../shared/errors';
import type { Kind } from '../shared/kinds';
import { newestOf } from '../shared/newest';
import { isFinal } from '../shared/task';
import type { Task } from '../shared/task';

/** A service may call back a moment before its own answers know of it. */
const SECOND_LOOK_MS = 2000;
/** However many calls come at once, the service is asked a few questions at a time. */
const AT_ONCE = 8;
const MOST_WAITING = 2000;

/** Services and addresses; changing credentials shall not fill the memory. */
const MOST_SCOPES = 100;

const gateFor = newestOf(MOST_SCOPES, () =>
	gateOf(
		AT_ONCE,
		MOST_WAITING,
		() => new KlingError('unreachable', 'Too many calls wait to be confirmed'),
	),
);

/** Asks where the address says that the task is, and everywhere if it is not there. */
async function fetchTask(client: KlingClient, id: string, hint: Kind | undefined): Promise<Task> {
	if (hint === undefined) return await client.find(id);
	try {
		return await client.get({ id, kind: hint });
	} catch (thrown) {
		const error = toKlingError(thrown);
		if (error.kind !== 'notFound') throw error.with({});
		return await client.find(id);
	}
}

async function lookTwice(client: KlingClient, claim: Task, hint: Kind | undefined): Promise<Task> {
	const task = await fetchTask(client, claim.id, hint);
	if (isFinal(task) || !isFinal(claim)) return task;
	await clock.sleep(SECOND_LOOK_MS);
	const later = await fetchTask(client, claim.id, task.kind);
	if (isFinal(later)) return later;
	throw new KlingError('unreadable', 'The service says that the task is not finished yet', {
		taskId: claim.id,
		retryable: true,
	});
}

/**
 * The task that a call speaks of, as the service itself tells it. Throws `notFound` where it knows no such task, and
 * another `KlingError` where nothing can be said now: it does not answer, or the end is claimed and has not come.
 */
export async function confirmed(
	{ client, scope }: { client: KlingClient; scope: string },
	claim: Task,
	hint: Kind | undefined,
): Promise<Task> {
	// No time limit but those of the client: a caller that gives up meanwhile shall still have started the workflow.
	return await gateFor(scope)(async () => await lookTwice(client, claim, hint));
}
