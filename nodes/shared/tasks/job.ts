import type { CreateOptions } from './createOnce';
import type { TaskRef } from '../core/task';
import type { GenerationRequest } from '../core/requests';

/** One thing to be done and waited for: a request to submit, or a task that exists already. `firstLookMs` in ms. */
export type Job =
	| { request: GenerationRequest; firstLookMs: number; create?: CreateOptions }
	| {
			ref: TaskRef;
			firstLookMs: number;
			/** True: the service calls back another execution when the task is over, not this one. */
			ownedByOtherExecution?: boolean;
	  };

/** How a run waits, for all its jobs. */
export interface WaitOptions {
	/**
	 * When the loop is done: each task is handed out as soon as it was made (`created`), when the last one was made and only
	 * tasks run on whose calls come here (`allCreated`), or when all are over (`finished`).
	 */
	until: 'created' | 'allCreated' | 'finished';
	/** Tasks of this node that may run at the service at the same time. */
	maxParallel: number;
	/** How long from one look to the next; if not given, an eighth of what the task has taken so far (see pace.ts). */
	pollIntervalMs?: number;
	/** How long to wait for a task from its creation, and before that for a free slot while the service has none. */
	timeoutMs: number;
	/** True: a task that is still running at the time-out is an outcome, not an error. */
	unfinishedIsFine: boolean;
	/** True: after the first error nothing more is submitted, and waiting ends. */
	stopAtError: boolean;
}
