import { resultsOf } from '../core/task';
import type { ResultType, Task } from '../core/task';

/** A file of a task: where it is, and what to call it. */
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
};

/** The types of result that are files, in the order of an item's binary fields, and what they usually are. */
const FILE_TYPES = {
	video: 'video/mp4',
	image: 'image/png',
	audio: 'audio/mpeg',
	/** The sample of a voice. */
	voice: 'audio/mpeg',
} as const satisfies Partial<Record<ResultType, string>>;

/**
 * The files of a finished task, in order: videos, then images, then sounds, then samples of voices.
 * Task `a/b` with one video has `kling-a_b.mp4`; with two, `kling-a_b-1.mp4` and `kling-a_b-2.mp4`.
 */
export function filesOf(task: Pick<Task, 'id' | 'results'>): ResultFile[] {
	const name = `kling-${task.id.replace(/[^\w-]+/g, '_')}`;
	const types = Object.keys(FILE_TYPES) as Array<keyof typeof FILE_TYPES>;
	return types.flatMap((type) => {
		const mimeType = FILE_TYPES[type];
		const urls = resultsOf(task, type).flatMap(({ url }) => url ?? []);
		return urls.map((url, index) => {
			const fileName = urls.length > 1 ? `${name}-${index + 1}` : name;
			return { url, fileName: `${fileName}.${EXTENSIONS[mimeType]}`, mimeType };
		});
	});
}

/** The name of a file that turned out to be of the given type: `kling-1.png` becomes `kling-1.jpg` for `image/jpeg`. */
export function fileNameAs(mimeType: string, { fileName }: Pick<ResultFile, 'fileName'>): string {
	const extension = EXTENSIONS[mimeType];
	return extension ? fileName.replace(/\.\w+$/, `.${extension}`) : fileName;
}
