import type { INodeExecutionData } from 'n8n-workflow';

import { type KlingError, toKlingError } from '../../shared/core/errors';
import type { Kind } from '../../shared/core/kinds';
import { toNodeError } from '../../shared/n8n/nodeError';
import type { JobResult } from '../../shared/tasks/jobResult';
import { readItemSettings } from '../parameters/waiting';
import { failureItem, taskItem } from '../../shared/n8n/items';
import { continuesOnFail } from '../../shared/n8n/agentTool';
import type { Session } from '../../shared/n8n/session';

/** How one item ended. */
export interface ItemResult {
	itemIndex: number;
	kind?: Kind;
	outcome: JobResult;
}

/** A task that was paid for. */
export interface Paid {
	itemIndex: number;
	taskId: string;
}

/** How all items ended, and the tasks that are known from earlier tries, be it of other requests. */
export interface RunResult {
	endings: readonly ItemResult[];
	known: readonly Paid[];
}

/** The error as n8n shows it, with the credential's secrets struck out. */
export function nodeError(session: Session, error: KlingError, itemIndex: number) {
	return toNodeError(session.context.getNode(), error, itemIndex, session.secrets);
}

/**
 * The error that ends the node when it may not go on after a failure; names the tasks of the other items that were paid for,
 * so that nobody has to search for them.
 */
export function fatal(error: KlingError, others: readonly Paid[]): KlingError {
	if (others.length === 0) return error;
	const list = others.map(({ itemIndex, taskId }) => `item ${itemIndex}: ${taskId}`).join(', ');
	const advice = [
		error.details.advice,
		`Other items have paid tasks that can be fetched with Task → Get (${list})`,
	];
	return error.with({ advice: advice.filter((part) => part !== undefined).join('. ') });
}

function fatalAmong(
	error: KlingError,
	{ endings, known }: RunResult,
	itemIndex: number,
): KlingError {
	const others = endings.flatMap(({ itemIndex: other, outcome: { task } }) =>
		other !== itemIndex && task ? [{ itemIndex: other, taskId: task.id }] : [],
	);
	const named = new Set([error.details.taskId, ...others.map(({ taskId }) => taskId)]);
	return fatal(error, [...others, ...known.filter(({ taskId }) => !named.has(taskId))]);
}

/** Ends the node at the failure that caused the others to be abandoned, not at one of those. */
export function failOnFirst(session: Session, run: RunResult): void {
	const failures = run.endings.flatMap(({ itemIndex, outcome }) =>
		outcome.ok ? [] : [{ itemIndex, error: outcome.error }],
	);
	const cause = failures.find(({ error }) => error.kind !== 'stopped') ?? failures[0];
	if (!cause) return;
	throw nodeError(session, fatalAmong(cause.error, run, cause.itemIndex), cause.itemIndex);
}

/**
 * Does `act` for an item whose task is there. What goes wrong ends the node, naming all paid tasks, or becomes the item
 * where the node may go on.
 */
export async function orFailure<T>(
	session: Session,
	run: RunResult,
	{ itemIndex, outcome: { task } }: ItemResult,
	act: () => Promise<T>,
): Promise<{ done: T } | { failed: INodeExecutionData }> {
	try {
		return { done: await act() };
	} catch (thrown) {
		const error = toKlingError(thrown).with({ taskId: task?.id });
		if (continuesOnFail(session.context)) {
			return { failed: failureItem(session, error, task, itemIndex) };
		}
		throw nodeError(session, fatalAmong(error, run, itemIndex), itemIndex);
	}
}

/** One item per ending, in order, with its files where wanted. */
export async function deliverAll(
	session: Session,
	run: RunResult,
): Promise<{ items: INodeExecutionData[]; failures: number }> {
	const items: INodeExecutionData[] = [];
	let failures = 0;
	for (const ending of run.endings) {
		const { itemIndex, kind, outcome } = ending;
		if (!outcome.ok) {
			failures += 1;
			items.push(failureItem(session, outcome.error, outcome.task, itemIndex));
			continue;
		}
		const { task, timedOut } = outcome;
		const delivery = await orFailure(session, run, ending, async () => {
			const output = readItemSettings(session.context, itemIndex);
			return await taskItem(session, { task, kind, itemIndex, timedOut, output });
		});
		if ('failed' in delivery) failures += 1;
		items.push('failed' in delivery ? delivery.failed : delivery.done);
	}
	return { items, failures };
}
