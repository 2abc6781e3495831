/** When to ask, and how often: pure arithmetic, all times in ms. */

/** After a refusal for want of a slot; doubled each time. */
const BUSY_BACKOFF = { first: 2000, last: 30_000 };
/**
 * Without a fixed interval, the next look comes when the task has taken an eighth longer: so a result is noticed late by
 * some per cent of its time, be it a matter of seconds or of minutes, and a long task is not asked for all the time.
 */
const NEXT_LOOK = { share: 1 / 8, shortest: 2000, perTask: 500, longest: 10_000 };
/** Looks are spread by ±10 %, so that many executions do not ask in step. */
const JITTER = 0.1;

/**
 * The time until the next look at a task that has been under way for `age`, one of `tasks`. Where each has to be asked for by
 * itself (`oneByOne`), many are asked for less often.
 */
export function lookInterval(age: number, tasks: number, oneByOne: boolean): number {
	const shortest = oneByOne
		? Math.max(NEXT_LOOK.shortest, tasks * NEXT_LOOK.perTask)
		: NEXT_LOOK.shortest;
	return Math.min(Math.max(age * NEXT_LOOK.share, shortest), NEXT_LOOK.longest);
}

/** An interval with its jitter; 0 ≤ `random` < 1. */
export function jittered(interval: number, random: number): number {
	return Math.round(interval * (1 - JITTER + 2 * JITTER * random));
}

/** The pause after a refusal for want of a slot; `previous` is the one before, if the last answer was such a refusal. */
export function busyPause(previous: number | undefined): number {
	return previous === undefined ? BUSY_BACKOFF.first : Math.min(previous * 2, BUSY_BACKOFF.last);
}
