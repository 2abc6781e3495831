import { createHmac } from 'node:crypto';
import { assFile, imageFile, mp3File, srtFile, videoFile, wavFile, type FileSource } from './media';
import type { Task } from './tasks';

const SIGNING_KEY = 'simulator cdn';

export interface ResultFileName {
	/** Of the task, or of what a call answered at once has made. */
	taskId: string;
	index: number;
	watermark: boolean;
	extension: ResultExtension;
}

export type ResultExtension = 'mp4' | 'png' | 'mp3' | 'wav' | 'srt' | 'ass';

/** Path of a result file on the CDN, without the query that makes it valid. */
function resultPath(name: ResultFileName): string {
	const tail = name.watermark ? '-watermark' : '';
	return `/results/${name.taskId}/${name.index}${tail}.${name.extension}`;
}

export function parseResultPath(path: string): ResultFileName | undefined {
	const match = /^\/results\/([^/]+)\/(\d+)(-watermark)?\.(mp4|png|mp3|wav|srt|ass)$/.exec(path);
	if (!match?.[1]) return undefined;
	return {
		taskId: match[1],
		index: Number(match[2]),
		watermark: match[3] !== undefined,
		extension: match[4] as ResultExtension,
	};
}

/** The file behind a name; the same bytes each time. `seconds` is the length of a sound. */
export function resultFile(
	name: ResultFileName,
	{ videoPaddingBytes = 0, seconds = 5 } = {},
): FileSource {
	const mark = `kling-simulator task ${name.taskId} result ${name.index}${name.watermark ? ' watermark' : ''}`;
	switch (name.extension) {
		case 'png':
			return imageFile(mark);
		case 'mp3':
			return mp3File(mark, seconds);
		case 'wav':
			return wavFile(mark, seconds);
		case 'srt':
			return srtFile(mark);
		case 'ass':
			return assFile(mark);
		case 'mp4':
			return videoFile(mark, videoPaddingBytes);
	}
}

/** A link to a file that works until the given time (ms since 1970). */
export function fileUrl(cdnUrl: string, name: ResultFileName, expiresAt: number): string {
	const path = resultPath(name);
	const expires = String(Math.floor(expiresAt / 1000));
	return `${cdnUrl}${path}?expires=${expires}&sig=${signature(path, expires)}`;
}

/** @param now ms since 1970 */
export function isLinkValid(path: string, query: URLSearchParams, now: number): boolean {
	const expires = query.get('expires') ?? '';
	return query.get('sig') === signature(path, expires) && now < Number(expires) * 1000;
}

/** What a task's results are. */
export function mainExtension({ images, sound }: Pick<Task, 'images' | 'sound'>): ResultExtension {
	if (sound === 'alone') return 'mp3';
	return images > 0 ? 'png' : 'mp4';
}

/** Link to one result of a finished task. */
export function resultUrl(
	task: Task,
	index: number,
	options: {
		cdnUrl: string;
		lifetimeMs: number;
		watermark?: boolean;
		extension?: ResultExtension;
	},
): string {
	const name = {
		taskId: task.id,
		index,
		watermark: options.watermark ?? false,
		extension: options.extension ?? mainExtension(task),
	};
	return fileUrl(options.cdnUrl, name, task.endsAt + options.lifetimeMs);
}

function signature(path: string, expires: string): string {
	return createHmac('sha256', SIGNING_KEY).update(`${path}?${expires}`).digest('hex').slice(0, 32);
}
