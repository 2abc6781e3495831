import type { Clock } from '../../shared/core/clock';
import { KlingError, pauseAskedFor } from '../../shared/core/errors';
import { isFinal, unseen } from '../../shared/core/task';
import type { Task, TaskRef } from '../../shared/core/task';
import type { KlingClient } from '../../shared/tasks/client';
import { checkInterval, LONGEST_PAUSE_MS } from '../../shared/tasks/backOff';
import { jobResultOf } from '../../shared/tasks/jobResult';
import type { JobResult } from '../../shared/tasks/jobResult';
import { isMissingForGood, missedAgain, neverCame } from '../../shared/tasks/missingResult';
import type { MissingResult } from '../../shared/tasks/missingResult';

/** One odd answer is no reason to give a paid task up ("not found"), nor one failed request a reason to miss the call. */
const ATTEMPTS = 3;
/** After the first failed attempt; twice as long after the second. */
const PAUSE_MS = 2000;

/** What is known of the tasks of one suspended run, by task id. */
export interface KnownResults {
	/** The results of the tasks that have ended. */
	ended: Map<string, JobResult>;
	/** The tasks that succeeded, but whose result was not there when they were looked at. */
	missing: Map<string, MissingResult>;
}

/** Nothing is known yet. */
export function nothingKnown(): KnownResults {
	return { ended: new Map(), missing: new Map() };
}

/**
 * `ended`: all have. `running`: at least one is. `missing`: none is, but the result of at least one may still come.
 * `unknown`: the service could not be asked.
 */
export type CheckAnswer = 'ended' | 'running' | 'missing' | 'unknown';

interface CheckOptions {
	client: KlingClient;
	clock: Clock;
	/** How often to ask for what could not be asked; with fewer than three, "not found" is not believed. */
	attempts?: number;
}

/** What one look made of a task. */
type Look = Exclude<CheckAnswer, 'unknown'> | 'failed';

/** Takes down what a look at a task has found; `isLast`: "not found" is believed. `now` in ms. */
function takeDown(
	ref: TaskRef,
	found: Task | KlingError | undefined,
	known: KnownResults,
	{ isLast, now }: { isLast: boolean; now: number },
): Look {
	const { ended, missing } = known;
	if (found === undefined) return 'failed';
	if (!(found instanceof KlingError)) {
		missing.delete(ref.id);
		if (!isFinal(found)) return 'running';
		ended.set(ref.id, jobResultOf(found, true));
		return 'ended';
	}
	if (found.details.resultMissing) {
		const missed = missedAgain(missing.get(ref.id), now);
		missing.set(ref.id, missed);
		if (!isMissingForGood(missed, found, now)) return 'missing';
		ended.set(ref.id, neverCame(unseen(ref), found));
		return 'ended';
	}
	if (found.kind !== 'notFound' || !isLast) return 'failed';
	ended.set(ref.id, { ok: false, error: found });
	return 'ended';
}

/** What one request showed: which tasks could not be asked for, for how long to pause before trying those again, in ms. */
interface Attempt {
	isAnyRunning: boolean;
	failed: TaskRef[];
	pauseMs: number;
}

/** Asks once for some tasks, and keeps in `known` what it finds. `number` counts from 1. */
async function attemptTo(
	refs: readonly TaskRef[],
	known: KnownResults,
	{ client, clock }: CheckOptions,
	number: number,
): Promise<Attempt> {
	const found = await client.getMany(refs);
	const at = { isLast: number === ATTEMPTS, now: clock.now() };
	const attempt: Attempt = { isAnyRunning: false, failed: [], pauseMs: PAUSE_MS * number };
	for (const ref of refs) {
		const answer = found.get(ref.id);
		if (answer instanceof KlingError) {
			attempt.pauseMs = Math.max(attempt.pauseMs, pauseAskedFor(answer));
		}
		const look = takeDown(ref, answer, known, at);
		if (look === 'failed') attempt.failed.push(ref);
		else if (look === 'running') attempt.isAnyRunning = true;
	}
	return attempt;
}

/** Asks for some tasks, again for those where that failed. `ended`: or their result is missing. */
async function checkSome(
	refs: readonly TaskRef[],
	known: KnownResults,
	options: CheckOptions,
): Promise<Exclude<CheckAnswer, 'missing'>> {
	const { clock, attempts = ATTEMPTS } = options;
	let left = refs;
	for (let number = 1; ; number += 1) {
		const { isAnyRunning, failed, pauseMs } = await attemptTo(left, known, options, number);
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
	return open.every(({ id }) => known.ended.has(id)) ? 'ended' : 'missing';
}

/** Results that are missing are looked for two minutes; a service that cannot be asked then is asked a minute longer. */
const LONGEST_LOOK_MS = 3 * 60_000;

/**
 * Like `checkAll`, but looks on as long as nothing is open but results that are missing: the service has made its last call,
 * so nobody would ask for them again. One that cannot be asked in between is asked on. That takes three minutes at most.
 * `onMissing` is called whenever it starts to wait.
 */
export async function checkUntilClear(
	refs: readonly TaskRef[],
	isNamed: (id: string) => boolean,
	known: KnownResults,
	options: CheckOptions & { signal?: AbortSignal; onMissing?: () => void },
): Promise<CheckAnswer> {
	const { client, clock, signal, onMissing } = options;
	const oneByOne = client.provider.batch === undefined;
	const start = clock.now();
	const isAnyMissing = () => [...known.missing.keys()].some((id) => !known.ended.has(id));
	const looksOn = (answer: CheckAnswer) =>
		answer === 'missing' ||
		(answer === 'unknown' && isAnyMissing() && clock.now() - start < LONGEST_LOOK_MS);
	for (;;) {
		const answer = await checkAll(refs, isNamed, known, options);
		if (!looksOn(answer) || signal?.aborted) return answer;
		onMissing?.();
		const pause = checkInterval(clock.now() - start, known.missing.size, oneByOne);
		await clock.sleep(pause, signal);
	}
}
