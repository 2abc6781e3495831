import type { Task } from '../core/task';
import type { WaitOptions, Watched } from './job';
import { jobResultOf, timedOut } from './jobResult';
import type { JobResult } from './jobResult';

/** What is left to do in a run. */
interface Left {
	/** True when every request was submitted, or given up. */
	allSubmitted: boolean;
	/** The tasks that are waited for. */
	watched: readonly Watched[];
}

/** How one mode of waiting differs from the others. */
export interface Until {
	/** True: somebody waits for the end of the tasks, so one that failed is an error. */
	readonly awaitsEnd: boolean;
	/** The result of a task that was just made; undefined to go on watching it. */
	afterCreate(task: Task): JobResult | undefined;
	/** The result of a task that was checked and goes on; undefined to go on watching it. */
	afterCheck(entry: Watched, expired: boolean, options: WaitOptions): JobResult | undefined;
	/** Whether the run is done. What is watched then is handed out as it is. */
	isDone(left: Left): boolean;
}

function unfinished({ task }: Watched): JobResult {
	return { ok: true, task, timedOut: true };
}

function nothingLeft({ allSubmitted, watched }: Left): boolean {
	return allSubmitted && watched.length === 0;
}

/**
 * | `until`      | a task that was made | is checked, and goes on | at its deadline                    | the run is done when …                           |
 * | ------------ | -------------------- | ----------------------- | ---------------------------------- | ------------------------------------------------ |
 * | `created`    | is handed out        | is handed out           | –                                  | nothing is left                                  |
 * | `allCreated` | is watched           | is watched              | is handed out, `timedOut`          | all are made, and their calls come to this run   |
 * | `finished`   | is watched           | is watched              | error, or the same if that is fine | nothing is left                                  |
 */
export const UNTIL = {
	created: {
		awaitsEnd: false,
		afterCreate: (task) => jobResultOf(task, false),
		afterCheck: ({ task }) => jobResultOf(task, false),
		isDone: nothingLeft,
	},
	allCreated: {
		awaitsEnd: true,
		afterCreate: () => undefined,
		afterCheck: (entry, expired) => (expired ? unfinished(entry) : undefined),
		isDone: ({ allSubmitted, watched }) =>
			allSubmitted && watched.every(({ ownedByOtherExecution }) => !ownedByOtherExecution),
	},
	finished: {
		awaitsEnd: true,
		afterCreate: () => undefined,
		afterCheck(entry, expired, { unfinishedIsFine, timeoutMs }) {
			if (!expired) return undefined;
			if (unfinishedIsFine) return unfinished(entry);
			const { task, lastError } = entry;
			return { ok: false, error: timedOut(task, lastError, timeoutMs), task };
		},
		isDone: nothingLeft,
	},
} satisfies Record<WaitOptions['until'], Until>;
