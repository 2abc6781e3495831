import type { INodeExecutionData } from 'n8n-workflow';

import { isFinal } from '../../shared/core/task';
import { clock } from '../../shared/n8n/clock';
import { failureJson, taskJson } from '../../shared/n8n/itemJson';
import { failureItem } from '../../shared/n8n/items';
import type { Session } from '../../shared/n8n/session';
import type { WaitOptions } from '../../shared/tasks/job';
import type { ItemResult, RunResult } from '../run/results';
import { submittedResult } from '../run/submit';
import type { SubmittedResult } from '../run/submit';
import { checkUntilClear, nothingKnown } from './checkAll';
import { saveSuspendedRun } from './state';
import type { SuspendedItem } from './state';

function isUnfinished(result: ItemResult): boolean {
	return result.ok && !isFinal(result.task);
}

/**
 * Asks whether all tasks have ended already. n8n refuses a callback as long as the execution runs, so what ended until now
 * would not be heard of again; as long as one task is still running, its own callback makes the others known. Takes two
 * minutes at most, if results are missing.
 */
export async function checkBeforeSuspending(
	session: Session,
	submitted: readonly SubmittedResult[],
): Promise<SubmittedResult[]> {
	const { client, signal } = session;
	const refs = submitted.flatMap((result) =>
		result.ok && isUnfinished(result)
			? [{ id: result.task.id, kind: result.kind, api: result.task.api }]
			: [],
	);
	const known = nothingKnown();
	await checkUntilClear(refs, () => false, known, { client, clock, signal, attempts: 1 });
	return submitted.map((result) => {
		const ended = result.task && known.ended.get(result.task.id);
		return ended ? submittedResult(session, result, ended) : result;
	});
}

/** What the run keeps of an item. A task that has ended is kept, too: it is asked for again when the execution goes on. */
function suspendedItem(result: ItemResult, { secrets }: Session): SuspendedItem {
	const { itemIndex } = result;
	if (!result.ok) {
		return { itemIndex, failed: failureJson(result.error, result.task, itemIndex, secrets) };
	}
	const { id, api, asked = {} } = result.task;
	const { kind, output } = result;
	return { itemIndex, id, api, kind, output, asked };
}

/** What comes out for an item when time runs out: its task as it was, with its id, or the failure. */
function timedOutItem(result: ItemResult, session: Session): INodeExecutionData {
	const { itemIndex, task } = result;
	if (!result.ok) return failureItem(session, result.error, task, itemIndex);
	const json = taskJson(result.task, { kind: result.kind, simplify: true });
	return { json: { ...json, timedOut: true }, pairedItem: { item: itemIndex } };
}

/** What n8n shows of an item meanwhile. It takes `error` in the first item for a failed try, and would run the node again. */
function shownItem({ json, pairedItem }: INodeExecutionData): INodeExecutionData {
	const { error, timedOut: _timedOut, ...rest } = json;
	return { json: error === undefined ? rest : { failure: error, ...rest }, pairedItem };
}

/**
 * Suspends the execution until `webhook()` finds that all tasks have ended; undefined when there is nothing to wait for.
 * When time runs out first, n8n hands on what stands in the node's input then: one item per task, with its id.
 */
export async function suspend(
	session: Session,
	{ results }: RunResult,
	{ timeoutMs }: WaitOptions,
): Promise<INodeExecutionData[] | undefined> {
	if (!results.some(isUnfinished)) return undefined;
	const { context, connection } = session;
	const items = results.map((result) => suspendedItem(result, session));
	saveSuspendedRun(context.getContext('node'), { connection, items });
	const timedOutItems = results.map((result) => timedOutItem(result, session));
	context.getExecuteData().data.main = [timedOutItems];
	await context.putExecutionToWait(new Date(clock.now() + timeoutMs));
	return timedOutItems.map(shownItem);
}
