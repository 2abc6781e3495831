import type { TimerClock } from './clock';
import { uuid } from './ids';
import type { Kept, Sound } from './validate/order';
import type { JsonObject, ServiceName, TaskKind, TaskStatus } from './types';

/** Share of a task's life in which it is only submitted. */
const SUBMITTED_SHARE = 0.1;

/** What a service knows when it makes a task; the rest is life. */
export interface NewTask {
	id: string;
	service: ServiceName;
	account: string;
	kind: TaskKind;
	/** The body as it was sent, whole numbers exact. */
	request: JsonObject;
	modelName: string;
	mode: string;
	/** Length of the video in seconds. */
	seconds: number;
	/** Images in the result; 0 for videos. */
	images: number;
	/** A sound instead of a video, or beside it. */
	sound?: Sound;
	/** An element or a voice instead of any file. */
	kept?: Kept;
	units: number;
	/** undefined: the create does not take the wish. */
	watermark?: boolean;
	externalTaskId?: string;
	callbackUrl?: string;
	/** Task id at the official service behind a reseller that makes ids of its own. */
	upstreamId?: string;
	/** Set: the task fails at its end, with this message. */
	failure?: string;
	/** Source of an extension. */
	parentVideoId?: string;
	/** Made by an API whose records have the form of the new standard; no legacy path knows it. */
	unified?: boolean;
	runMs: number;
}

export interface Task extends NewTask {
	/** All times in ms since 1970. */
	createdAt: number;
	processingAt: number;
	endsAt: number;
	/** Ids of the result, one per video or image; of a sound that is alone. */
	resultIds: string[];
	/** Id of the sound, where there is one. */
	audioId?: string;
	/** Gone: no query finds it any more. */
	vanished: boolean;
	/** Told instead of the real status, to try words no client knows. */
	statusWord?: string;
	/** Told as the type by Ace Data Cloud, whose other calls put tasks into the same list. */
	typeWord?: string;
	/** It succeeds, but its result is not told (yet). */
	resultMissing?: MissingResult;
}

/** What a legacy record holds in the place of a result: `task_result` as `{}` or as `null`. */
export type MissingResult = 'empty' | 'null';

export type TaskListener = (task: Task, status: TaskStatus) => void;

function audioIdOf({ sound }: NewTask, [first]: string[]): string | undefined {
	return sound === 'alone' ? first : uuid();
}

/** All tasks of all services, living on the clock. */
export class TaskStore {
	private readonly tasks = new Map<string, Task>();
	private readonly timers = new Map<string, Array<() => void>>();
	private readonly listeners = new Set<TaskListener>();

	constructor(private readonly clock: TimerClock) {}

	/** Calls back when a task starts processing and when it ends; returns a way to end that. */
	onChange(listener: TaskListener): () => void {
		this.listeners.add(listener);
		return () => this.listeners.delete(listener);
	}

	create(task: NewTask, resultIds: string[]): Task {
		const createdAt = this.clock.now();
		const made: Task = {
			...task,
			createdAt,
			processingAt: createdAt + Math.round(task.runMs * SUBMITTED_SHARE),
			endsAt: createdAt + task.runMs,
			resultIds,
			...(task.sound ? { audioId: audioIdOf(task, resultIds) } : {}),
			vanished: false,
		};
		this.tasks.set(made.id, made);
		this.scheduleLife(made);
		return made;
	}

	get(id: string): Task | undefined {
		return this.tasks.get(id);
	}

	/** Oldest first. */
	all(): Task[] {
		return [...this.tasks.values()];
	}

	find(matches: (task: Task) => boolean): Task | undefined {
		return this.all().find((task) => !task.vanished && matches(task));
	}

	/** The account's task whose result has this video id. */
	byVideoId(account: string, videoId: string): Task | undefined {
		return this.find(
			(task) =>
				task.account === account &&
				task.images === 0 &&
				task.sound !== 'alone' &&
				!task.kept &&
				this.status(task) === 'succeed' &&
				task.resultIds.includes(videoId),
		);
	}

	status(task: Task): TaskStatus {
		const now = this.clock.now();
		if (now < task.processingAt) return 'submitted';
		if (now < task.endsAt) return 'processing';
		return task.failure === undefined ? 'succeed' : 'failed';
	}

	/** When the status last changed, in ms since 1970. */
	updatedAt(task: Task): number {
		const status = this.status(task);
		if (status === 'submitted') return task.createdAt;
		return status === 'processing' ? task.processingAt : task.endsAt;
	}

	/** Units that tasks still running hold of their account's slots, which each model has of its own. */
	slotsInUse(account: string, pack: 'video' | 'image', modelName: string): number {
		const now = this.clock.now();
		return this.all()
			.filter((task) => task.account === account && now < task.endsAt)
			.filter((task) => task.modelName === modelName)
			.filter((task) => task.images > 0 === (pack === 'image'))
			.reduce((sum, task) => sum + Math.max(task.images, 1), 0);
	}

	/** Ends the task well, now. */
	finish(id: string): void {
		const task = this.need(id);
		delete task.failure;
		this.endNow(task);
	}

	/** Ends the task badly, now. */
	fail(id: string, message = 'Failed on order of the test'): void {
		const task = this.need(id);
		task.failure = message;
		this.endNow(task);
	}

	/** From now on the task is unknown to every query. */
	vanish(id: string): void {
		this.need(id).vanished = true;
	}

	/** Queries and callbacks tell this word as the status; undefined: the truth again. */
	setStatusWord(id: string, word: string | undefined): void {
		this.need(id).statusWord = word;
	}

	/** Ace Data Cloud tells this word as the type: a task that another of its calls has made, e.g. `lip-sync`. */
	setTypeWord(id: string, word: string | undefined): void {
		this.need(id).typeWord = word;
	}

	/** Once it has succeeded, no query and no callback tells its result; undefined: they do again. */
	setResultMissing(id: string, missing: MissingResult | undefined): void {
		this.need(id).resultMissing = missing;
	}

	reset(): void {
		for (const id of [...this.timers.keys()]) this.cancelTimers(id);
		this.tasks.clear();
	}

	private need(id: string): Task {
		const task = this.tasks.get(id);
		if (!task) throw new Error(`The simulator has no task ${id}`);
		return task;
	}

	private endNow(task: Task): void {
		const now = this.clock.now();
		task.processingAt = Math.min(task.processingAt, now);
		task.endsAt = now;
		this.cancelTimers(task.id);
		this.tell(task);
	}

	private scheduleLife(task: Task): void {
		const wake = (at: number) => this.clock.schedule(at, () => this.tell(task));
		this.timers.set(task.id, [wake(task.processingAt), wake(task.endsAt)]);
	}

	private cancelTimers(id: string): void {
		for (const cancel of this.timers.get(id) ?? []) cancel();
		this.timers.delete(id);
	}

	private tell(task: Task): void {
		const status = this.status(task);
		for (const listener of [...this.listeners]) listener(task, status);
	}
}
