import { KlingError } from '../core/errors';
import { KINDS } from '../core/kinds';
import type { Kind } from '../core/kinds';
import type { Task } from '../core/task';
import type { Provider } from '../providers';
import { notSubmitted } from './createErrors';
import { isOfOtherKind } from './likelyKinds';

const GOES_ON = 'It was paid for and goes on: fetch it later with Task → Get and this task ID';

/** How a job ended. `task` is what was last known of it, so that a paid task is never lost. `timedOut`: it is still running. */
export type JobResult =
	{ ok: true; task: Task; timedOut: boolean } | { ok: false; error: KlingError; task?: Task };

/** How a task ended that did not just fail: " (canceled)". */
function endOf({ statusWord = '' }: Task): string {
	return statusWord === '' || /fail|error|失败/i.test(statusWord) ? '' : ` (${statusWord})`;
}

/** A task as the result of its job; one that failed while it was awaited is an error that keeps the task. */
export function jobResultOf(task: Task, awaited: boolean): JobResult {
	if (task.status !== 'failed' || !awaited) return { ok: true, task, timedOut: false };
	return {
		ok: false,
		task,
		error: new KlingError(
			'taskFailed',
			`The task failed${endOf(task)}${task.message ? `: ${task.message}` : ', and the service gave no reason'}`,
			{
				taskId: task.id,
				maybeCreated: true,
				advice:
					'Most failures come from the content of the prompt or images: change them and run this again',
			},
		),
	};
}

/**
 * The result of an item that was to make a kind. A task that was found by its name while it ran shows only at its end that
 * another operation has made it. It is no failed task, in whose place a new one may be made: its name is taken.
 */
export function resultOfKind(provider: Provider, kind: Kind, result: JobResult): JobResult {
	if (!result.ok || !isOfOtherKind(provider, kind, result.task)) return result;
	const { task } = result;
	const name = task.externalTaskId ?? 'of the task';
	return {
		ok: false,
		task,
		error: new KlingError(
			'refused',
			`External Task ID ${name} belongs to a task of another operation than ${KINDS[kind].title}`,
			{
				taskId: task.id,
				parameter: 'External Task ID',
				advice: `At ${provider.label} such a name serves one operation only: give this item another one. The task can be fetched with Task → Get`,
			},
		),
	};
}

/**
 * The error of a task that was still running after `timeoutMs`, with what the service says of it: in the task, or in
 * `lastError`, which is why the last check failed, if it did.
 */
export function timedOut(
	task: Task,
	lastError: KlingError | undefined,
	timeoutMs: number,
): KlingError {
	if (lastError?.details.resultMissing) return lastError;
	const minutes = Math.round(timeoutMs / 6000) / 10;
	const { code, requestId, serviceMessage } = lastError?.details ?? {};
	return new KlingError(
		'timedOut',
		`The task is still running after ${minutes} min (status: ${task.statusWord ?? task.status})`,
		{
			taskId: task.id,
			maybeCreated: true,
			code,
			requestId,
			serviceMessage: (serviceMessage ?? task.message) || undefined,
			advice: `${GOES_ON}, or raise Timeout${
				lastError ? `. The last look at it failed: ${lastError.message}` : ''
			}`,
		},
	);
}

/** What becomes of a job when a person stops the run, or another job has failed it. */
export function abandoned(
	byPerson: boolean,
	task: Task | undefined,
): Extract<JobResult, { ok: false }> {
	if (task) return { ok: false, error: notAwaited(byPerson, task), task };
	const why = byPerson ? undefined : 'Not submitted, because another item failed';
	return { ok: false, error: notSubmitted(why), task };
}

function notAwaited(byPerson: boolean, task: Task): KlingError {
	return new KlingError(
		'stopped',
		byPerson ? 'Stopped while waiting for the task' : 'Not awaited, because another item failed',
		{
			taskId: task.id,
			maybeCreated: true,
			advice: GOES_ON,
		},
	);
}
