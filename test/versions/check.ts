import { olderThan } from './order';
import type { EnvironmentPool } from '../e2e/faults/environment';
import type { RestartableHost } from '../e2e/faults/restartableHost';
import type { TITLES } from '../e2e/world';

/** Credentials by the words for them in the names of checks; the titles are those of the end-to-end tests. */
export const TITLE = {
	official: 'Kling official, global, API key',
	'official, key pair': 'Kling official, global, access key and secret key',
	'Ace Data Cloud': 'Ace Data Cloud',
} as const satisfies Record<string, (typeof TITLES)[number]>;

export type Account = keyof typeof TITLE;

/** The n8n that is looked at, and what leads to simulated services. */
export interface Under {
	host: RestartableHost;
	environments: EnvironmentPool;
}

/** What an n8n is known to do otherwise: that is what has to happen there. */
export interface Older<Started> {
	/** The first version that does as the check says. */
	than: string;
	/** A footnote of the table: what a user has to know. */
	note: string;
	run: (under: Under, started: Started) => Promise<void>;
}

/** One row of the table: throws when it is not so. */
export interface Check {
	name: string;
	run: (under: Under) => Promise<void>;
}

/** One about an n8n that is killed by SIGKILL and started again between `start` and `run`. */
export interface CrashCheck<Started = unknown> {
	name: string;
	start: (under: Under) => Promise<Started>;
	run: (under: Under, started: Started) => Promise<void>;
	older?: Older<Started>;
}

/** Checks with results of different types, in one list. */
export function crashCheck<Started>(check: CrashCheck<Started>): CrashCheck {
	return check as CrashCheck;
}

/** The footnote that goes with a check at this version of n8n. */
export function noteOf(check: Check | CrashCheck, version: string): string | undefined {
	const older = 'older' in check ? check.older : undefined;
	return older && olderThan(version, older.than) ? older.note : undefined;
}
