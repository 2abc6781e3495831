import type { Clock } from '../../shared/core/clock';
import { KlingError, pauseAskedFor } from '../../shared/core/errors';
import { isFinal } from '../../shared/core/task';
import type { Task, TaskRef } from '../../shared/core/task';
import type { KlingClient } from '../../shared/tasks/client';
import { LONGEST_PAUSE_MS } from '../../shared/tasks/backOff';
import { jobResultOf } from '../../shared/tasks/jobResult';
import type { JobResult } from '../../shared/tasks/jobResult';

/** One odd answer is no reason to give a paid task up ("not found"), nor one failed request a reason to miss the call. */
const ATTEMPTS = 3;
/** After the first failed attempt; twice as long after the second. */
const PAUSE_MS = 2000;

/** What is known of the tasks of one suspended run. */
export interface KnownResults {
	/** The results of the tasks that have ended, by task id. */
	ended: Map<string, JobResult>;
}

/** `ended`: all have. `running`: at least one is. `unknown`: the service could not be asked. */
export type CheckAnswer = 'ended' | 'running' | 'unknown';

interface CheckOptions {
	client: KlingClient;
	clock: Clock;
	/** How often to ask for what could not be asked; with fewer than three, "not found" is not believed. */
	attempts?: number;
}

/** The result of a task that has ended, or that the service does not know any more; undefined for all others. */
function resultOf(found: Task | KlingError | undefined, isLast: boolean): JobResult | undefined {
	if (found === undefined) return undefined;
	if (!(found instanceof KlingError)) return isFinal(found) ? jobResultOf(found, true) : undefined;
	return found.kind === 'notFound' && isLast ? { ok: false, error: found } : undefined;
}

/** What one request showed: which tasks could not be asked for, for how long to pause before trying those again, in ms. */
interface Attempt {
	isAnyRunning: boolean;
	failed: TaskRef[];
	pauseMs: number;
}

/** Asks once for some tasks, and keeps in `known` those that have ended. `number` counts from 1. */
async function attemptTo(
	refs: readonly TaskRef[],
	known: KnownResults,
	client: KlingClient,
	number: number,
): Promise<Attempt> {
	const found = await client.getMany(refs);
	const attempt: Attempt = { isAnyRunning: false, failed: [], pauseMs: PAUSE_MS * number };
	for (const ref of refs) {
		const answer = found.get(ref.id);
		const result = resultOf(answer, number === ATTEMPTS);
		if (answer instanceof KlingError) {
			attempt.pauseMs = Math.max(attempt.pauseMs, pauseAskedFor(answer));
		}
		if (result) known.ended.set(ref.id, result);
		else if (answer === undefined || answer instanceof KlingError) attempt.failed.push(ref);
		else attempt.isAnyRunning = true;
	}
	return attempt;
}

/** Asks for some tasks, again for those where that failed. */
async function checkSome(
	refs: readonly TaskRef[],
	known: KnownResults,
	{ client, clock, attempts = ATTEMPTS }: CheckOptions,
): Promise<CheckAnswer> {
	let left = refs;
	for (let number = 1; ; number += 1) {
		const { isAnyRunning, failed, pauseMs } = await attemptTo(left, known, client, number);
		if (isAnyRunning) return 'running';
		if (failed.length === 0) return 'ended';
		if (number === attempts) return 'unknown';
		left = failed;
		await clock.sleep(Math.min(pauseMs, LONGEST_PAUSE_MS));
	}
}

/**
 * Whether all tasks of a suspended run have ended. Called for every callback, of which there are several per task, so it
 * asks for as little as it can: not again for what is known to have ended, and no further once one is found running, or the
 * service could not be asked. The tasks that the callback names (`isNamed`) come first. Never throws.
 */
export async function checkAll(
	refs: readonly TaskRef[],
	isNamed: (id: string) => boolean,
	known: KnownResults,
	options: CheckOptions,
): Promise<CheckAnswer> {
	const open = refs.filter(({ id }) => !known.ended.has(id));
	const ordered = [
		...open.filter(({ id }) => isNamed(id)),
		...open.filter(({ id }) => !isNamed(id)),
	];
	const size = options.client.provider.batch?.maxIds ?? 1;
	for (let start = 0; start < ordered.length; start += size) {
		const answer = await checkSome(ordered.slice(start, start + size), known, options);
		if (answer !== 'ended') return answer;
	}
	return 'ended';
}
