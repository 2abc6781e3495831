import { KlingError, toKlingError } from '../shared/core/errors';
import { toMessage } from '../shared/core/explain';
import { isFinal } from '../shared/core/task';
import type { Task, TaskStatus } from '../shared/core/task';
import { redact } from '../shared/credential/redact';
import { clock } from '../shared/n8n/clock';
import { isNotFound } from '../shared/providers/createFailure';
import { Lookup } from './lookup';
import type { TriggerSettings } from './parameters';
import { Rejection } from './request/rejection';
import type { VerifiedCall } from './request/verify';
import { taskMemoryOf } from './taskMemory';
import type { TaskMemory } from './taskMemory';
import { triggerKey, warnOnceAMinute } from './warnOnceAMinute';

/** A service may call back a moment before its own answers know of it. */
const ASK_AGAIN_AFTER_MS = 2000;

/** How far a task has come. */
const PROGRESS: Record<TaskStatus, number> = { submitted: 0, processing: 1, succeed: 2, failed: 2 };

const NO_SUCH_TASK = new Rejection(
	404,
	'There is no such task',
	'Choose the credential that the task was made with. If the relay calls with an ID that it does not know itself (new-api), switch Confirm With API off',
);

const CALL_AGAIN = new Rejection(503, 'The task cannot be confirmed now. Please call again');

/** The task as the call claims it. */
export function claimedTask({ claim, hint }: VerifiedCall): Task {
	return { ...claim, kind: claim.kind ?? hint };
}

/** Whether a claim is harmless: no end, and nothing to download. */
function isOnlyBegun(claim: Task): boolean {
	return !isFinal(claim) && claim.results.length === 0;
}

/**
 * The task that a call speaks of, as the service itself describes it. It is asked a second time after 2 s where it does not
 * know yet what the call claims; so it is for a task that it does not know, if `mayAppear`. Throws `notFound` where it knows
 * no such task, `unreadable` where it is still behind the call, and what the client throws where it does not answer.
 */
async function confirmTask(
	call: VerifiedCall,
	memory: TaskMemory,
	mayAppear: boolean,
): Promise<Task> {
	// No time limit but those of the client: a caller that gives up meanwhile must still have started the workflow.
	const { claim } = call;
	const isVague = claim.statusUnknown === true;
	const isBehind = ({ status }: Task) => !isVague && PROGRESS[status] < PROGRESS[claim.status];
	const lookup = new Lookup(call, memory);
	const { place } = lookup;
	try {
		// Calls for tasks of the Kling node say where to look: the search waits for the second time.
		const task = place && mayAppear ? await lookup.at(place) : await lookup.everywhere();
		const mayBeBehind = isVague && !isFinal(task);
		if (!isBehind(task) && !mayBeBehind) return task;
	} catch (thrown) {
		const error = toKlingError(thrown);
		if (!isNotFound(error) || !mayAppear) throw error;
	}
	await clock.sleep(ASK_AGAIN_AFTER_MS);
	const later = await lookup.everywhere();
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
	const name = context.getNode().name;
	warnOnceAMinute(
		context,
		`unconfirmed ${error.kind}`,
		`${name} could not confirm a callback: ${text}.`,
	);
}

/** The task as the service describes it; 404 where it knows no such task, 503 where nothing can be said now. Never throws. */
export async function confirmCall(
	call: VerifiedCall,
	{ isTest }: Pick<TriggerSettings, 'isTest'>,
): Promise<Task | Rejection> {
	const { session, claim } = call;
	const memory = taskMemoryOf(triggerKey(session.context));
	if (!isTest && memory.isUnknown(claim.id, clock.now())) return NO_SUCH_TASK;
	if (!isTest && memory.isUnsearched(claim.id, clock.now())) return CALL_AGAIN;
	try {
		return await confirmTask(call, memory, !isTest);
	} catch (thrown) {
		const error = toKlingError(thrown);
		if (error.kind !== 'notFound') {
			warn(call, error);
			return CALL_AGAIN;
		}
		// The test of Kling's console names a task that nobody has, and claims no result.
		if (isTest && isOnlyBegun(claim)) return claimedTask(call);
		memory.addUnknown(claim.id, clock.now());
		return NO_SUCH_TASK;
	}
}
