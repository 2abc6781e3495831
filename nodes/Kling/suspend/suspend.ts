import type { INodeExecutionData } from 'n8n-workflow';

import { clock } from '../../shared/n8n/clock';
import { failureJson, taskJson } from '../../shared/n8n/itemJson';
import { isFinal } from '../../shared/core/task';
import type { Task } from '../../shared/core/task';
import type { WaitOptions } from '../../shared/tasks/job';
import { checkAll } from './checkAll';
import type { KnownResults } from './checkAll';
import { readItemSettings } from '../parameters/waiting';
import { orFailure } from '../run/results';
import type { ItemResult, RunResult } from '../run/results';
import { saveSuspendedRun } from './state';
import type { SuspendedItem } from './state';
import type { Session } from '../../shared/n8n/session';

function unfinished({ outcome }: ItemResult): Task | undefined {
	return outcome.ok && !isFinal(outcome.task) ? outcome.task : undefined;
}

/**
 * Asks whether all tasks are over already. n8n refuses a callback as long as the execution runs, so what ended until now
 * would not be told again; as long as one task is still running, its own callback makes the others known.
 */
export async function checkBeforeSuspending(
	{ client }: Session,
	endings: readonly ItemResult[],
): Promise<ItemResult[]> {
	const refs = endings.flatMap((ending) => {
		const task = unfinished(ending);
		return task && ending.kind ? [{ id: task.id, kind: ending.kind }] : [];
	});
	const state: KnownResults = { over: new Map() };
	await checkAll(refs, () => false, state, { client, clock, attempts: 1 });
	return endings.map((ending) => {
		const task = unfinished(ending);
		const outcome = task && state.over.get(task.id);
		return outcome ? { ...ending, outcome } : ending;
	});
}

/**
 * Suspends the execution until `webhook()` finds all tasks over; undefined when there is nothing to wait for.
 * When time runs out first, n8n hands on what stands in the node's input then: one item per task, with its id.
 */
export async function suspend(
	session: Session,
	run: RunResult,
	{ timeoutMs }: WaitOptions,
): Promise<INodeExecutionData[] | undefined> {
	if (!run.endings.some(unfinished)) return undefined;
	const { context, connection, secrets } = session;
	const places: SuspendedItem[] = [];
	const items: INodeExecutionData[] = [];
	const fail = (item: INodeExecutionData, itemIndex: number): void => {
		places.push({ itemIndex, failed: item.json });
		items.push(item);
	};
	for (const ending of run.endings) {
		const { itemIndex, kind, outcome } = ending;
		const pairedItem = { item: itemIndex };
		if (!outcome.ok || !kind) {
			if (outcome.ok) continue;
			const json = failureJson(outcome.error, outcome.task, itemIndex, secrets);
			fail({ json, pairedItem }, itemIndex);
			continue;
		}
		const read = await orFailure(
			session,
			run,
			ending,
			async () => await Promise.resolve(readItemSettings(context, itemIndex)),
		);
		if ('failed' in read) {
			fail(read.failed, itemIndex);
			continue;
		}
		places.push({ itemIndex, id: outcome.task.id, kind, output: read.done });
		const json = taskJson(outcome.task, { kind, simplify: true, secrets });
		items.push({ json, pairedItem });
	}
	saveSuspendedRun(context.getContext('node'), { connection, places });
	context.getExecuteData().data.main = [
		items.map(({ json, pairedItem }) => ({
			json: 'error' in json ? json : { ...json, timedOut: true },
			pairedItem,
		})),
	];
	await context.putExecutionToWait(new Date(clock.now() + timeoutMs));
	// n8n takes `error` in the first item for a failed try, and would run the node again with what stands in its input now.
	return items.map(({ json: { error, ...rest }, pairedItem }) => ({
		json: error === undefined ? rest : { failure: error, ...rest },
		pairedItem,
	}));
}
