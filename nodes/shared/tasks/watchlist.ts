import { KlingError, pauseAskedFor } from '../core/errors';
import { isFinal, unseen } from '../core/task';
import type { Task, TaskRef } from '../core/task';
import { checkInterval, jittered } from './backOff';
import type { WaitOptions, Watched } from './job';
import { jobResultOf } from './jobResult';
import type { JobResult } from './jobResult';
import { isMissingForGood, missedAgain, neverCame } from './missingResult';
import { UNTIL } from './until';
import type { Until } from './until';

/** "Not found" right after the create, or in one odd answer, is no reason to give a paid task up. */
const NOT_FOUND_LIMIT = 3;

/** A task to be watched. */
export interface NewlyWatched {
	/** Of its job. */
	index: number;
	ref: TaskRef;
	/** As far as it is known; without, it was not asked for yet. */
	task?: Task;
	ownedByOtherExecution?: boolean;
}

/** How a run waits; `oneByOne`: the service cannot be asked for many tasks at once; `random`: 0 ≤ x < 1, for the jitter. */
export interface WatchOptions extends WaitOptions {
	oneByOne: boolean;
	random: () => number;
}

/** What cannot be read may be a page of something in between, gone the next time, unless it says otherwise. */
function mayBeMended({ kind, details: { retryable } }: KlingError): boolean {
	return retryable ?? kind === 'unreadable';
}

/**
 * The tasks that a run waits for: when each is checked, and what is made of it. Pure: it neither asks nor sleeps, and is
 * given the time. All times in ms.
 */
export class Watchlist {
	private list: Watched[] = [];
	/** The service does not want to be asked for any task before. */
	private quietUntil = 0;
	private readonly until: Until;

	constructor(private readonly options: WatchOptions) {
		this.until = UNTIL[options.until];
	}

	get entries(): readonly Watched[] {
		return this.list;
	}

	/** Watches a task from now on; it is checked in `initialDelayMs` for the first time, at its deadline for the last. */
	add(
		{ index, ref, task, ownedByOtherExecution }: NewlyWatched,
		initialDelayMs: number,
		now: number,
	) {
		this.list.push({
			index,
			ref,
			ownedByOtherExecution: ownedByOtherExecution ?? false,
			since: now,
			deadline: now + this.options.timeoutMs,
			task: task ?? unseen(ref),
			nextCheckAt: now + initialDelayMs,
			timesNotFound: 0,
		});
	}

	/**
	 * The tasks to check now; none as long as none is due. Those that are due soon come along, since asking for many in one
	 * request costs no more than for one.
	 */
	due(now: number): Watched[] {
		if (!this.list.some((entry) => this.checkAt(entry) <= now)) return [];
		const early = (entry: Watched) => (this.options.oneByOne ? 0 : this.intervalOf(entry, now) / 2);
		return this.list.filter((entry) => this.checkAt(entry) <= now + early(entry));
	}

	/** When the next task is due; undefined when there is none. */
	nextAt(): number | undefined {
		if (this.list.length === 0) return undefined;
		return Math.min(...this.list.map((entry) => this.checkAt(entry)));
	}

	/** Postpones all checks where an answer asks for a pause, but none beyond its deadline. */
	pause(found: Task | KlingError, now: number): void {
		if (!(found instanceof KlingError)) return;
		this.quietUntil = Math.max(this.quietUntil, now + pauseAskedFor(found));
	}

	/**
	 * What a check found: the task, or why it could not be read. Returns the result of the job, which ends the watch;
	 * undefined when the task is watched further. A failure's result keeps the task, because it was paid for.
	 */
	settle(entry: Watched, found: Task | KlingError, now: number): JobResult | undefined {
		const result =
			(found instanceof KlingError ? this.failed(entry, found, now) : this.found(entry, found)) ??
			this.until.afterCheck(entry, now >= entry.deadline, this.options);
		if (result) this.list = this.list.filter((other) => other !== entry);
		else entry.nextCheckAt = now + jittered(this.intervalOf(entry, now), this.options.random());
		return result;
	}

	private found(entry: Watched, task: Task): JobResult | undefined {
		Object.assign(entry, { task, timesNotFound: 0, missing: undefined, lastError: undefined });
		return isFinal(task) ? jobResultOf(task, this.until.awaitsEnd) : undefined;
	}

	private failed(entry: Watched, error: KlingError, now: number): JobResult | undefined {
		const { task, missing } = entry;
		const { resultMissing = false } = error.details;
		const notFound = error.kind === 'notFound';
		entry.lastError = error;
		entry.timesNotFound = notFound ? entry.timesNotFound + 1 : 0;
		if (resultMissing) {
			entry.missing = missedAgain(missing, now);
			return isMissingForGood(entry.missing, error, now) ? neverCame(task, error) : undefined;
		}
		if (notFound) {
			if (entry.timesNotFound < NOT_FOUND_LIMIT) return undefined;
		} else if (mayBeMended(error)) {
			return undefined;
		}
		return { ok: false, error: error.with({ taskId: task.id }), task };
	}

	private intervalOf({ since }: Watched, now: number): number {
		const { pollIntervalMs, oneByOne } = this.options;
		return pollIntervalMs ?? checkInterval(now - since, this.list.length, oneByOne);
	}

	private checkAt({ nextCheckAt, deadline }: Watched): number {
		return Math.min(Math.max(nextCheckAt, this.quietUntil), deadline);
	}
}
