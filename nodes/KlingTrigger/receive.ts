import type { IWebhookFunctions } from 'n8n-workflow';

import { factsOf } from '../shared/callback/address';
import { readClaim } from '../shared/callback/body';
import { isWithin, MOST_LEVELS } from '../shared/callback/depth';
import { Refusal } from '../shared/callback/refusal';
import type { Headers } from '../shared/callback/signature';
import { admit, refuseUnproven } from '../shared/callback/trust';
import { clock } from '../shared/clock';
import { toKlingError } from '../shared/errors';
import { describe } from '../shared/explain';
import type { Json } from '../shared/json';
import type { Kind } from '../shared/kinds';
import { redact, redactJson } from '../shared/redact';
import { isFinal } from '../shared/task';
import type { Claim, Task } from '../shared/task';
import { openSession } from '../shared/session';
import type { Session } from '../shared/session';
import { confirmed } from './confirm';
import { readSettings } from './fields';
import type { TriggerSettings } from './fields';
import { openMemory } from './memory';
import { BEING_HANDLED, once } from './once';
import { readBody } from './readBody';
import { tellRefusal } from './tell';

/** The task to start with, a refusal, or nothing where the call is in order but starts nothing. */
export type Outcome = Task | Refusal | undefined;

const NOTHING = undefined;

function warn(
	context: IWebhookFunctions,
	session: Session<IWebhookFunctions>,
	thrown: unknown,
	id: string,
) {
	const { message, description } = describe(toKlingError(thrown).with({ taskId: id }));
	const text = redact(`${message}. ${description}`, session.secrets);
	context.logger.warn(`${context.getNode().name} could not confirm a callback: ${text}`);
}

const NO_SUCH_TASK = new Refusal(
	404,
	'There is no such task',
	'Choose the credential that the task was made with. If the relay calls with an ID that it does not know itself (new-api), switch Confirm With API off',
);

/** True for a claim that could not make anybody fetch or believe anything. */
function isOnlyBegun(claim: Task): boolean {
	return !isFinal(claim) && claim.videos.length === 0 && claim.images.length === 0;
}

/** The task to put out: what the service says about it, or what the call claims. */
async function believed(
	context: IWebhookFunctions,
	session: Session<IWebhookFunctions>,
	settings: TriggerSettings,
	claim: Claim,
	hint: Kind | undefined,
	isTest: boolean,
): Promise<Task | Refusal> {
	const asClaimed: Task = { ...claim, ...(claim.kind || !hint ? {} : { kind: hint }) };
	if (!settings.confirm) return asClaimed;
	try {
		return await confirmed(session, claim, hint, !isTest);
	} catch (thrown) {
		if (toKlingError(thrown).kind !== 'notFound') {
			warn(context, session, thrown, claim.id);
			return new Refusal(503, 'The task cannot be confirmed now. Please call again');
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
async function judge(context: IWebhookFunctions): Promise<Outcome> {
	const headers = context.getHeaderData() as Headers;
	const isTest = context.getMode() === 'manual';
	const settings = readSettings(context);
	const { token, kind: hint } = factsOf(context.getQueryData() as Record<string, unknown>);
	// Strangers shall cost nothing: neither a body to be read nor a credential to be decrypted.
	const unproven = refuseUnproven({ headers, token }, { ...settings, isTest });
	if (unproven) return unproven;
	const rawBody = await readBody(context);
	if (rawBody instanceof Refusal) return rawBody;
	const session = await openSession(context);
	const admitted = admit(
		{ headers, rawBody, token, receivedAt: clock.now() },
		{ ...settings, token: session.callbackToken, webhookSecret: session.webhookSecret, isTest },
	);
	if (admitted instanceof Refusal) return admitted;
	const claim = readClaim(session.provider, rawBody);
	if (claim instanceof Refusal) return claim;
	if (!isWithin(claim.raw, MOST_LEVELS)) return new Refusal(400, 'The body is nested too deeply');

	const isWanted = ({ status }: Task) => isTest || settings.events.has(status);
	// With a status that nobody can read, the service has to be asked.
	const onlyApiKnows = claim.statusUnknown === true && settings.confirm;
	if (!onlyApiKnows && !isWanted(claim)) return NOTHING;
	const memory = isTest ? undefined : openMemory(context);
	const { messageId } = admitted;
	if (memory && !(await memory.settled(claim, messageId))) return BEING_HANDLED;
	if (memory?.hasMessage(messageId)) return new Refusal(409, 'This message came before');
	if (!onlyApiKnows && memory?.hasSeen(claim)) return NOTHING;

	const task = await believed(context, session, settings, claim, hint, isTest);
	if (task instanceof Refusal) return task;
	const isOfKind =
		isTest || settings.kinds.size === 0 || (task.kind && settings.kinds.has(task.kind));
	if (!isWanted(task) || !isOfKind) return NOTHING;
	const clean = redactTask(task, session.secrets);
	return memory ? await once(context, memory, clean, messageId) : clean;
}

/**
 * One call to the trigger. A test event takes whatever comes from a caller to be believed, be it wanted and new or not.
 * Never throws: what goes wrong on our side is told to n8n's log, and to the caller without details.
 */
export async function receive(context: IWebhookFunctions): Promise<Outcome> {
	try {
		const outcome = await judge(context);
		if (outcome instanceof Refusal) tellRefusal(context, outcome);
		return outcome;
	} catch (thrown) {
		// An incomplete credential, or n8n cannot read it now. The texts of our own errors hold no secrets.
		const error = toKlingError(thrown);
		const { message, description } = describe(error);
		context.logger.error(`${context.getNode().name}: ${message}. ${description}`);
		return error.kind === 'invalidInput'
			? new Refusal(500, 'The trigger is not set up properly')
			: new Refusal(503, 'The call cannot be checked now. Please call again');
	}
}
