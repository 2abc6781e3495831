/** How a create fails; which one when, see the table in createOnce.ts. */
import { KlingError } from '../core/errors';
import type { GenerationRequest } from '../core/requests';
import type { Provider } from '../providers';

/** Where a person finds out whether there is a task. */
function whereToLook({ list, externalIds }: Provider, externalId: string | undefined): string {
	if (externalIds && externalId) {
		const byId = `Task → Get with the External Task ID ${externalId}`;
		// A relay that does not pass the id on finds nothing by it, whether there is a task or not.
		return externalIds.unique ? byId : `${byId}, and the console of the service`;
	}
	return list ? 'Task → Get Many, or the console of the service' : 'the console of the service';
}

/** Nobody knows whether a task was made: `error`, and how to find out. */
export function ambiguousCreate(
	provider: Provider,
	request: GenerationRequest,
	error: KlingError,
): KlingError {
	const where = whereToLook(provider, request.external_task_id);
	const warning = `The task may have been made and charged all the same: look it up (${where}) before you run this again`;
	const { advice } = error.details;
	return error.with({ advice: advice ? `${advice}. ${warning}` : warning, maybeCreated: true });
}

/** A task was made, and its ID held a secret of the credential, which was struck out: it cannot be asked for. */
export function idStruck(provider: Provider, request: GenerationRequest): KlingError {
	const why =
		'made the task an ID that holds a secret of the credential, so it cannot be asked for';
	return ambiguousCreate(
		provider,
		request,
		new KlingError('unreadable', `${provider.label} ${why}`, {
			advice: 'Tell whoever runs the service, and replace the key',
		}),
	);
}

/** An earlier create was ambiguous, and a second one could make a second task. */
export function notSentAgain(provider: Provider, request: GenerationRequest): KlingError {
	const where = whereToLook(provider, request.external_task_id);
	return new KlingError(
		'unreachable',
		'Not sent again, because the first try ended without a clear answer',
		{
			maybeCreated: true,
			advice: `The task may have been made and charged. Look it up (${where}); if there is none, run the workflow anew`,
		},
	);
}

/** The External Task ID belongs to another task. Nothing was made, if `error` says so. */
export function externalIdTaken(error: KlingError): KlingError {
	return error.with({
		advice:
			'A task with this External Task ID exists: give another one, or turn on Reuse Existing Task to get that task instead of a new one',
	});
}

const STOPPED = 'Stopped before this item was submitted';

/** Nothing was sent: a person stopped the run, or what `why` says. */
export function notSubmitted(why = STOPPED): KlingError {
	return new KlingError('stopped', why, {
		maybeCreated: false,
		advice: 'Nothing was charged for this item',
	});
}

/** A person stopped the run before anything was sent again, after an earlier create that was ambiguous. */
export function stoppedBeforeRepeat(provider: Provider, request: GenerationRequest): KlingError {
	return ambiguousCreate(provider, request, new KlingError('stopped', STOPPED));
}

/** The service could not be asked for the task, and nothing was sent. */
export function notAskable(error: KlingError): KlingError {
	return error.with({ maybeCreated: false });
}
