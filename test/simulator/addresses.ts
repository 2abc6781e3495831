import { makerOf } from './answered';
import { parseResultPath } from './links';
import { videoSeconds } from './records';
import { badValue } from './refusal';
import { soundSeconds } from './soundLength';
import { uploadIn } from './uploads';
import type { Upload } from './uploads';
import type { Length } from './validate/order';
import type { World } from './world';

const SECOND_MS = 1000;
/** `…/talk-12s.mp3`, `…/clip-4.5s` */
const NAMED_LENGTH = /-(\d+(?:\.\d+)?)s(?:\.\w+)?$/;

/**
 * Nothing is fetched: an address on the own CDN is that of a known result, and any other may tell its length in its name.
 * undefined when neither is so.
 */
export function lengthAt(world: World, url: string): Length | undefined {
	const { origin, pathname } = new URL(url);
	return origin === world.cdnUrl ? ownLength(world, pathname) : namedLength(pathname);
}

/** What was uploaded to an address; undefined for every other address. */
export function uploadedAt(world: World, url: string): Upload | undefined {
	const { origin, pathname } = new URL(url);
	return origin === world.cdnUrl ? world.uploads.get(uploadIn(pathname) ?? '') : undefined;
}

/** Of a sound that was uploaded, as its content tells it; a video has no length that anybody reads. */
function uploadedLength(world: World, name: string): Length | undefined {
	const upload = world.uploads.get(name);
	if (!upload) throw badValue(`File ${name} cannot be downloaded`);
	const seconds = soundSeconds(upload.bytes);
	return seconds === undefined
		? undefined
		: { seconds, ms: Math.ceil(Number((seconds * SECOND_MS).toFixed(3))) };
}

function ownLength(world: World, path: string): Length | undefined {
	const uploaded = uploadIn(path);
	if (uploaded !== undefined) return uploadedLength(world, uploaded);
	const name = parseResultPath(path);
	const maker = name && makerOf(world, name.taskId);
	if (!name || !maker) return undefined;
	const real = name.extension === 'mp4' ? videoSeconds(maker) : maker.seconds;
	return { seconds: maker.seconds, ms: Math.round(real * SECOND_MS) };
}

function namedLength(path: string): Length | undefined {
	const seconds = Number(NAMED_LENGTH.exec(path)?.[1] ?? Number.NaN);
	return Number.isNaN(seconds) ? undefined : { seconds, ms: Math.round(seconds * SECOND_MS) };
}
