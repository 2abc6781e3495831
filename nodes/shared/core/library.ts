import type { Kind } from './kinds';
import type { LibraryResult, LibraryType, Task } from './task';

/** The library of an account: its elements and voices, and the presets of Kling that every account has. */

export type LibraryName = 'own' | 'presets';

export interface LibraryEntry {
	/** Absent as long as its task runs, and if that has failed. */
	result?: LibraryResult;
	/** The task that made it; presets may have none. */
	task?: Task;
	preset: boolean;
}

/** The kind of task that makes a member of the library. */
export const MADE_AS = {
	element: 'advanced-custom-elements',
	voice: 'custom-voices',
} as const satisfies Record<LibraryType, Kind>;

/** What a task has made for the library: one entry for each, and one without for a task that has nothing to show yet. */
export function entriesOf(task: Task, type: LibraryType, preset = false): LibraryEntry[] {
	const results = task.results.filter((result): result is LibraryResult => result.type === type);
	if (results.length === 0) return [{ task, preset }];
	return results.map((one) => ({ result: one, task, preset: one.preset ?? preset }));
}
