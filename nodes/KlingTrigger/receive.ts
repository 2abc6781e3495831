import type { IWebhookFunctions } from 'n8n-workflow';

import { toKlingError } from '../shared/core/errors';
import { toMessage } from '../shared/core/explain';
import type { Task } from '../shared/core/task';
import type { Provider } from '../shared/providers';
import { makesKind } from '../shared/providers/offers';
import { claimedTask, confirmCall } from './confirm';
import { BEING_HANDLED, startOnce } from './dedupe/startOnce';
import { openDedupeStore } from './dedupe/store';
import { logRejection } from './logRejection';
import { readSettings } from './parameters';
import type { TriggerSettings } from './parameters';
import { Rejection } from './request/rejection';
import { verifyCall } from './request/verify';

/** The task to start with, a rejection, or nothing where the call is in order but starts nothing. */
export type Decision = Task | Rejection | undefined;

const NOTHING = undefined;

function isWanted({ isTest, events }: TriggerSettings, { status }: Task): boolean {
	return isTest || events.has(status);
}

function isOfKind({ isTest, kinds }: TriggerSettings, { kind }: Task, at: Provider): boolean {
	if (isTest || kinds.size === 0) return true;
	return kind !== undefined && [...kinds].some((chosen) => makesKind(at, chosen, kind));
}

/** Step by step: is the call genuine, is it wanted, is it new, is it true, and is the task itself wanted and new. */
async function decide(context: IWebhookFunctions): Promise<Decision> {
	const settings = readSettings(context);
	const call = await verifyCall(context, settings);
	if (call instanceof Rejection) return call;
	const { session, claim, messageId } = call;

	// With a status that nobody can read, only the service can say whether the task is wanted and new.
	const onlyApiKnows = claim.statusUnknown === true && settings.confirm;
	if (!onlyApiKnows && !isWanted(settings, claim)) return NOTHING;

	// A test event is shown as often as it comes.
	const store = settings.isTest ? undefined : openDedupeStore(context);
	if (store) {
		if (!(await store.whenSettled(claim, messageId))) return BEING_HANDLED;
		if (store.hasMessage(messageId)) return new Rejection(409, 'This message came before');
		if (!onlyApiKnows && store.hasStarted(claim)) return NOTHING;
	}

	const task = settings.confirm ? await confirmCall(call, settings) : claimedTask(call);
	if (task instanceof Rejection) return task;
	if (!isWanted(settings, task) || !isOfKind(settings, task, session.provider)) return NOTHING;

	return store ? await startOnce(context, store, task, messageId) : task;
}

/**
 * Decides about one call to the trigger. Never throws: what goes wrong on our side is written to n8n's log, and the caller
 * is answered without details.
 */
export async function receive(context: IWebhookFunctions): Promise<Decision> {
	try {
		const decision = await decide(context);
		if (decision instanceof Rejection) logRejection(context, decision);
		return decision;
	} catch (thrown) {
		// An incomplete credential, or n8n cannot read it now. The texts of our own errors hold no secrets.
		const error = toKlingError(thrown);
		const { message, description } = toMessage(error);
		context.logger.error(`${context.getNode().name}: ${message}. ${description}`);
		return error.kind === 'invalidInput'
			? new Rejection(500, 'The trigger is not set up properly')
			: new Rejection(503, 'The call cannot be checked now. Please call again');
	}
}
