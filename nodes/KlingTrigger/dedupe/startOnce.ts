import type { IWebhookFunctions } from 'n8n-workflow';

import { Rejection } from '../request/rejection';
import type { Task } from '../../shared/core/task';
import type { DedupeStore } from './store';

export const BEING_HANDLED = new Rejection(
	503,
	'An equal call is being handled. Please call again',
);

/** What of n8n's answer is used. */
interface SentAnswer {
	statusCode: number;
	end(...args: unknown[]): unknown;
}

/**
 * n8n answers only after it has tried to store the execution, with an error where it could not. Learned from its wish to
 * answer, not from the answer being sent: a caller that has hung up is sent none.
 */
function whenAnswered(context: IWebhookFunctions, then: (started: boolean) => void): void {
	const answer = context.getResponseObject() as unknown as SentAnswer;
	const end = answer.end.bind(answer);
	answer.end = (...args) => {
		then(answer.statusCode < 400);
		return end(...args);
	};
}

/**
 * The task, for exactly one of equal calls that n8n could start something for; nothing for the others:
 *
 *     call 1          n8n                      call 2, the same     answer to call 2
 *     has the task    stores it, answers 200   comes after that     200, starts nothing
 *     has the task    stores it, answers 200   waited for that      200, starts nothing
 *     has the task    fails, answers 500       waited for that      has the task, and starts
 *     has the task    takes more than 20 s     gives up waiting     503, may come again
 */
export async function startOnce(
	context: IWebhookFunctions,
	store: DedupeStore,
	task: Task,
	messageId: string | undefined,
): Promise<Task | Rejection | undefined> {
	// `begin` checks and notes without waiting in between, so that of two equal calls at the same time one gets through.
	let settle = store.begin(task, messageId);
	if (!settle && (await store.whenSettled(task))) settle = store.begin(task, messageId);
	if (!settle) return store.hasStarted(task) ? undefined : BEING_HANDLED;
	whenAnswered(context, settle);
	return task;
}
