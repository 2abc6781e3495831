import type { INodeExecutionData } from 'n8n-workflow';

import { clock } from '../../shared/n8n/clock';
import { toKlingError } from '../../shared/core/errors';
import { callbackUrlOf, checkReachable } from '../suspend/resumeUrl';
import type { TaskMemory } from './taskStore';
import { runJobs } from '../../shared/tasks/runJobs';
import type { GenerationOperation } from '../operations/types';
import { readWaitSettings } from '../parameters/waiting';
import type { WaitSettings } from '../parameters/waiting';
import { deliverAll, failOnFirst, fatal, nodeError } from './results';
import type { ItemResult } from './results';
import { checkBeforeSuspending, suspend } from '../suspend/suspend';
import { jobFor, openMemory, prepare, resumeUrl } from './readItems';
import type { Order, Prepared } from './readItems';
import type { Session } from '../../shared/n8n/session';

/** How this run waits, and where the service shall call back if the execution is to be suspended. */
function readSettings(session: Session): { settings: WaitSettings; callbackUrl?: string } {
	const { context, connection } = session;
	try {
		const settings = readWaitSettings(context);
		if (settings.until !== 'allCreated') return { settings };
		const callbackUrl = callbackUrlOf(resumeUrl(context));
		checkReachable(connection.baseUrl, callbackUrl);
		return { settings, callbackUrl };
	} catch (thrown) {
		throw nodeError(session, toKlingError(thrown), 0);
	}
}

async function prepareAll(
	session: Session,
	operation: GenerationOperation,
	{ stopAtError, until }: WaitSettings,
	memory: TaskMemory,
): Promise<Prepared[]> {
	const prepared: Prepared[] = [];
	for (const index of session.context.getInputData().keys()) {
		prepared.push(await prepare(session, operation, index, until === 'allCreated'));
	}
	const refused = stopAtError && prepared.find((entry) => 'error' in entry);
	if (refused && 'error' in refused) {
		throw nodeError(session, fatal(refused.error, memory.known()), refused.itemIndex);
	}
	return prepared;
}

/** Submits the orders, waits as the settings say, and keeps in the memory what became of each. */
async function carryOut(
	session: Session,
	orders: readonly Order[],
	memory: TaskMemory,
	settings: WaitSettings,
	callbackUrl: string | undefined,
): Promise<ItemResult[]> {
	const { client, signal } = session;
	const jobs = orders.map((order) => jobFor(order, memory, session, settings, callbackUrl));
	const outcomes = await runJobs(jobs, settings, {
		client,
		clock,
		signal,
		onTask(index, state, task) {
			const order = orders[index];
			if (!order) return;
			const { itemIndex, request } = order;
			if (task) memory.remember(itemIndex, request, task.id);
			else if (state === 'sent') memory.doubt(itemIndex, request);
			else memory.forget(itemIndex, request);
		},
	});
	return orders.flatMap(({ itemIndex, request: { kind } }, place) => {
		const outcome = outcomes[place];
		return outcome ? [{ itemIndex, kind, outcome }] : [];
	});
}

/** A failed task makes room for a new one; a task that an error names is as good as remembered. */
function keepInMemory(
	memory: TaskMemory,
	orders: readonly Order[],
	endings: readonly ItemResult[],
): void {
	for (const { itemIndex, outcome } of endings) {
		const request = orders.find((order) => order.itemIndex === itemIndex)?.request;
		if (!request || outcome.ok) continue;
		const { kind, details } = outcome.error;
		if (kind === 'taskFailed') memory.forget(itemIndex, request);
		else if (!outcome.task && details.taskId) {
			memory.remember(itemIndex, request, details.taskId);
		}
	}
}

/**
 * Submits one task per item, waits for all of them together and delivers one item each, in order; or suspends the
 * execution until the services have called back. All items are checked before the first is sent.
 */
export async function generate(
	session: Session,
	operation: GenerationOperation,
): Promise<INodeExecutionData[]> {
	const { settings, callbackUrl } = readSettings(session);
	const memory = openMemory(session);
	const prepared = await prepareAll(session, operation, settings, memory);
	const orders = prepared.filter((entry) => 'request' in entry);
	const refused = prepared.flatMap((entry): ItemResult[] =>
		'error' in entry
			? [{ itemIndex: entry.itemIndex, outcome: { ok: false, error: entry.error } }]
			: [],
	);

	let made = await carryOut(session, orders, memory, settings, callbackUrl);
	if (callbackUrl !== undefined) made = await checkBeforeSuspending(session, made);
	keepInMemory(memory, orders, made);
	const known = memory.known();
	if (settings.stopAtError) failOnFirst(session, { endings: made, known });

	const endings = [...refused, ...made].sort((one, other) => one.itemIndex - other.itemIndex);
	// Whom somebody has stopped, nobody shall wake up.
	if (callbackUrl !== undefined && !session.signal?.aborted) {
		const parked = await suspend(session, { endings, known }, settings);
		if (parked) return parked;
	}
	const { items, failures } = await deliverAll(session, { endings, known });
	if (failures === 0) {
		for (const { itemIndex, request } of orders) memory.forget(itemIndex, request);
	}
	return items;
}
