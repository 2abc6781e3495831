import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { limiterOf } from '../../shared/core/limiter';
import type { Limiter } from '../../shared/core/limiter';
import { lruOf } from '../../shared/core/lru';
import { clock } from '../../shared/n8n/clock';
import { connect, readSecrets } from '../../shared/n8n/session';
import type { StoredRecord } from '../../shared/core/storedRecord';
import { checkUntilClear, nothingKnown } from './checkAll';
import type { KnownResults } from './checkAll';
import { deliverSuspended } from './deliver';
import { readSuspendedRun } from './state';
import type { SuspendedRun } from './state';

/** A suspended run as this process knows it. Nothing but the order of its calls depends on it; the rest saves requests. */
interface KnownRun extends KnownResults {
	calls: Limiter;
	/** When the run was handed to n8n, in ms. */
	resumedAt?: number;
}

const MOST_RUNS = 1000;
/** By then n8n has taken the run over, and refuses further calls itself. */
const TAKEN_OVER_MS = 60_000;

const knownRunOf = lruOf<KnownRun>(
	MOST_RUNS,
	() => ({ ...nothingKnown(), calls: limiterOf(1) }),
	({ calls }) => calls.count > 0,
);

/** What is needed of the response of n8n's web server; its own type comes from a library that this package does not have. */
interface Response {
	headersSent: boolean;
	status(code: number): { end(): void };
}

/** n8n sends no answer of its own to what this returns. */
function answer(context: IWebhookFunctions, status: number): IWebhookResponseData {
	const response = context.getResponseObject() as Response;
	if (!response.headersSent) response.status(status).end();
	return { noWebhookResponse: true };
}

function executionIdOf(context: IWebhookFunctions): string {
	return context.evaluateExpression('{{ $execution.id }}', 0) as string;
}

/** Reads the node's context as n8n has stored it with the execution; a webhook has no `getContext`. */
function readRun(context: IWebhookFunctions): StoredRecord<SuspendedRun> {
	// "}}" in the name would end the expression.
	const name = JSON.stringify(context.getNode().name).replaceAll('}', '\\u007d');
	return readSuspendedRun(
		context.evaluateExpression(`{{ JSON.stringify($node[${name}].context) }}`, 0),
	);
}

/** Says in n8n's log why an execution does not go on, although it was called. The service may call again. */
function refuse(context: IWebhookFunctions, why: string): IWebhookResponseData {
	context.logger.warn(
		`${context.getNode().name} was called back for execution ${executionIdOf(context)}, but cannot read what that execution waits for: ${why}. It goes on when its time runs out, with the IDs of its tasks; fetch them with Task → Get.`,
	);
	return answer(context, 500);
}

function wasResumed({ resumedAt = -TAKEN_OVER_MS }: KnownRun): boolean {
	return clock.now() - resumedAt < TAKEN_OVER_MS;
}

/** Asks the service for the tasks, and hands the run to n8n if all of them have ended. */
async function handleCall(
	context: IWebhookFunctions,
	{ connection, items }: SuspendedRun,
	known: KnownRun,
): Promise<IWebhookResponseData> {
	if (wasResumed(known)) return answer(context, 200);
	// Where this fails, nothing could be struck out of what comes, though n8n may still be able to sign requests.
	const secrets = await readSecrets(context);
	const link = connect(context, connection, secrets);
	const refs = items.flatMap((item) => ('id' in item ? [item] : []));
	const posted = JSON.stringify(context.getBodyData());
	const isNamed = (id: string): boolean => posted.includes(id);
	// Not understood is not received: the service may call again. Whether it does or not, what is missing is looked for on.
	const askForAnother = () => answer(context, 503);
	const options = { client: link.client, clock, onMissing: askForAnother };
	const state = await checkUntilClear(refs, isNamed, known, options);
	if (state === 'running') return answer(context, 200);
	if (state !== 'ended') return askForAnother();
	// Downloads may take minutes, which no caller waits for.
	answer(context, 200);
	const workflowData = [await deliverSuspended({ ...link, secrets }, items, known.ended)];
	known.resumedAt = clock.now();
	known.ended.clear();
	known.missing.clear();
	return { noWebhookResponse: true, workflowData };
}

/**
 * What happens when a service calls a suspended execution. What the call says is not trusted: the service is asked for
 * the tasks, and only when all of them have ended does the execution go on. Never throws, because n8n would then go on with
 * an empty item and lose what the execution holds.
 */
export async function resume(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	try {
		const stored = readRun(context);
		if (stored.found === 'nothing') return refuse(context, 'there is no record of it');
		if (stored.found === 'unreadable') return refuse(context, stored.why);
		const run = stored.record;
		const ids = run.items.flatMap((item) => ('id' in item ? [item.id] : []));
		const known = knownRunOf([executionIdOf(context), context.getNode().id, ...ids].join(' '));
		// One call is handled, and one waits. That one asks for the tasks later than any other came.
		if (known.calls.count > 1) return answer(context, 200);
		return await known.calls.run(async () => await handleCall(context, run, known));
	} catch {
		return answer(context, 503);
	}
}
