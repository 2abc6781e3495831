import type { Task } from '../core/task';

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
	'image/png': 'png',
	'image/jpeg': 'jpg',
	'image/webp': 'webp',
};

function numbered(
	name: string,
	results: ReadonlyArray<{ url: string }>,
	mimeType: string,
): ResultFile[] {
	return results.map(({ url }, index) => {
		const fileName = results.length > 1 ? `${name}-${index + 1}` : name;
		return { url, fileName: `${fileName}.${EXTENSIONS[mimeType]}`, mimeType };
	});
}

/**
 * The files of a finished task, in order: videos, then images.
 * Task `a/b` with one video has `kling-a_b.mp4`; with two, `kling-a_b-1.mp4` and `kling-a_b-2.mp4`.
 */
export function filesOf({ id, videos, images }: Task): ResultFile[] {
	const name = `kling-${id.replace(/[^\w-]+/g, '_')}`;
	return [...numbered(name, videos, 'video/mp4'), ...numbered(name, images, 'image/png')];
}

/** The name of a file that turned out to be of the given type: `kling-1.png` becomes `kling-1.jpg` for `image/jpeg`. */
export function fileNameAs(mimeType: string, { fileName }: ResultFile): string {
	const extension = EXTENSIONS[mimeType];
	return extension ? fileName.replace(/\.\w+$/, `.${extension}`) : fileName;
}
