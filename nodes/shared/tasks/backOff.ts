/** When to ask, and how often: pure arithmetic, all times in ms. */

/** Whatever a service asks for, nobody sits in front of a single request for longer. */
export const LONGEST_PAUSE_MS = 60_000;

const BUSY_PAUSE = { first: 2000, last: 30_000 };
const CHECK_INTERVAL = { share: 1 / 8, shortest: 2000, perTask: 500, longest: 10_000 };
const JITTER = 0.1;

/**
 * The time from one check of a task to the next: an eighth of how long the task has been running (`age`), at least 2 s, at
 * most 10 s. So a result is noticed a few per cent late, whether it takes seconds or minutes.
 *
 * First check at 30 s, then at 33.8, 38, 42.7, 48.1, 54.1, 60.8, 68.4, 77, 86.6, 96.6, 106.6 … s.
 * First check at 8 s, then at 10, 12, 14, 16, 18, 20.3, 22.8 … s.
 *
 * Where every task costs a request of its own (`oneByOne`), many are checked less often: 8 `tasks` every 4 s at least, 20 or
 * more every 10 s.
 */
export function checkInterval(age: number, tasks: number, oneByOne: boolean): number {
	const { share, shortest, perTask, longest } = CHECK_INTERVAL;
	const least = oneByOne ? Math.max(shortest, tasks * perTask) : shortest;
	return Math.min(Math.max(age * share, least), longest);
}

/** An interval changed by up to ±10 %, so that many executions do not ask in step: 10,000 becomes 9,000 to 11,000. 0 ≤ `random` < 1. */
export function jittered(interval: number, random: number): number {
	return Math.round(interval * (1 - JITTER + 2 * JITTER * random));
}

/**
 * The pause after the service was too busy to take a request: 2, 4, 8, 16, 30, 30 … s.
 * `previous` is the pause before; undefined at the first such answer in a row.
 */
export function busyPause(previous: number | undefined): number {
	return previous === undefined ? BUSY_PAUSE.first : Math.min(previous * 2, BUSY_PAUSE.last);
}
