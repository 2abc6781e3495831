import type { INodeExecutionData, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { clock } from '../../shared/n8n/clock';
import { toKlingError } from '../../shared/core/errors';
import type { Kind } from '../../shared/core/kinds';
import { lruOf } from '../../shared/core/lru';
import type { JobResult } from '../../shared/tasks/jobResult';
import { checkAll } from './checkAll';
import type { KnownResults } from './checkAll';
import { failureItem, taskItem } from '../../shared/n8n/items';
import { readSuspendedRun } from './state';
import type { SuspendedRun, SuspendedItem } from './state';
import { connect, readSecrets } from '../../shared/n8n/session';
import type { ServiceConnection } from '../../shared/n8n/session';

/** A suspended run as this process has seen it; only saves requests, nothing depends on it. */
interface Seen extends KnownResults {
	/** The call that is being handled. */
	current?: Promise<unknown>;
	/** One call waits behind it, and will see all that has happened before it looks. */
	hasNext: boolean;
	/** When the run was handed to n8n, in ms. */
	resumedAt?: number;
}

const MOST_RUNS = 1000;
/** By then n8n has taken the run over, and refuses further calls itself. */
const TAKEN_OVER_MS = 60_000;

const seenOf = lruOf<Seen>(MOST_RUNS, () => ({
	over: new Map<string, JobResult>(),
	hasNext: false,
}));

/** What is needed of the response of n8n's web server; its own type comes from a library that this package does not have. */
interface Answer {
	headersSent: boolean;
	status(code: number): { end(): void };
}

/** n8n sends no answer of its own to what this returns. */
function answer(context: IWebhookFunctions, status: number): IWebhookResponseData {
	const response = context.getResponseObject() as Answer;
	if (!response.headersSent) response.status(status).end();
	return { noWebhookResponse: true };
}

/** The node's context, as n8n has stored it with the execution; `getContext` is not to be had here. */
function readRun(context: IWebhookFunctions): SuspendedRun | undefined {
	// "}}" in the name would end the expression.
	const name = JSON.stringify(context.getNode().name).replaceAll('}', '\\u007d');
	return readSuspendedRun(
		context.evaluateExpression(`{{ JSON.stringify($node[${name}].context) }}`, 0),
	);
}

function failureOf(place: SuspendedItem & { failed: unknown }): INodeExecutionData {
	return {
		json: place.failed as INodeExecutionData['json'],
		pairedItem: { item: place.itemIndex },
	};
}

/** True where nothing can go wrong any more, nor repeat what was sent, so that no secrets have to be read and struck out. */
function isPlain(place: SuspendedItem, over: ReadonlyMap<string, JobResult>): boolean {
	if ('failed' in place) return true;
	const { id, output } = place;
	const outcome = over.get(id);
	if (!outcome?.ok || !output.simplify || output.binaryField !== undefined) return false;
	return outcome.task.message === '';
}

/** One item per place, in order; n8n itself moves those that failed to the error output, if the node has one. */
async function deliverPlaces(
	link: ServiceConnection<IWebhookFunctions>,
	places: readonly SuspendedItem[],
	over: ReadonlyMap<string, JobResult>,
): Promise<INodeExecutionData[]> {
	const plain = places.every((place) => isPlain(place, over));
	const session = { ...link, secrets: plain ? [] : await readSecrets(link.context) };
	const items: INodeExecutionData[] = [];
	for (const place of places) {
		if ('failed' in place) {
			items.push(failureOf(place));
			continue;
		}
		const { itemIndex, id, output } = place;
		const kind = place.kind as Kind;
		const outcome = over.get(id);
		try {
			if (!outcome) throw new Error('The task is not known');
			if (!outcome.ok) throw outcome.error.with({ taskId: id });
			const delivery = { task: outcome.task, kind, itemIndex, timedOut: false, output };
			items.push(await taskItem(session, delivery));
		} catch (thrown) {
			const error = toKlingError(thrown).with({ taskId: id });
			items.push(failureItem(session, error, outcome?.task, itemIndex));
		}
	}
	return items;
}

function wasResumed({ resumedAt = -TAKEN_OVER_MS }: Seen): boolean {
	return clock.now() - resumedAt < TAKEN_OVER_MS;
}

async function handleCall(
	context: IWebhookFunctions,
	{ connection, places }: SuspendedRun,
	seen: Seen,
): Promise<IWebhookResponseData> {
	if (wasResumed(seen)) return answer(context, 200);
	const link = connect(context, connection);
	const refs = places.flatMap((place) =>
		'id' in place ? [{ id: place.id, kind: place.kind as Kind }] : [],
	);
	const posted = JSON.stringify(context.getBodyData());
	const { client } = link;
	const state = await checkAll(refs, (id) => posted.includes(id), seen, { client, clock });
	// Not understood is not received: the service may call again.
	if (state !== 'over') return answer(context, state === 'running' ? 200 : 503);
	// Downloads may take minutes, which no caller waits for.
	answer(context, 200);
	const items = await deliverPlaces(link, places, seen.over);
	seen.resumedAt = clock.now();
	seen.over.clear();
	return { noWebhookResponse: true, workflowData: [items] };
}

/**
 * Handles calls for one run one after another, so that of many at the same time one resumes it. More than one never waits:
 * the one that does looks later than all that came meanwhile.
 */
async function inTurn(
	context: IWebhookFunctions,
	run: SuspendedRun,
	seen: Seen,
): Promise<IWebhookResponseData> {
	if (seen.current) {
		if (seen.hasNext) return answer(context, 200);
		seen.hasNext = true;
		await seen.current;
		seen.hasNext = false;
	}
	const call = handleCall(context, run, seen);
	const settled = call.then(
		() => undefined,
		() => undefined,
	);
	seen.current = settled;
	try {
		return await call;
	} finally {
		if (seen.current === settled) seen.current = undefined;
	}
}

/**
 * What happens when a service calls a suspended execution. The call itself is believed nothing: the service is asked for
 * the tasks, and only when all of them are over does the execution go on. Never throws, because n8n would then go on with
 * an empty item and lose what the execution holds.
 */
export async function resume(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	try {
		const run = readRun(context);
		if (!run) return answer(context, 200);
		const ids = run.places.flatMap((place) => ('id' in place ? [place.id] : []));
		const execution = context.evaluateExpression('{{ $execution.id }}', 0) as string;
		const seen = seenOf([execution, context.getNode().id, ...ids].join(' '));
		return await inTurn(context, run, seen);
	} catch {
		return answer(context, 503);
	}
}
