import type { Kind } from './kinds';
import type { KeptResult, KeptType, Task } from './task';

/** Elements and voices as they are kept: an account's own ones, and the presets of Kling that every account has. */

export type LibraryName = 'own' | 'presets';

export interface LibraryEntry {
	/** Absent as long as its task runs, and if that has failed. */
	kept?: KeptResult;
	/** The task that made it; presets may have none. */
	task?: Task;
	preset: boolean;
}

/** The kind of task that makes what is kept. */
export const MADE_AS = {
	element: 'advanced-custom-elements',
	voice: 'custom-voices',
} as const satisfies Record<KeptType, Kind>;

/** What a task has made, to be kept: one entry for each, and one without for a task that has nothing to show yet. */
export function entriesOf(task: Task, type: KeptType, preset = false): LibraryEntry[] {
	const kept = task.results.filter((result): result is KeptResult => result.type === type);
	if (kept.length === 0) return [{ task, preset }];
	return kept.map((one) => ({ kept: one, task, preset: one.preset ?? preset }));
}
