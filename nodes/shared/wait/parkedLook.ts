import type { KlingClient } from '../client/client';
import { LONGEST_PAUSE_MS } from '../client/create';
import type { Clock } from '../clock';
import { KlingError, pauseAskedFor } from '../errors';
import type { TaskRef } from '../providers';
import { isFinal } from '../task';
import type { Task } from '../task';
import type { Outcome } from './outcome';
import { outcomeOf } from './outcome';

/** "Not found" in one odd answer is no reason to give a paid task up, nor is one failed look a reason to miss the call. */
const ATTEMPTS = 3;
const PAUSE_MS = 2000;

/** What is known of the tasks of one suspended run. */
export interface ParkedState {
	/** How those ended that are over, by task id. */
	over: Map<string, Outcome>;
}

/** `over`: all have ended. `running`: at least one has not. `unknown`: it could not be found out. */
export type ParkedAnswer = 'over' | 'running' | 'unknown';

interface LookOptions {
	client: KlingClient;
	clock: Clock;
	/** How often to ask for what could not be asked; with fewer than three, "not found" is not believed. */
	attempts?: number;
}

function settled(found: Task | KlingError | undefined, lastAttempt: boolean): Outcome | undefined {
	if (found === undefined) return undefined;
	if (!(found instanceof KlingError)) return isFinal(found) ? outcomeOf(found, true) : undefined;
	return found.kind === 'notFound' && lastAttempt ? { ok: false, error: found } : undefined;
}

/** Asks for some tasks, again where that failed; keeps in `state` those that are over. */
async function lookAt(
	part: readonly TaskRef[],
	state: ParkedState,
	{ client, clock, attempts = ATTEMPTS }: LookOptions,
): Promise<ParkedAnswer> {
	let left = part;
	for (let attempt = 1; ; attempt += 1) {
		const found = await client.look(left);
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
export async function lookParked(
	refs: readonly TaskRef[],
	told: (id: string) => boolean,
	state: ParkedState,
	options: LookOptions,
): Promise<ParkedAnswer> {
	const open = refs.filter(({ id }) => !state.over.has(id));
	const ordered = [...open.filter(({ id }) => told(id)), ...open.filter(({ id }) => !told(id))];
	const size = options.client.provider.batch?.maxIds ?? 1;
	for (let start = 0; start < ordered.length; start += size) {
		const answer = await lookAt(ordered.slice(start, start + size), state, options);
		if (answer !== 'over') return answer;
	}
	return 'over';
}
