import type { CreateOptions } from './createOnce';
import type { KlingError } from '../core/errors';
import type { GenerationRequest } from '../core/requests';
import type { Task, TaskRef } from '../core/task';
import type { MissingResult } from './missingResult';
import type { KeptCalls } from './payOnce';

/** One thing to be done and waited for: a request to submit, or a task that exists already. `initialDelayMs` in ms. */
export type Job =
	| {
			request: GenerationRequest;
			initialDelayMs: number;
			create?: CreateOptions;
			/** What is kept of the calls that have to be paid before its create. */
			kept: KeptCalls;
	  }
	| {
			ref: TaskRef;
			initialDelayMs: number;
			/** True: the service calls back another execution when the task is over, not this one. */
			ownedByOtherExecution?: boolean;
	  };

/** How a run waits, for all its jobs. */
export interface WaitOptions {
	/** How long it waits; see the table in until.ts. */
	until: 'created' | 'allCreated' | 'finished';
	/** Tasks of this node that may run at the service at the same time. */
	maxParallel: number;
	/** From one check of a task to the next, in ms; if not given, an eighth of its running time (see backOff.ts). */
	pollIntervalMs?: number;
	/** How long to wait for a task from its creation, and before that for a free slot while the service has none; in ms. */
	timeoutMs: number;
	/** True: a task that is still running at the time-out is a result, not an error. */
	unfinishedIsFine: boolean;
	/** True: after the first error nothing more is submitted, and waiting ends. */
	stopAtError: boolean;
}

/** A task that is waited for, and what the checks found so far. Times in ms. */
export interface Watched {
	/** Of its job. */
	readonly index: number;
	readonly ref: TaskRef;
	readonly ownedByOtherExecution: boolean;
	readonly since: number;
	/** When it is checked for the last time. */
	readonly deadline: number;
	/** As it was found last. */
	task: Task;
	nextCheckAt: number;
	/** How often in a row the service did not know it. */
	timesNotFound: number;
	missing?: MissingResult;
	/** Why the last check failed; undefined when it did not. */
	lastError?: KlingError;
}
