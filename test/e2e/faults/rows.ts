import type { SimulatorOptions } from '../../simulator';
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
