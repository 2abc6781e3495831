import { KlingError, toKlingError } from '../shared/core/errors';
import { toMessage } from '../shared/core/explain';
import { isFinal } from '../shared/core/task';
import type { Task, TaskRef, TaskStatus } from '../shared/core/task';
import { redact } from '../shared/credential/redact';
import { clock } from '../shared/n8n/clock';
import type { KlingClient } from '../shared/tasks/client';
import type { TriggerSettings } from './parameters';
import { Rejection } from './request/rejection';
import type { VerifiedCall } from './request/verify';

/** A service may call back a moment before its own answers know of it. */
const ASK_AGAIN_AFTER_MS = 2000;

/** How far a task has come. */
const PROGRESS: Record<TaskStatus, number> = { submitted: 0, processing: 1, succeed: 2, failed: 2 };

const NO_SUCH_TASK = new Rejection(
	404,
	'There is no such task',
	'Choose the credential that the task was made with. If the relay calls with an ID that it does not know itself (new-api), switch Confirm With API off',
);

/** The task as the call claims it. */
export function claimedTask({ claim, hint }: VerifiedCall): Task {
	return { ...claim, kind: claim.kind ?? hint };
}

/** Whether a claim is harmless: no end, and nothing to download. */
function isOnlyBegun(claim: Task): boolean {
	return !isFinal(claim) && claim.results.length === 0;
}

/** Where a task is likely to be found. */
type Hint = Omit<TaskRef, 'id'> | undefined;

/** Asks where the hint says, and everywhere if the task is not there. Throws `notFound`. */
async function fetchTask(client: KlingClient, id: string, hint: Hint): Promise<Task> {
	if (hint === undefined) return await client.findById(id);
	try {
		return await client.get({ ...hint, id });
	} catch (thrown) {
		const error = toKlingError(thrown);
		if (error.kind !== 'notFound') throw error;
		return await client.findById(id);
	}
}

/**
 * The task that a call speaks of, as the service itself describes it. It is asked a second time after 2 s where it does not
 * know yet what the call claims; so it is for a task that it does not know, if `mayAppear`. Throws `notFound` where it knows
 * no such task, `unreadable` where it is still behind the call, and what the client throws where it does not answer.
 */
async function confirmTask(
	{ session: { client }, claim, hint }: VerifiedCall,
	mayAppear: boolean,
): Promise<Task> {
	// No time limit but those of the client: a caller that gives up meanwhile must still have started the workflow.
	const unknown = claim.statusUnknown === true;
	const isBehind = ({ status }: Task) => !unknown && PROGRESS[status] < PROGRESS[claim.status];
	let known: Hint = hint && { kind: hint };
	try {
		const task = await fetchTask(client, claim.id, known);
		const mayBeBehind = unknown && !isFinal(task);
		if (!isBehind(task) && !mayBeBehind) return task;
		if (task.kind) known = { kind: task.kind, api: task.api };
	} catch (thrown) {
		const error = toKlingError(thrown);
		if (error.kind !== 'notFound' || !mayAppear) throw error;
	}
	await clock.sleep(ASK_AGAIN_AFTER_MS);
	const later = await fetchTask(client, claim.id, known);
	if (!isBehind(later)) return later;
	throw new KlingError(
		'unreadable',
		`The service says that the task is ${later.status}, and the call that it is ${claim.status}`,
		{ taskId: claim.id, retryable: true },
	);
}

function warn({ session, claim }: VerifiedCall, error: KlingError): void {
	const { context, secrets } = session;
	const { message, description } = toMessage(error.with({ taskId: claim.id }));
	const text = redact(`${message}. ${description}`, secrets);
	context.logger.warn(`${context.getNode().name} could not confirm a callback: ${text}`);
}

/** The task as the service describes it; 404 where it knows no such task, 503 where nothing can be said now. Never throws. */
export async function confirmCall(
	call: VerifiedCall,
	{ isTest }: Pick<TriggerSettings, 'isTest'>,
): Promise<Task | Rejection> {
	try {
		return await confirmTask(call, !isTest);
	} catch (thrown) {
		const error = toKlingError(thrown);
		if (error.kind !== 'notFound') {
			warn(call, error);
			return new Rejection(503, 'The task cannot be confirmed now. Please call again');
		}
		// The test of Kling's console names a task that nobody has, and claims no result.
		return isTest && isOnlyBegun(call.claim) ? claimedTask(call) : NO_SUCH_TASK;
	}
}
