import type { KlingClient } from '../../shared/tasks/client';
import { LONGEST_PAUSE_MS } from '../../shared/tasks/backOff';
import type { Clock } from '../../shared/core/clock';
import { KlingError, pauseAskedFor } from '../../shared/core/errors';
import type { TaskRef } from '../../shared/providers';
import { isFinal } from '../../shared/core/task';
import type { Task } from '../../shared/core/task';
import type { JobResult } from '../../shared/tasks/jobResult';
import { jobResultOf } from '../../shared/tasks/jobResult';

/** "Not found" in one odd answer is no reason to give a paid task up, nor is one failed look a reason to miss the call. */
const ATTEMPTS = 3;
const PAUSE_MS = 2000;

/** What is known of the tasks of one suspended run. */
export interface KnownResults {
	/** How those ended that are over, by task id. */
	over: Map<string, JobResult>;
}

/** `over`: all have ended. `running`: at least one has not. `unknown`: it could not be found out. */
export type CheckAnswer = 'over' | 'running' | 'unknown';

interface LookOptions {
	client: KlingClient;
	clock: Clock;
	/** How often to ask for what could not be asked; with fewer than three, "not found" is not believed. */
	attempts?: number;
}

function settled(
	found: Task | KlingError | undefined,
	lastAttempt: boolean,
): JobResult | undefined {
	if (found === undefined) return undefined;
	if (!(found instanceof KlingError)) return isFinal(found) ? jobResultOf(found, true) : undefined;
	return found.kind === 'notFound' && lastAttempt ? { ok: false, error: found } : undefined;
}

/** Asks for some tasks, again where that failed; keeps in `state` those that are over. */
async function lookAt(
	part: readonly TaskRef[],
	state: KnownResults,
	{ client, clock, attempts = ATTEMPTS }: LookOptions,
): Promise<CheckAnswer> {
	let left = part;
	for (let attempt = 1; ; attempt += 1) {
		const found = await client.getMany(left);
		const failed: TaskRef[] = [];
		let running = false;
		let pause = PAUSE_MS * attempt;
		for (const ref of left) {
			const seen = found.get(ref.id);
			const outcome = settled(seen, attempt === ATTEMPTS);
			if (seen instanceof KlingError) pause = Math.max(pause, pauseAskedFor(seen));
			if (outcome) state.over.set(ref.id, outcome);
			else if (seen instanceof KlingError || seen === undefined) failed.push(ref);
			else running = true;
		}
		if (running) return 'running';
		if (failed.length === 0) return 'over';
		if (attempt === attempts) return 'unknown';
		left = failed;
		await clock.sleep(Math.min(pause, LONGEST_PAUSE_MS));
	}
}

/**
 * Whether all tasks of a suspended run are over. Called for every callback, of which there are several per task, so it asks
 * for as little as it can: not again for what is known to be over, and no further once one is found running, or not found out.
 * `told` are the ids that the callback speaks of; they come first. Never throws.
 */
export async function checkAll(
	refs: readonly TaskRef[],
	told: (id: string) => boolean,
	state: KnownResults,
	options: LookOptions,
): Promise<CheckAnswer> {
	const open = refs.filter(({ id }) => !state.over.has(id));
	const ordered = [...open.filter(({ id }) => told(id)), ...open.filter(({ id }) => !told(id))];
	const size = options.client.provider.batch?.maxIds ?? 1;
	for (let start = 0; start < ordered.length; start += size) {
		const answer = await lookAt(ordered.slice(start, start + size), state, options);
		if (answer !== 'over') return answer;
	}
	return 'over';
}
