import type { SimulatorOptions } from '../../simulator';
import { isFull } from '../../depth';
import { TITLES } from '../world';
import type { Cell } from './cell';
import type { Mode } from './workflow';

export type Title = (typeof TITLES)[number];

/** The other way to sign; it finds many tasks in lists. */
export const KEY_PAIR = TITLES[1];
/** Each service once. */
export const SERVICES = TITLES.filter((title) => title !== KEY_PAIR);
/** Tells no status in words, but a verdict at the end. */
export const ACE = TITLES[3];
/** Official Kling: finds a task by an External Task ID, and refuses to make a second one under it. */
export const OFFICIAL = [TITLES[0], KEY_PAIR, TITLES[2]] as const;
/** Finds it, but might make a second one. */
export const FINDS = ['a relay'] as const;
/** Know no External Task ID. */
export const BLIND = ['Ace Data Cloud', 'OpenAI-HK', 'a new-api relay'] as const;

/** Something that goes wrong, at every service where it can. */
export interface Row {
	name: string;
	/** Default: each service once. */
	titles?: readonly Title[];
	/** Default: both. */
	modes?: readonly Mode[];
	/** For rows that need a simulator of their own; made when the row starts. */
	simulator?: () => SimulatorOptions;
	/** Keeps n8n so busy that only some of them may run at the same time. */
	heavy?: boolean;
	check: (cell: Cell) => Promise<void>;
}

const MODES: readonly Mode[] = ['poll', 'suspend'];
/** They speak differently; the others speak as official Kling does, and differ in what they know and how they answer. */
const ALWAYS: readonly Title[] = [TITLES[0], ACE];

/**
 * Where the row of this number is tried, in each of its modes: at official Kling, at Ace Data Cloud and, by turns, at one of
 * the others, so that every service meets a good part of the rows. The engine tests have all of them.
 */
export function placesFor(
	{ titles = SERVICES, modes = MODES }: Row,
	number: number,
): Array<{ title: Title; mode: Mode }> {
	const always = titles.filter((title) => ALWAYS.includes(title));
	const others = titles.filter((title) => !ALWAYS.includes(title));
	return modes.flatMap((mode, turn) => {
		const other = others[(number + turn) % Math.max(others.length, 1)];
		const chosen = isFull ? titles : [...always, ...(other ? [other] : [])];
		return chosen.map((title) => ({ title, mode }));
	});
}
