import type { KlingClient } from './client';
import type { Clock } from '../core/clock';
import { KlingError, pauseAskedFor, toKlingError } from '../core/errors';
import { isFinal } from '../core/task';
import type { Task } from '../core/task';
import type { Job, WaitOptions } from './job';
import { abandoned, jobResultOf, timedOut } from './jobResult';
import type { JobResult } from './jobResult';
import { jittered, lookInterval } from './backOff';
import { queueOf } from './submitQueue';

/**
 * One loop for all tasks of an execution: submits what may run side by side, looks at what is due, sleeps, repeats.
 * Never more than one request is under way, and nothing is submitted twice.
 */

/** "Not found" right after the create, or in one odd answer, is no reason to give a paid task up. */
const NOT_FOUND_LIMIT = 3;

/** What is found wrong before a request leaves. */
const NEVER_SENT = new Set<KlingError['kind']>(['invalidInput', 'notOffered']);

interface Active {
	index: number;
	task: Task;
	/** Nobody will call when it is over. */
	ownedByOtherExecution: boolean;
	since: number;
	nextLook: number;
	deadline: number;
	notFound: number;
	lastTrouble?: KlingError;
}

/**
 * What happens to the create of a job: it is about to be `sent` (a process may end in the middle of it), it was `refused`
 * and has certainly made nothing, or its task was `made` (or found) and nothing else has happened to it yet.
 */
export type SubmitState = 'sent' | 'refused' | 'made';

export interface RunContext {
	client: KlingClient;
	clock: Clock;
	signal?: AbortSignal;
	/** Called whenever the create of the job at `index` gets to another state; `task` comes with `made` only. */
	onTask?: (index: number, state: SubmitState, task?: Task) => void;
	/** 0 ≤ x < 1; for the jitter. */
	random?: () => number;
}

function placeholder(job: Extract<Job, { ref: unknown }>): Task {
	const { id, kind } = job.ref;
	return { id, kind, status: 'submitted', message: '', results: [], raw: null };
}

/**
 * Runs all jobs and resolves with one outcome per job, in order. Never rejects. A request (pictures included) is let go once
 * its create is answered.
 */
export function runJobs(
	jobs: readonly Job[],
	options: WaitOptions,
	context: RunContext,
): Promise<JobResult[]> {
	// Not async: an async function keeps its arguments, and so all requests, until it ends.
	return runAll([...jobs], options, context);
}

