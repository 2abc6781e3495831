import type { INodeExecutionData } from 'n8n-workflow';

import { toKlingError } from '../../shared/core/errors';
import type { Kind } from '../../shared/core/kinds';
import { isFinal } from '../../shared/core/task';
import { clock } from '../../shared/n8n/clock';
import { readOutputSettings } from '../../shared/n8n/outputParameters';
import type { Session } from '../../shared/n8n/session';
import { jobResultOf } from '../../shared/tasks/jobResult';
import { runJobs } from '../../shared/tasks/runJobs';
import { refOf } from '../../shared/tasks/search';
import type { TaskOperation } from '../operations/types';
import { itemReader } from '../parameters/reader';
import { readWaitSettings } from '../parameters/waiting';
import type { WaitSettings } from '../parameters/waiting';
import { deliverAll, failOnFirst, nodeError } from './results';
import type { ItemResult, RunResult } from './results';

/** From when the tasks were found to when they are asked for again. */
const INITIAL_DELAY_MS = 2000;

/** A service does not always say what made a task. */
type FoundResult = ItemResult<Kind | undefined>;

function runOf(results: readonly FoundResult[]): RunResult<Kind | undefined> {
	return { results, known: [] };
}

function readSettings(session: Session): WaitSettings {
	try {
		return readWaitSettings(session.context);
	} catch (thrown) {
		throw nodeError(session, toKlingError(thrown), 0);
	}
}

async function findAll(
	session: Session,
	operation: TaskOperation,
	{ until, stopAtError }: WaitSettings,
): Promise<FoundResult[]> {
	const results: FoundResult[] = [];
	for (const itemIndex of session.context.getInputData().keys()) {
		try {
			const item = itemReader(session, itemIndex);
			const output = readOutputSettings(session.context, itemIndex);
			const task = await operation.find(item);
			const found = { itemIndex, kind: task.kind, output };
			results.push({ ...found, ...jobResultOf(task, until === 'finished') });
		} catch (thrown) {
			results.push({ itemIndex, ok: false, error: toKlingError(thrown) });
			if (stopAtError) break;
		}
	}
	return results;
}

/** Waits for those that are still running, all together. */
async function waitForAll(
	{ client, signal }: Session,
	found: readonly FoundResult[],
	settings: WaitSettings,
): Promise<FoundResult[]> {
	const running = found.flatMap((result) => {
		const ref = result.ok && !isFinal(result.task) && refOf(result.task, client.provider);
		return result.ok && ref ? [{ result, ref }] : [];
	});
	const initialDelayMs = settings.initialDelayMs ?? settings.pollIntervalMs ?? INITIAL_DELAY_MS;
	const jobs = running.map(({ ref }) => ({ ref, initialDelayMs }));
	const jobResults = await runJobs(jobs, settings, { client, clock, signal });
	const waited = new Map<FoundResult, FoundResult>();
	for (const [index, { result }] of running.entries()) {
		const { itemIndex, kind, output } = result;
		const item = { itemIndex, kind, output };
		const jobResult = jobResults[index];
		if (jobResult) waited.set(result, { ...item, ...jobResult });
	}
	return found.map((result) => waited.get(result) ?? result);
}

/** Finds the task of every item; where wanted, waits until all are over, asking for many at once. */
export async function fetchTasks(
	session: Session,
	operation: TaskOperation,
): Promise<INodeExecutionData[]> {
	const settings = readSettings(session);
	let results = await findAll(session, operation, settings);
	if (settings.stopAtError) failOnFirst(session, runOf(results));
	if (settings.until === 'finished') results = await waitForAll(session, results, settings);
	if (settings.stopAtError) failOnFirst(session, runOf(results));
	return (await deliverAll(session, runOf(results))).items;
}
