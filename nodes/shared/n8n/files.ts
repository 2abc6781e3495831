import { resultsOf } from '../core/task';
import type { Result, ResultType, Task } from '../core/task';
import { SUBTITLE_TYPES } from './fileType';

/** A file that a service has made: where it is, and what to call it. */
export interface ResultFile {
	url: string;
	fileName: string;
	/** What it is expected to be; its host has the last word. */
	mimeType: string;
}

const EXTENSIONS: Readonly<Record<string, string>> = {
	'video/mp4': 'mp4',
	'video/quicktime': 'mov',
	'video/webm': 'webm',
	'image/avif': 'avif',
	'image/gif': 'gif',
	'image/heic': 'heic',
	'image/png': 'png',
	'image/jpeg': 'jpg',
	'image/webp': 'webp',
	'audio/mpeg': 'mp3',
	'audio/wav': 'wav',
	'audio/mp4': 'm4a',
	'audio/aac': 'aac',
	'audio/flac': 'flac',
	'audio/ogg': 'ogg',
	'audio/webm': 'weba',
	[SUBTITLE_TYPES.srt]: 'srt',
	[SUBTITLE_TYPES.ass]: 'ass',
};

/** The types of result that are files, in the order of an item's binary fields. */
const FILE_TYPES = [
	'video',
	'image',
	'audio',
	/** Its sample. */
	'voice',
	'subtitle',
] as const satisfies readonly ResultType[];

type FileResult = Extract<Result, { type: (typeof FILE_TYPES)[number] }>;

/** What the files of a type usually are. */
export const USUAL_TYPES = {
	video: 'video/mp4',
	image: 'image/png',
	audio: 'audio/mpeg',
	voice: 'audio/mpeg',
} as const;

function mimeTypeOf(result: FileResult): string {
	return result.type === 'subtitle' ? SUBTITLE_TYPES[result.format] : USUAL_TYPES[result.type];
}

/** A file by its name and its usual type: `part-face` with `image/png` has `kling-part-face.png`. */
export function resultFile(name: string, url: string, mimeType: string): ResultFile {
	const fileName = `kling-${name.replace(/[^\w-]+/g, '_')}.${EXTENSIONS[mimeType]}`;
	return { url, fileName, mimeType };
}

/**
 * The files of a finished task, in order: videos, then images, then sounds, then samples of voices, then subtitles.
 * Task `a/b` with one video has `kling-a_b.mp4`; with two, `kling-a_b-1.mp4` and `kling-a_b-2.mp4`.
 */
export function filesOf(task: Pick<Task, 'id' | 'results'>): ResultFile[] {
	return FILE_TYPES.flatMap((type) => {
		const files = resultsOf(task, type).flatMap((result) =>
			result.url === undefined ? [] : [{ url: result.url, mimeType: mimeTypeOf(result) }],
		);
		return files.map(({ url, mimeType }, index) => {
			const alike = files.filter((file) => file.mimeType === mimeType);
			const name = alike.length > 1 ? `${task.id}-${index + 1}` : task.id;
			return resultFile(name, url, mimeType);
		});
	});
}

/** The name of a file that turned out to be of the given type: `kling-1.png` becomes `kling-1.jpg` for `image/jpeg`. */
export function fileNameAs(mimeType: string, { fileName }: Pick<ResultFile, 'fileName'>): string {
	const extension = EXTENSIONS[mimeType];
	return extension ? fileName.replace(/\.\w+$/, `.${extension}`) : fileName;
}