async function runAll(
	jobs: Array<Job | undefined>,
	options: WaitOptions,
	context: RunContext,
): Promise<JobResult[]> {
	const kinds = jobs.map((job) => job && ('request' in job ? job.request : job.ref).kind);
	const { client, clock, signal, random = Math.random } = context;
	const outcomes = new Map<number, JobResult>();
	/** Jobs in the queue of which an earlier try may have made a task. */
	const unclear = new Set<number>();
	const queue = queueOf(options.timeoutMs);
	let active: Active[] = [];
	/** Until when the service does not want to be asked for any task. */
	let quietUntil = 0;
	let stopping = false;
	const ended = (): boolean => stopping || signal?.aborted === true;

	const settle = (index: number, outcome: JobResult): void => {
		outcomes.set(index, outcome);
		if (!outcome.ok && options.stopAtError) stopping = true;
	};

	const lookAt = (time: number, deadline: number): number =>
		Math.min(Math.max(time, quietUntil), deadline);

	const watch = (
		index: number,
		task: Task,
		firstLookMs: number,
		ownedByOtherExecution = false,
	): void => {
		const deadline = clock.now() + options.timeoutMs;
		const nextLook = lookAt(clock.now() + firstLookMs, deadline);
		active.push({
			index,
			task,
			ownedByOtherExecution,
			since: clock.now(),
			nextLook,
			deadline,
			notFound: 0,
		});
	};

	/** Submits one of the queue, which stays there if the service has no free slot. */
	const submitOne = async (next: number): Promise<void> => {
		const job = jobs[next];
		if (!job || !('request' in job)) return;
		let task: Task;
		try {
			context.onTask?.(next, 'sent');
			const how = unclear.has(next) ? { ...job.create, unclear: true } : job.create;
			task = await client.create(job.request, how);
		} catch (thrown) {
			const error = toKlingError(thrown);
			if (error.details.maybeCreated === false || NEVER_SENT.has(error.kind)) {
				context.onTask?.(next, 'refused');
			}
			if (error.details.busy && queue.hold(next, error, clock.now())) {
				if (error.details.maybeCreated !== false) unclear.add(next);
				return;
			}
			queue.remove(next);
			jobs[next] = undefined;
			settle(next, { ok: false, error });
			return;
		}
		context.onTask?.(next, 'made', task);
		jobs[next] = undefined;
		queue.open(next);
		queue.remove(next);
		const handedOut = options.until === 'created';
		if (handedOut || isFinal(task)) settle(next, jobResultOf(task, !handedOut));
		else watch(next, task, task.reused ? 0 : job.firstLookMs, task.reused);
	};

	const submit = async (): Promise<void> => {
		while (!ended() && active.length < options.maxParallel) {
			const next = queue.next(clock.now());
			if (next === undefined) return;
			await submitOne(next);
		}
	};

	const oneByOne = client.provider.batch === undefined;
	const intervalOf = ({ since }: Active): number =>
		options.pollIntervalMs ?? lookInterval(clock.now() - since, active.length, oneByOne);

	const digest = (entry: Active, found: Task | KlingError): void => {
		const over = clock.now() >= entry.deadline;
		if (found instanceof KlingError) {
			entry.lastTrouble = found;
			entry.notFound = found.kind === 'notFound' ? entry.notFound + 1 : 0;
			const hopeless =
				found.kind === 'notFound'
					? entry.notFound >= NOT_FOUND_LIMIT
					: !found.details.retryable && found.kind !== 'unreadable';
			if (hopeless) {
				settle(entry.index, {
					ok: false,
					error: found.with({ taskId: entry.task.id }),
					task: entry.task,
				});
				return;
			}
		} else {
			entry.task = found;
			entry.notFound = 0;
			entry.lastTrouble = undefined;
			if (isFinal(found)) {
				settle(entry.index, jobResultOf(found, options.until !== 'created'));
				return;
			}
		}
		if (options.until === 'created') {
			settle(entry.index, jobResultOf(entry.task, false));
			return;
		}
		if (over) {
			settle(
				entry.index,
				options.unfinishedIsFine || options.until === 'allCreated'
					? { ok: true, task: entry.task, timedOut: true }
					: {
							ok: false,
							error: timedOut(entry.task, entry.lastTrouble, options.timeoutMs),
							task: entry.task,
						},
			);
			return;
		}
		entry.nextLook = lookAt(clock.now() + jittered(intervalOf(entry), random()), entry.deadline);
	};

	const look = async (): Promise<void> => {
		const now = clock.now();
		if (!active.some((entry) => entry.nextLook <= now)) return;
		// Tasks that are due soon come along: asking for many in one request costs no more than for one.
		const early = (entry: Active) => (oneByOne ? 0 : intervalOf(entry) / 2);
		const due = active.filter((entry) => entry.nextLook <= now + early(entry));
		const refs = due.flatMap(({ index, task }) => {
			const kind = kinds[index];
			return kind ? [{ id: task.id, kind }] : [];
		});
		const found = await client.getMany(refs);
		for (const seen of found.values()) {
			const asked = seen instanceof KlingError ? pauseAskedFor(seen) : 0;
			quietUntil = Math.max(quietUntil, clock.now() + asked);
		}
		for (const entry of due) {
			const seen = found.get(entry.task.id);
			if (seen) digest(entry, seen);
		}
		active = active.filter(({ index }) => !outcomes.has(index));
		for (const entry of active) entry.nextLook = lookAt(entry.nextLook, entry.deadline);
	};

	const mayPart = (): boolean =>
		options.until === 'allCreated' &&
		queue.isEmpty &&
		active.every(({ ownedByOtherExecution }) => !ownedByOtherExecution);

	jobs.forEach((job, index) => {
		if (!job) return;
		if ('request' in job) queue.add(index, job.request);
		else watch(index, placeholder(job), job.firstLookMs, job.ownedByOtherExecution);
	});

	while (!ended()) {
		await submit();
		if (ended() || mayPart()) break;
		await look();
		const submitAt = active.length < options.maxParallel ? queue.nextAt() : undefined;
		const events = [
			...active.map(({ nextLook }) => nextLook),
			...(submitAt === undefined ? [] : [submitAt]),
		];
		if (ended() || events.length === 0) break;
		await clock.sleep(Math.max(0, Math.min(...events) - clock.now()), signal);
	}

	for (const { index, task } of active) {
		if (outcomes.has(index)) continue;
		const parted = options.until === 'allCreated' && !ended();
		outcomes.set(
			index,
			parted ? jobResultOf(task, true) : abandoned(signal?.aborted ?? false, task),
		);
	}
	for (const index of queue.places()) {
		if (!outcomes.has(index)) outcomes.set(index, abandoned(signal?.aborted ?? false, undefined));
	}
	return jobs.map((_, index) => outcomes.get(index) ?? abandoned(false, undefined));
}
