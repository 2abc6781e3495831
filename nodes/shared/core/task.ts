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
	/** What it is, in the service's word, where that tells more than that it is a video. */
	role?: string;
}

export interface ImageResult {
	type: 'image';
	index: number;
	/** A web address, or the picture itself as a `data:` URI. */
	url: string;
	watermarkUrl?: string;
	/** What it shows, in the service's word, where a task makes several sorts. */
	role?: string;
	/** Of views, which come in sets: the index of the set, as the service tells it, and the place in it, from 0. */
	set?: number;
	view?: number;
}

export interface AudioResult {
	type: 'audio';
	/** The sound's own id, not the task's. */
	id?: string;
	/** MP3, where the service has several formats. */
	url: string;
	/** The same as WAV, where the service has it. */
	wavUrl?: string;
	/** Seconds. */
	duration?: number;
}

export const SUBTITLE_FORMATS = ['srt', 'ass'] as const;

/** The subtitles of a video, as a file of text. */
export interface SubtitleResult {
	type: 'subtitle';
	format: (typeof SUBTITLE_FORMATS)[number];
	url: string;
}

/** What the library holds under an id for later requests. */
interface LibraryMember {
	/** Exceeds 2^53, so it is text. */
	id: string;
	name?: string;
	/** Whether it is one of Kling's own; undefined where the service does not tell. */
	preset?: boolean;
	deleted?: boolean;
}

/** A subject that later requests can cite. */
export interface ElementResult extends LibraryMember {
	type: 'element';
	description?: string;
	madeFrom?: 'images' | 'video';
	/** Its front view. */
	imageUrl?: string;
	videoUrl?: string;
	/** The voice it speaks with. */
	voiceId?: string;
	/** As the service names them. */
	tags?: string[];
}

export interface VoiceResult extends LibraryMember {
	type: 'voice';
	/** A sample to listen to. */
	url?: string;
}

/** One thing that a task made. Items and files follow from its type. */
export type Result =
	VideoResult | ImageResult | AudioResult | SubtitleResult | ElementResult | VoiceResult;

export type ResultType = Result['type'];

/** The results that are no files: the library of an account holds them under an id, beside Kling's presets. */
export type LibraryResult = ElementResult | VoiceResult;

export type LibraryType = LibraryResult['type'];

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
	/** The service's own word for the status, where it is another. */
	statusWord?: string;
	/** Why it failed, in the service's words; what it says beside a status that we do not know; empty otherwise. */
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
	/** True where `id` is an External Task ID. Only an API that asks for both in different ways needs to know. */
	byName?: boolean;
}

/** A task of which the service has told nothing yet. */
export function unseen(ref: TaskRef): Task {
	return { ...ref, status: 'submitted', message: '', results: [], raw: null };
}

/** The results of one type, in order. */
export function resultsOf<T extends ResultType>(
	{ results }: Pick<Task, 'results'>,
	type: T,
): Array<Extract<Result, { type: T }>> {
	return results.filter((result): result is Extract<Result, { type: T }> => result.type === type);
}

/** A task as a service tells it. */
export interface Claim extends Task {
	/** No status that we know was told: `status` says "succeed" where there is a result, and else "processing". */
	statusUnknown?: true;
}

/** In small letters, parts joined by "_", without "task_status_" before them. */
const WORDS: Readonly<Record<TaskStatus, string>> = {
	submitted:
		'submitted queued queueing queuing in_queue not_start not_started pending waiting created scheduled 已提交 排队中 等待中 未开始',
	processing:
		'processing in_progress running generating started starting preparing 处理中 生成中 进行中 运行中',
	succeed: 'succeed succeeded success successful completed complete 成功 已成功 生成成功 已完成',
	failed:
		'failed failure fail error canceled cancelled cancel expired timeout timed_out time_out rejected aborted terminated 失败 已失败 生成失败 已取消 已过期 超时 已超时 已拒绝 已终止',
};

const STATUS_OF = new Map(
	TASK_STATUSES.flatMap((status) =>
		WORDS[status].split(' ').map((word): [string, TaskStatus] => [word, status]),
	),
);

/**
 * What a service's status word means; undefined for one that we do not know. That means "still running", unless there is a
 * result: better to look again than to lose a paid task.
 */
export function knownStatus(word: unknown): TaskStatus | undefined {
	if (typeof word !== 'string') return undefined;
	const plain = word
		.trim()
		.toLowerCase()
		.replace(/[\s-]+/g, '_');
	return STATUS_OF.get(plain.replace(/^task_(status_)?/, ''));
}

const LONGEST_WORD = 60;

/** The word of a service for a status, to be kept where it is another than ours. */
export function asWord(word: unknown, status: TaskStatus): Pick<Task, 'statusWord'> {
	const isText = (typeof word === 'string' && word.trim() !== '') || typeof word === 'number';
	return isText && String(word) !== status
		? { statusWord: String(word).slice(0, LONGEST_WORD) }
		: {};
}

/** True when the task will not change any more. */
export function isFinal(task: Pick<Task, 'status'>): boolean {
	return task.status === 'succeed' || task.status === 'failed';
}
