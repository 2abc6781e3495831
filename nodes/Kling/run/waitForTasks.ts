import type { INodeExecutionData } from 'n8n-workflow';

import { clock } from '../../shared/n8n/clock';
import { toKlingError } from '../../shared/core/errors';
import { isFinal } from '../../shared/core/task';
import type { Job } from '../../shared/tasks/job';
import { jobResultOf } from '../../shared/tasks/jobResult';
import { runJobs } from '../../shared/tasks/runJobs';
import type { TaskOperation } from '../operations/types';
import { readWaitSettings } from '../parameters/waiting';
import type { WaitSettings } from '../parameters/waiting';
import { deliverAll, failOnFirst, nodeError } from './results';
import type { ItemResult } from './results';
import type { Session } from '../../shared/n8n/session';

/** After the look that found them running. */
const SOON_MS = 2000;

async function findAll(
	session: Session,
	operation: TaskOperation,
	settings: WaitSettings,
): Promise<ItemResult[]> {
	const endings: ItemResult[] = [];
	for (const itemIndex of session.context.getInputData().keys()) {
		try {
			const task = await operation.findTask(session, itemIndex);
			const outcome = jobResultOf(task, settings.until === 'finished');
			endings.push({ itemIndex, kind: task.kind, outcome });
		} catch (thrown) {
			endings.push({ itemIndex, outcome: { ok: false, error: toKlingError(thrown) } });
			if (settings.stopAtError) break;
		}
	}
	return endings;
}

/** Waits for those that are still running, all together. */
async function waitForAll(
	{ client, signal }: Session,
	endings: readonly ItemResult[],
	settings: WaitSettings,
): Promise<ItemResult[]> {
	const running = endings.flatMap((ending) => {
		const { outcome } = ending;
		return outcome.ok && !isFinal(outcome.task) ? [{ ending, task: outcome.task }] : [];
	});
	// An external task id finds the task, but only the task id that came back finds it everywhere.
	const jobs = running.map(({ task }): Job => ({
		ref: { id: task.id, kind: task.kind ?? 'text2video' },
		firstLookMs: settings.firstLookMs ?? settings.pollIntervalMs ?? SOON_MS,
	}));
	const outcomes = await runJobs(jobs, settings, { client, clock, signal });
	const ended = new Map(running.map(({ ending }, place) => [ending, outcomes[place]]));
	return endings.map((ending) => ({ ...ending, outcome: ended.get(ending) ?? ending.outcome }));
}

/** Looks at the task of every item; where wanted, waits until all are over, asking for many at once. */
export async function fetchTasks(
	session: Session,
	operation: TaskOperation,
): Promise<INodeExecutionData[]> {
	let settings: WaitSettings;
	try {
		settings = readWaitSettings(session.context);
	} catch (thrown) {
		throw nodeError(session, toKlingError(thrown), 0);
	}
	let endings = await findAll(session, operation, settings);
	if (settings.stopAtError) failOnFirst(session, { endings, known: [] });
	if (settings.until === 'finished') endings = await waitForAll(session, endings, settings);
	if (settings.stopAtError) failOnFirst(session, { endings, known: [] });
	return (await deliverAll(session, { endings, known: [] })).items;
}
