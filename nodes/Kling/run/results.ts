import type { INodeExecutionData } from 'n8n-workflow';

import { type KlingError, toKlingError } from '../../shared/core/errors';
import { inBrief } from '../../shared/core/explain';
import type { Kind } from '../../shared/core/kinds';
import { redact } from '../../shared/credential/redact';
import { continuesOnFail } from '../../shared/n8n/agentTool';
import { failureItem, taskItem } from '../../shared/n8n/items';
import { toNodeError } from '../../shared/n8n/nodeError';
import type { OutputSettings } from '../../shared/n8n/outputParameters';
import type { Session } from '../../shared/n8n/session';
import { othersPaid } from '../../shared/tasks/createErrors';
import type { JobResult } from '../../shared/tasks/jobResult';
import type { Paid } from './taskStore';

type Failed = Extract<JobResult, { ok: false }>;
type Succeeded = Extract<JobResult, { ok: true }>;

/** What came of one item: its task and how that is put out, or an error. The kind is always known of what we have made. */
export type ItemResult<K extends Kind | undefined = Kind> = { itemIndex: number } & (
	Failed | (Succeeded & { kind: K; output: OutputSettings })
);

/** The results of all items, and the tasks that are known from earlier tries, be it of other requests. */
export interface RunResult<K extends Kind | undefined = Kind> {
	results: ReadonlyArray<ItemResult<K>>;
	known: readonly Paid[];
}

/** A run of which the kind of each task need not be known. */
type AnyRunResult = RunResult<Kind | undefined>;

/** The error as n8n shows it, with the credential's secrets struck out. */
export function nodeError(session: Session, error: KlingError, itemIndex: number) {
	return toNodeError(session.context.getNode(), error, itemIndex, session.secrets);
}

/** Longer than what an error of ours says in brief, whose parts are cut already. */
const MAX_SAID = 600;

/** What is kept of an answer that was not clear: what came, so that the error of a later try can tell it. */
export function saidBy({ secrets }: Session): (error: KlingError) => string {
	return (error) => redact(inBrief(error), secrets).slice(0, MAX_SAID);
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

/** What the calls of a failed item have brought, in words, and for which item. */
export function paidOf({ itemIndex, error }: { itemIndex: number; error: KlingError }): string[] {
	return (error.details.paid ?? []).map((brought) => `${brought} of item ${itemIndex}`);
}

function fatalAmong(
	error: KlingError,
	{ results, known }: AnyRunResult,
	itemIndex: number,
): KlingError {
	const others = results.flatMap(({ itemIndex: other, task }) =>
		other !== itemIndex && task ? [{ itemIndex: other, taskId: task.id }] : [],
	);
	const named = new Set([error.details.taskId, ...others.map(({ taskId }) => taskId)]);
	const paid = results.flatMap((result) =>
		result.ok || result.itemIndex === itemIndex ? [] : paidOf(result),
	);
	const ending = othersPaid(error, paid);
	return fatal(ending, [...others, ...known.filter(({ taskId }) => !named.has(taskId))]);
}

/** Ends the node at the failure that caused the others to be abandoned, not at one of those. */
export function failOnFirst(session: Session, run: AnyRunResult): void {
	const failures = run.results.filter((result) => !result.ok);
	const cause = failures.find(({ error }) => error.kind !== 'stopped') ?? failures[0];
	if (!cause) return;
	throw nodeError(session, fatalAmong(cause.error, run, cause.itemIndex), cause.itemIndex);
}

/** What is wrong before any item is read: ends the node, or becomes every item where the node may go on. */
export function refuseAll(session: Session, error: KlingError): INodeExecutionData[] {
	if (!continuesOnFail(session.context)) throw nodeError(session, error, 0);
	const indexes = [...session.context.getInputData().keys()];
	return indexes.map((itemIndex) => failureItem(session, error, undefined, itemIndex));
}

/** The item of one task. What goes wrong ends the node, naming all paid tasks, or becomes the item where the node may go on. */
async function deliver(
	session: Session,
	run: AnyRunResult,
	result: Extract<AnyRunResult['results'][number], { ok: true }>,
): Promise<{ item: INodeExecutionData; failed: boolean }> {
	const { itemIndex, task } = result;
	try {
		return { item: await taskItem(session, result), failed: false };
	} catch (thrown) {
		const error = toKlingError(thrown).with({ taskId: task.id });
		if (continuesOnFail(session.context)) {
			return { item: failureItem(session, error, task, itemIndex), failed: true };
		}
		throw nodeError(session, fatalAmong(error, run, itemIndex), itemIndex);
	}
}

/** One item per result, in order, with its files where wanted. `failures` counts the items that are errors. */
export async function deliverAll(
	session: Session,
	run: AnyRunResult,
): Promise<{ items: INodeExecutionData[]; failures: number }> {
	const items: INodeExecutionData[] = [];
	let failures = 0;
	for (const result of run.results) {
		const { item, failed } = result.ok
			? await deliver(session, run, result)
			: { item: failureItem(session, result.error, result.task, result.itemIndex), failed: true };
		if (failed) failures += 1;
		items.push(item);
	}
	return { items, failures };
}
