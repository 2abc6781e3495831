import type { IWebhookFunctions } from 'n8n-workflow';

import { readCallbackParams } from '../shared/core/callbackUrl';
import { readClaim } from './request/claim';
import { isWithin, MOST_LEVELS } from './request/depth';
import { Rejection } from './request/rejection';
import type { Headers } from './request/signature';
import { authenticate, rejectUnproven } from './request/authenticate';
import { clock } from '../shared/n8n/clock';
import { toKlingError } from '../shared/core/errors';
import { toMessage } from '../shared/core/explain';
import type { Json } from '../shared/core/json';
import type { Kind } from '../shared/core/kinds';
import { redact, redactJson } from '../shared/credential/redact';
import { isFinal } from '../shared/core/task';
import type { Claim, Task } from '../shared/core/task';
import { openSession } from '../shared/n8n/session';
import type { Session } from '../shared/n8n/session';
import { confirmTask } from './confirm';
import { readSettings } from './parameters';
import type { TriggerSettings } from './parameters';
import { openMemory } from './dedupe/store';
import { BEING_HANDLED, startOnce } from './dedupe/startOnce';
import { readBody } from './request/readBody';
import { logRejection } from './logRejection';

/** The task to start with, a refusal, or nothing where the call is in order but starts nothing. */
export type Decision = Task | Rejection | undefined;

const NOTHING = undefined;

function warn(
	context: IWebhookFunctions,
	session: Session<IWebhookFunctions>,
	thrown: unknown,
	id: string,
) {
	const { message, description } = toMessage(toKlingError(thrown).with({ taskId: id }));
	const text = redact(`${message}. ${description}`, session.secrets);
	context.logger.warn(`${context.getNode().name} could not confirm a callback: ${text}`);
}

const NO_SUCH_TASK = new Rejection(
	404,
	'There is no such task',
	'Choose the credential that the task was made with. If the relay calls with an ID that it does not know itself (new-api), switch Confirm With API off',
);

/** True for a claim that could not make anybody fetch or believe anything. */
function isOnlyBegun(claim: Task): boolean {
	return !isFinal(claim) && claim.results.length === 0;
}

/** The task to put out: what the service says about it, or what the call claims. */
async function believed(
	context: IWebhookFunctions,
	session: Session<IWebhookFunctions>,
	settings: TriggerSettings,
	claim: Claim,
	hint: Kind | undefined,
	isTest: boolean,
): Promise<Task | Rejection> {
	const asClaimed: Task = { ...claim, ...(claim.kind || !hint ? {} : { kind: hint }) };
	if (!settings.confirm) return asClaimed;
	try {
		return await confirmTask(session, claim, hint, !isTest);
	} catch (thrown) {
		if (toKlingError(thrown).kind !== 'notFound') {
			warn(context, session, thrown, claim.id);
			return new Rejection(503, 'The task cannot be confirmed now. Please call again');
		}
		// The test of the console speaks of a task that nobody has, and of nothing that it has made.
		return isTest && isOnlyBegun(claim) ? asClaimed : NO_SUCH_TASK;
	}
}

/** What n8n stores with the execution shall not hold the token that some services repeat in answers and reasons. */
function redactTask(task: Task, secrets: readonly string[]): Task {
	return redactJson(task as unknown as Json, secrets) as unknown as Task;
}

/** Step by step: who calls, what it says, whether that is true, and whether it is wanted and new. */
async function decide(context: IWebhookFunctions): Promise<Decision> {
	const headers = context.getHeaderData() as Headers;
	const isTest = context.getMode() === 'manual';
	const settings = readSettings(context);
	const { token, kind: hint } = readCallbackParams(
		context.getQueryData() as Record<string, unknown>,
	);
	// Strangers shall cost nothing: neither a body to be read nor a credential to be decrypted.
	const unproven = rejectUnproven({ headers, token }, { ...settings, isTest });
	if (unproven) return unproven;
	const rawBody = await readBody(context);
	if (rawBody instanceof Rejection) return rawBody;
	const session = await openSession(context);
	const admitted = authenticate(
		{ headers, rawBody, token, receivedAt: clock.now() },
		{ ...settings, token: session.callbackToken, webhookSecret: session.webhookSecret, isTest },
	);
	if (admitted instanceof Rejection) return admitted;
	const claim = readClaim(session.provider, rawBody);
	if (claim instanceof Rejection) return claim;
	if (!isWithin(claim.raw, MOST_LEVELS)) return new Rejection(400, 'The body is nested too deeply');

	const isWanted = ({ status }: Task) => isTest || settings.events.has(status);
	// With a status that nobody can read, the service has to be asked.
	const onlyApiKnows = claim.statusUnknown === true && settings.confirm;
	if (!onlyApiKnows && !isWanted(claim)) return NOTHING;
	const memory = isTest ? undefined : openMemory(context);
	const { messageId } = admitted;
	if (memory && !(await memory.settled(claim, messageId))) return BEING_HANDLED;
	if (memory?.hasMessage(messageId)) return new Rejection(409, 'This message came before');
	if (!onlyApiKnows && memory?.hasSeen(claim)) return NOTHING;

	const task = await believed(context, session, settings, claim, hint, isTest);
	if (task instanceof Rejection) return task;
	const isOfKind =
		isTest || settings.kinds.size === 0 || (task.kind && settings.kinds.has(task.kind));
	if (!isWanted(task) || !isOfKind) return NOTHING;
	const clean = redactTask(task, session.secrets);
	return memory ? await startOnce(context, memory, clean, messageId) : clean;
}

/**
 * One call to the trigger. A test event takes whatever comes from a caller to be believed, be it wanted and new or not.
 * Never throws: what goes wrong on our side is told to n8n's log, and to the caller without details.
 */
export async function receive(context: IWebhookFunctions): Promise<Decision> {
	try {
		const outcome = await decide(context);
		if (outcome instanceof Rejection) logRejection(context, outcome);
		return outcome;
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
