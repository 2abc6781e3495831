import type { KlingClient } from './client';
import type { Clock } from '../core/clock';
import { toKlingError } from '../core/errors';
import type { KlingError } from '../core/errors';
import { isFinal } from '../core/task';
import type { Task } from '../core/task';
import { afterPaying, mayBeMade, stoppedBeforeRepeat } from './createErrors';
import type { Job, WaitOptions } from './job';
import { abandoned, jobResultOf } from './jobResult';
import type { JobResult } from './jobResult';
import { paidFor, stepsOf } from './steps';
import { SubmitQueue } from './submitQueue';
import type { Order } from './submitQueue';
import { UNTIL } from './until';
import type { Until } from './until';
import type { Uploads } from './uploads';
import { Watchlist } from './watchlist';

/**
 * What happens to the create of a job: it is about to be `sent` (a process may end in the middle of it), it was `refused`
 * and has certainly made nothing, or its task was `made` (or found) and nothing else has happened to it yet.
 */
export type SubmitState = 'sent' | 'refused' | 'made';

export interface RunContext {
	client: KlingClient;
	clock: Clock;
	/** The files of the requests, where they are uploaded first. */
	uploads?: Uploads;
	signal?: AbortSignal;
	/** Called whenever the create of the job at `index` gets to another state; `task` comes with `made` only. */
	onTask?: (index: number, state: SubmitState, task?: Task) => void;
	/** 0 ≤ x < 1; for the jitter. */
	random?: () => number;
}

/**
 * Submits and waits for all jobs, and resolves with one result per job, in order. Never rejects. Never more than one
 * request is under way, and nothing is submitted twice. A request (pictures included) is let go once its create is answered.
 */
export function runJobs(
	jobs: readonly Job[],
	options: WaitOptions,
	context: RunContext,
): Promise<JobResult[]> {
	// Not async: an async function keeps its arguments, and so all requests, until it ends.
	return new Run(jobs, options, context).toEnd();
}

/** One loop for all tasks of an execution. */
class Run {
	private readonly queue: SubmitQueue;
	private readonly watchlist: Watchlist;
	private readonly results: Array<JobResult | undefined>;
	private readonly until: Until;
	private failed = false;

	constructor(
		jobs: readonly Job[],
		private readonly options: WaitOptions,
		private readonly context: RunContext,
	) {
		const { client, clock, random = Math.random } = context;
		const oneByOne = client.provider.batch === undefined;
		this.until = UNTIL[options.until];
		this.queue = new SubmitQueue(options.timeoutMs);
		this.watchlist = new Watchlist({ ...options, oneByOne, random });
		this.results = jobs.map(() => undefined);
		for (const [index, job] of jobs.entries()) {
			if ('request' in job) this.queue.add({ ...job, index });
			else this.watchlist.add({ ...job, index }, job.initialDelayMs, clock.now());
		}
	}

	async toEnd(): Promise<JobResult[]> {
		const { clock, signal } = this.context;
		while (!this.isStopped()) {
			await this.submitWhatFits();
			if (this.isStopped() || this.isDone()) break;
			await this.checkWhatIsDue();
			const nextAt = this.nextAt();
			if (this.isStopped() || nextAt === undefined) break;
			await clock.sleep(Math.max(0, nextAt - clock.now()), signal);
		}
		return this.takeResults();
	}

	private isStopped(): boolean {
		return (this.failed && this.options.stopAtError) || this.context.signal?.aborted === true;
	}

	private isDone(): boolean {
		const { queue, watchlist } = this;
		return this.until.isDone({ allSubmitted: queue.isEmpty, watched: watchlist.entries });
	}

	private hasRoom(): boolean {
		return this.watchlist.entries.length < this.options.maxParallel;
	}

	/** When something may be submitted, or is to be checked; undefined when there is nothing to do any more. */
	private nextAt(): number | undefined {
		const times = [this.watchlist.nextAt(), this.hasRoom() ? this.queue.nextAt() : undefined];
		const known = times.filter((time) => time !== undefined);
		return known.length > 0 ? Math.min(...known) : undefined;
	}

	private settle(index: number, result: JobResult): void {
		this.results[index] = result;
		if (!result.ok) this.failed = true;
	}

	private async submitWhatFits(): Promise<void> {
		while (!this.isStopped() && this.hasRoom()) {
			const order = this.queue.next(this.context.clock.now());
			if (!order) return;
			await this.submit(order);
		}
	}

	private async submit(order: Order): Promise<void> {
		const { client, clock, uploads, onTask } = this.context;
		const isStopped = () => this.isStopped();
		const steps = stepsOf(order, { client, clock, uploads, isStopped });
		let task: Task;
		try {
			const prepare = async () => {
				const request = await steps.take();
				onTask?.(order.index, 'sent');
				return request;
			};
			task = await client.create(order.request, { ...order.create, prepare });
		} catch (thrown) {
			this.notMade(order, afterPaying(toKlingError(thrown), steps.paid()));
			return;
		}
		onTask?.(order.index, 'made', task);
		this.queue.remove(order);
		this.made(order, task);
	}

	private notMade(order: Order, error: KlingError): void {
		const { clock, onTask } = this.context;
		if (!mayBeMade(error)) onTask?.(order.index, 'refused');
		if (!error.details.busy) this.queue.remove(order);
		else if (this.queue.backOff(order, error, clock.now())) return;
		this.settle(order.index, { ok: false, error });
	}

	private made({ index, request, initialDelayMs }: Order, task: Task): void {
		const { until } = this;
		const result = isFinal(task) ? jobResultOf(task, until.awaitsEnd) : until.afterCreate(task);
		if (result) {
			this.settle(index, result);
			return;
		}
		const ref = { id: task.id, kind: request.kind, api: task.api };
		this.watchlist.add(
			{ index, ref, task, ownedByOtherExecution: task.reused },
			task.reused ? 0 : initialDelayMs,
			this.context.clock.now(),
		);
	}

	private async checkWhatIsDue(): Promise<void> {
		const { client, clock } = this.context;
		const due = this.watchlist.due(clock.now());
		if (due.length === 0) return;
		const found = await client.getMany(due.map(({ ref }) => ref));
		const now = clock.now();
		for (const answer of found.values()) this.watchlist.pause(answer, now);
		for (const entry of due) {
			const answer = found.get(entry.ref.id);
			const result = answer && this.watchlist.settle(entry, answer, now);
			if (result) this.settle(entry.index, result);
		}
	}

	/** All results; what is still watched is handed out as it is if the run is done, and abandoned if it was stopped. */
	private takeResults(): JobResult[] {
		const isStopped = this.isStopped();
		const byPerson = this.context.signal?.aborted ?? false;
		for (const { index, task } of this.watchlist.entries) {
			this.results[index] = isStopped ? abandoned(byPerson, task) : jobResultOf(task, true);
		}
		const { provider } = this.context.client;
		for (const order of this.queue.waiting) {
			const { index, request, create } = order;
			// "Nothing was charged" would be wrong after a try that may have made a task.
			const isUnclear = create?.earlier === 'ambiguous';
			const { error } = isUnclear
				? { error: stoppedBeforeRepeat(provider, request) }
				: abandoned(byPerson, undefined);
			this.results[index] = { ok: false, error: afterPaying(error, paidFor(provider, order)) };
		}
		return this.results.map((result) => result ?? abandoned(byPerson, undefined));
	}
}
