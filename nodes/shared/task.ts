import type { Kind } from './kinds';
import type { Json } from './json';

/** The four states of Kling's legacy API; every other service's words are mapped onto them. */
export type TaskStatus = 'submitted' | 'processing' | 'succeed' | 'failed';

export interface VideoResult {
	/** The video's own id (what Extend wants), not the task's. */
	id?: string;
	url: string;
	watermarkUrl?: string;
	/** Seconds. */
	duration?: number;
}

export interface ImageResult {
	index: number;
	url: string;
	watermarkUrl?: string;
}

/** The one record that everything ends in, whoever served it. */
export interface Task {
	id: string;
	kind?: Kind;
	status: TaskStatus;
	/** Why it failed, in the service's words; empty otherwise. */
	message: string;
	externalTaskId?: string;
	videos: VideoResult[];
	images: ImageResult[];
	/** Milliseconds since 1970. */
	createdAt?: number;
	/** True where a create found it instead of making it: its calls go to whoever made it. */
	existed?: boolean;
	/** Milliseconds since 1970. */
	updatedAt?: number;
	/** What the task cost in the service's units, as the service writes it. */
	unitsDeducted?: string;
	/** The service's answer, untouched. */
	raw: Json;
	/** True when `raw` is of another shape than what the service answers about this task alone. */
	rawOfBatch?: boolean;
}

const SUCCEED_WORDS = new Set(['succeed', 'succeeded', 'success', 'completed']);
const FAILED_WORDS = new Set(['failed', 'failure', 'fail', 'error']);
const SUBMITTED_WORDS = new Set(['submitted', 'queued', 'not_start', 'pending']);

/** Maps a service's status word. A word we do not know means "still running": better to look again than to lose a paid task. */
export function toTaskStatus(word: unknown): TaskStatus {
	const text = typeof word === 'string' ? word.trim().toLowerCase() : '';
	if (SUCCEED_WORDS.has(text)) return 'succeed';
	if (FAILED_WORDS.has(text)) return 'failed';
	if (SUBMITTED_WORDS.has(text)) return 'submitted';
	return 'processing';
}

/** True when the task will not change any more. */
export function isFinal(task: Pick<Task, 'status'>): boolean {
	return task.status === 'succeed' || task.status === 'failed';
}
