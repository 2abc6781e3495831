import type { IWebhookFunctions } from 'n8n-workflow';

import type { Session } from '../shared/n8n/session';
import { gateOf } from './limit';
import { createClient } from '../shared/tasks/client';
import type { KlingClient } from '../shared/tasks/client';
import { n8nTransport } from '../shared/n8n/transport';
import { clock } from '../shared/n8n/clock';
import { KlingError, toKlingError } from '../shared/core/errors';
import type { Kind } from '../shared/core/kinds';
import { lruOf } from '../shared/core/lru';
import { isFinal } from '../shared/core/task';
import type { Claim, Task, TaskStatus } from '../shared/core/task';

/** A service may call back a moment before its own answers know of it. */
const SECOND_LOOK_MS = 2000;
/** However many calls come at once, the service is asked a few questions at a time. */
const AT_ONCE = 8;
const MOST_WAITING = 2000;
/** Services and addresses; changing credentials shall not fill the memory. */
const MOST_SCOPES = 100;

const FAR: Record<TaskStatus, number> = { submitted: 0, processing: 1, succeed: 2, failed: 2 };

const gateFor = lruOf(MOST_SCOPES, () =>
	gateOf(
		AT_ONCE,
		MOST_WAITING,
		() => new KlingError('unreachable', 'Too many calls wait to be confirmed'),
	),
);

/** A client whose every request waits for its turn; what it sleeps in between holds nobody up. */
function takingTurns({
	context,
	connection,
	provider,
	serviceKey,
}: Session<IWebhookFunctions>): KlingClient {
	const gate = gateFor(serviceKey);
	const send = n8nTransport(context, connection, provider);
	return createClient({
		provider,
		transport: async (request, timeoutMs) => await gate(async () => await send(request, timeoutMs)),
		clock,
		signs: connection.authentication === 'accessKey',
	});
}

/** Asks where the address says that the task is, and everywhere if it is not there. */
async function fetchTask(client: KlingClient, id: string, hint: Kind | undefined): Promise<Task> {
	if (hint === undefined) return await client.findById(id);
	try {
		return await client.get({ id, kind: hint });
	} catch (thrown) {
		const error = toKlingError(thrown);
		if (error.kind !== 'notFound') throw error;
		return await client.findById(id);
	}
}

/**
 * The task that a call speaks of, as the service itself tells it. Throws `notFound` where it knows no such task, and
 * another `KlingError` where nothing can be said now: it does not answer, or does not know yet what the call claims.
 * It is asked again after a moment before that, but for a task it does not know only if `mayAppear`.
 */
export async function confirmTask(
	session: Session<IWebhookFunctions>,
	claim: Claim,
	hint: Kind | undefined,
	mayAppear: boolean,
): Promise<Task> {
	// No time limit but those of the client: a caller that gives up meanwhile shall still have started the workflow.
	const client = takingTurns(session);
	const unknown = claim.statusUnknown === true;
	const isBehind = ({ status }: Task) => !unknown && FAR[status] < FAR[claim.status];
	let kind = hint;
	try {
		const task = await fetchTask(client, claim.id, hint);
		const mayBeBehind = unknown && !isFinal(task);
		if (!isBehind(task) && !mayBeBehind) return task;
		({ kind = hint } = task);
	} catch (thrown) {
		const error = toKlingError(thrown);
		if (error.kind !== 'notFound' || !mayAppear) throw error;
	}
	await clock.sleep(SECOND_LOOK_MS);
	const later = await fetchTask(client, claim.id, kind);
	if (!isBehind(later)) return later;
	throw new KlingError(
		'unreadable',
		`The service says that the task is ${later.status}, and the call that it is ${claim.status}`,
		{ taskId: claim.id, retryable: true },
	);
}
