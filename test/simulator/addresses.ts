import { makerOf } from './answered';
import { parseResultPath } from './links';
import { videoSeconds } from './records';
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

function ownLength(world: World, path: string): Length | undefined {
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
