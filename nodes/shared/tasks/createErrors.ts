/** How a create, and a call that costs money, fails; which one when, see the table in createOnce.ts and payOnce.ts. */
import { KlingError } from '../core/errors';
import type { GenerationRequest } from '../core/requests';
import type { CallName, Provider } from '../providers';
import { callTitle } from '../providers/calls';
import { canFindByName, findsByName } from '../providers/codec';

/** Where a person finds out whether there is a task. */
function whereToLook(provider: Provider, request: GenerationRequest): string {
	const { list, externalIds } = provider;
	const { external_task_id: externalId } = request;
	if (externalId && canFindByName(provider, request)) {
		const byId = `Task → Get with the External Task ID ${externalId}`;
		// A relay that does not pass the id on finds nothing by it, whether there is a task or not.
		return externalIds?.unique && findsByName(provider, request)
			? byId
			: `${byId}, and the console of the service`;
	}
	return list ? 'Task → Get Many, or the console of the service' : 'the console of the service';
}

/** Nobody knows whether a task was made: `error`, and how to find out. */
export function ambiguousCreate(
	provider: Provider,
	request: GenerationRequest,
	error: KlingError,
): KlingError {
	const where = whereToLook(provider, request);
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

/** An earlier create was ambiguous, and a second one could make a second task. `hasOtherKey`: it was sent with another key. */
export function notSentAgain(
	provider: Provider,
	request: GenerationRequest,
	{ hasOtherKey = false } = {},
): KlingError {
	const where = `${whereToLook(provider, request)}${hasOtherKey ? '; with the key that the credential had then' : ''}`;
	return new KlingError(
		'unreachable',
		'Not sent again, because the first try ended without a clear answer',
		{
			maybeCreated: true,
			advice: `The task may have been made and charged. Look it up (${where}); if there is none, run the workflow anew`,
		},
	);
}

/** Nobody knows whether a call that costs money was worked on: `error`, and what that means. */
export function unclearCall(name: CallName, error: KlingError): KlingError {
	const { advice } = error.details;
	const warning = `The service may have charged for ${callTitle(name)} although no clear answer arrived. It was not sent again: look at the console of the service before you run this anew`;
	return error.with({
		advice: advice ? `${advice}. ${warning}` : warning,
		maybeCreated: true,
		retryable: false,
		busy: false,
	});
}

/** An earlier call that costs money had no clear answer, and a second one could be charged again. `said`: what came of it. */
export function callNotSentAgain(name: CallName, said: string | undefined): KlingError {
	return new KlingError(
		'unreachable',
		`Not sent again, because the first try of ${callTitle(name)} ended without a clear answer`,
		{
			maybeCreated: true,
			firstAnswer: said,
			advice:
				'It may have been charged: look at the console of the service, and then run the workflow anew instead of retrying this execution',
		},
	);
}

const NOTHING_CHARGED = 'Nothing was charged for this item';

const IS_KEPT =
	'It is kept, so that Retry On Fail and a retry of this execution do not pay for it again';

function withPaid(error: KlingError, by: string, paid: readonly string[]): KlingError {
	const told = `${by}: ${paid.join(' and ')}. ${IS_KEPT}`;
	const { advice = NOTHING_CHARGED } = error.details;
	return error.with({ advice: advice === NOTHING_CHARGED ? told : `${advice}. ${told}` });
}

/** What went wrong after some calls were paid: `paid` says in words what they have brought. */
export function afterPaying(error: KlingError, paid: readonly string[]): KlingError {
	return paid.length === 0 ? error : withPaid(error, 'Paid already', paid).with({ paid });
}

/** What ends the node, after calls were paid for other items: `paid` says what they have brought, and for which. */
export function othersPaid(error: KlingError, paid: readonly string[]): KlingError {
	return paid.length === 0 ? error : withPaid(error, 'Other items have paid', paid);
}

/** The External Task ID belongs to another task, so nothing was made; that task is not the one that was asked for. */
export function externalIdTaken(
	provider: Provider,
	request: GenerationRequest,
	error: KlingError,
): KlingError {
	const { taskId: _taskId, ...details } = error.details;
	const orReuse = findsByName(provider, request)
		? ', or turn on Reuse Existing Task to get that task instead of a new one'
		: '';
	return new KlingError(error.kind, error.message, {
		...details,
		maybeCreated: false,
		advice: `A task with this External Task ID exists: give another one${orReuse}`,
	});
}

/** What is found wrong before a request leaves, unless the error says otherwise. */
const NEVER_SENT = new Set<KlingError['kind']>(['invalidInput', 'notOffered']);

/** Whether something may have been made and charged. */
export function mayBeMade({ kind, details }: KlingError): boolean {
	return details.maybeCreated ?? !NEVER_SENT.has(kind);
}

const STOPPED = 'Stopped before this item was submitted';

/** Nothing was sent: a person stopped the run, or what `why` says. */
export function notSubmitted(why = STOPPED): KlingError {
	return new KlingError('stopped', why, {
		maybeCreated: false,
		advice: NOTHING_CHARGED,
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
