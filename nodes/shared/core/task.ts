import type { Kind } from './kinds';
import type { Json } from './json';

/** The four states of Kling's legacy API; every other service's words are mapped onto them. */
export const TASK_STATUSES = ['submitted', 'processing', 'succeed', 'failed'] as const;

export type TaskStatus = (typeof TASK_STATUSES)[number];

export interface VideoResult {
	type: 'video';
	/** The video's own id (what Extend wants), not the task's. */
	id?: string;
	url: string;
	watermarkUrl?: string;
	/** Seconds. */
	duration?: number;
}

export interface ImageResult {
	type: 'image';
	index: number;
	url: string;
	watermarkUrl?: string;
}

export interface AudioResult {
	type: 'audio';
	id?: string;
	url: string;
	/** Seconds. */
	duration?: number;
}

/** A subject that later requests can cite. */
export interface ElementResult {
	type: 'element';
	/** Exceeds 2^53, so it is text. */
	id: string;
	name?: string;
}

export interface VoiceResult {
	type: 'voice';
	/** Exceeds 2^53, so it is text. */
	id: string;
	name?: string;
	/** A sample to listen to. */
	url?: string;
}

/** One thing that a task made. Items and files follow from its type. */
export type Result = VideoResult | ImageResult | AudioResult | ElementResult | VoiceResult;

export type ResultType = Result['type'];

/** What a task was asked for, as far as that is known. */
export interface Asked {
	model?: string;
	/** As in requests: std, pro or 4k. */
	quality?: string;
	prompt?: string;
	/** Seconds. */
	duration?: number;
}

/** The one record that everything ends in, whoever served it. */
export interface Task {
	id: string;
	kind?: Kind;
	status: TaskStatus;
	/** Why it failed, in the service's words; empty otherwise. */
	message: string;
	externalTaskId?: string;
	/** What it made, in the service's order. */
	results: Result[];
	/** Which of the service's APIs made it, where that has to be known to ask for it. */
	api?: string;
	/** Milliseconds since 1970. */
	createdAt?: number;
	/** True where a create found it instead of making it: its calls go to whoever made it. */
	reused?: boolean;
	/** Milliseconds since 1970. */
	updatedAt?: number;
	/** What the task cost in the service's units, as the service writes it. */
	unitsDeducted?: string;
	asked?: Asked;
	/** The service's answer, untouched. */
	raw: Json;
	/** True when `raw` is of another shape than what the service answers about this task alone. */
	rawOfBatch?: boolean;
}

/** The task with what is known of its request, which counts more than what a service tells of it. */
export function withAsked<T extends Task>(task: T, { model, quality, prompt, duration }: Asked): T {
	const { asked: told = {} } = task;
	const asked: Asked = {
		model: model ?? told.model,
		quality: quality ?? told.quality,
		prompt: prompt ?? told.prompt,
		duration: duration ?? told.duration,
	};
	return { ...task, asked };
}

/** What is needed to ask for a task again. */
export interface TaskRef {
	id: string;
	/** Most services want the task asked for at the path it was made at. */
	kind: Kind;
	/** As in `Task`. */
	api?: string;
}

/** The results of one type, in order. */
export function resultsOf<T extends ResultType>(
	{ results }: Pick<Task, 'results'>,
	type: T,
): Array<Extract<Result, { type: T }>> {
	return results.filter((result): result is Extract<Result, { type: T }> => result.type === type);
}

/** What somebody who calls says of a task. */
export interface Claim extends Task {
	/** The call tells no status that we know, so the task may be over, although `status` is "processing". */
	statusUnknown?: true;
}

const WORDS: Readonly<Record<TaskStatus, readonly string[]>> = {
	submitted: ['submitted', 'queued', 'not_start', 'pending'],
	processing: ['processing', 'in_progress', 'running'],
	succeed: ['succeed', 'succeeded', 'success', 'completed'],
	failed: ['failed', 'failure', 'fail', 'error'],
};

const STATUS_OF = new Map(
	Object.entries(WORDS).flatMap(([status, words]) =>
		words.map((word): [string, TaskStatus] => [word, status as TaskStatus]),
	),
);

function knownStatus(word: unknown): TaskStatus | undefined {
	return typeof word === 'string' ? STATUS_OF.get(word.trim().toLowerCase()) : undefined;
}

/** Maps a service's status word. A word we do not know means "still running": better to look again than to lose a paid task. */
export function toTaskStatus(word: unknown): TaskStatus {
	return knownStatus(word) ?? 'processing';
}

/** A task as a call claims it, by the status word of the call. */
export function toClaim(task: Task, word: unknown): Claim {
	const isVague = !isFinal(task) && knownStatus(word) === undefined;
	return isVague ? { ...task, statusUnknown: true } : task;
}

/** True when the task will not change any more. */
export function isFinal(task: Pick<Task, 'status'>): boolean {
	return task.status === 'succeed' || task.status === 'failed';
}
