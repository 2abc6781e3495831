import type { Task } from './tasks';
import type { Answer, ApiRequest } from './types';
import type { Refusal } from './refusal';

/** One dialect on one port. */
export interface Service {
	/** Answers a request; throws a Refusal for one that is turned down. */
	answer(request: ApiRequest): Answer | Promise<Answer>;
	/** A refusal in the service's own shape. */
	refuse(refusal: Refusal): Answer;
	/** Body of the callback that tells the task's status now; undefined: none for this status. */
	callbackBody(task: Task): Record<string, unknown> | undefined;
}
