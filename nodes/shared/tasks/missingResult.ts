import type { KlingError } from '../core/errors';
import type { Task } from '../core/task';
import type { JobResult } from './jobResult';

/** Since when a service says that a task succeeded, without its result, in ms; and how often in a row it has said so. */
export interface MissingResult {
	since: number;
	times: number;
}

/**
 * Some services say "succeeded" while they still copy the file, which takes seconds. Official Kling never does. After this
 * long, and as often, no result will come.
 */
const PATIENCE = { ms: 2 * 60_000, times: 3 };

/** What is known after one more look that found no result. `now` in ms. */
export function missedAgain(before: MissingResult | undefined, now: number): MissingResult {
	return { since: before?.since ?? now, times: (before?.times ?? 0) + 1 };
}

/** Whether no look will find the result any more. `error`: what the last one has found. */
export function isMissingForGood(
	{ since, times }: MissingResult,
	{ details: { retryable } }: KlingError,
	now: number,
): boolean {
	return !retryable || (times >= PATIENCE.times && now - since >= PATIENCE.ms);
}

/** The result of the job of such a task; `error` says what the service answered. */
export function neverCame(task: Task, error: KlingError): JobResult {
	return {
		ok: false,
		error: error.with({ taskId: task.id }),
		task: { ...task, status: 'succeed' },
	};
}
