/** Time as the simulated services see it. */
export interface Clock {
	/** Milliseconds since 1970. */
	now(): number;
}

/** A clock that can also wake somebody up and be moved forward. */
export interface TimerClock extends Clock {
	/** Runs `callback` once the clock shows `at` (ms since 1970); returns a way to call it off. */
	schedule(at: number, callback: () => void): () => void;
	/** Moves the clock forward by `ms` and fires what became due, in order. */
	advance(ms: number): void;
}

interface Timer {
	at: number;
	callback: () => void;
}

/** setTimeout takes 31 bits; a longer wait is made of several. */
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

function earliestDue(timers: Iterable<Timer>, target: number): Timer | undefined {
	let earliest: Timer | undefined;
	for (const timer of timers) {
		if (timer.at <= target && (!earliest || timer.at < earliest.at)) earliest = timer;
	}
	return earliest;
}

/** A clock that stands still until it is told to advance. */
export class VirtualClock implements TimerClock {
	private time: number;
	private timers: Timer[] = [];

	/** @param start ms since 1970; default: now, so that signed times look plausible. */
	constructor(start: number = Date.now()) {
		this.time = start;
	}

	now(): number {
		return this.time;
	}

	schedule(at: number, callback: () => void): () => void {
		const timer = { at, callback };
		this.timers.push(timer);
		return () => {
			this.timers = this.timers.filter((other) => other !== timer);
		};
	}

	/** Every timer sees the time it was due at, as it would have in real life. */
	advance(ms: number): void {
		const target = this.time + ms;
		for (;;) {
			const next = earliestDue(this.timers, target);
			if (!next) break;
			this.timers = this.timers.filter((other) => other !== next);
			this.time = Math.max(this.time, next.at);
			next.callback();
		}
		this.time = target;
	}
}

/**
 * A clock that runs by itself and can be moved forward on top: real time by default, or any
 * other `Clock` as its source.
 */
export class RunningClock implements TimerClock {
	private offset = 0;
	private readonly timers = new Map<Timer, NodeJS.Timeout>();

	constructor(private readonly source: Clock = { now: () => Date.now() }) {}

	now(): number {
		return this.source.now() + this.offset;
	}

	schedule(at: number, callback: () => void): () => void {
		const timer = { at, callback };
		this.arm(timer);
		return () => {
			clearTimeout(this.timers.get(timer));
			this.timers.delete(timer);
		};
	}

	/** Like VirtualClock, each timer that becomes due sees the time it was due at. */
	advance(ms: number): void {
		const target = this.now() + ms;
		for (;;) {
			const next = earliestDue(this.timers.keys(), target);
			if (!next) break;
			clearTimeout(this.timers.get(next));
			this.timers.delete(next);
			this.offset += Math.max(next.at - this.now(), 0);
			next.callback();
		}
		this.offset += Math.max(target - this.now(), 0);
		for (const [timer, handle] of [...this.timers]) {
			clearTimeout(handle);
			this.arm(timer);
		}
	}

	private arm(timer: Timer): void {
		const wait = Math.min(Math.max(timer.at - this.now(), 0), LONGEST_TIMEOUT_MS);
		const handle = setTimeout(() => {
			if (this.now() < timer.at) {
				this.arm(timer);
				return;
			}
			this.timers.delete(timer);
			timer.callback();
		}, wait);
		// A forgotten task must not keep a test run alive.
		handle.unref();
		this.timers.set(timer, handle);
	}
}

/** Gives any clock timers; a `VirtualClock` or `RunningClock` is taken as it is. */
export function withTimers(clock: Clock | undefined): TimerClock {
	if (clock instanceof VirtualClock || clock instanceof RunningClock) return clock;
	return new RunningClock(clock);
}
