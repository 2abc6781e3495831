import type { INodeExecutionData } from 'n8n-workflow';

import { clock } from '../../shared/clock';
import { KlingError, toKlingError } from '../../shared/errors';
import { firstLookSeconds } from '../../shared/models';
import { toNodeError } from '../../shared/output/nodeError';
import { checkPossible } from '../../shared/providers';
import { checkRequest } from '../../shared/requests';
import type { GenerationRequest } from '../../shared/requests';
import type { Job, Outcome } from '../../shared/wait/job';
import { taskMemory } from '../../shared/wait/memory';
import type { TaskMemory } from '../../shared/wait/memory';
import { runJobs } from '../../shared/wait/run';
import type { GenerationOperation } from '../actions/types';
import { readWaitSettings } from '../fields/outcome';
import type { WaitSettings } from '../fields/outcome';
import { deliverFailure, deliverTask, fatal } from './deliver';
import type { Session } from './session';

/** An item on its way: checked and with its request, or refused before anything was sent. */
type Prepared =
	| { itemIndex: number; request: GenerationRequest }
	| { itemIndex: number; error: KlingError };

function prepare(session: Session, operation: GenerationOperation, itemIndex: number): Prepared {
	const { context, provider } = session;
	try {
		const request = checkRequest(operation.readRequest(context, itemIndex, provider));
		checkPossible(provider, request);
		provider.encodeCreate(request);
		return { itemIndex, request };
	} catch (thrown) {
		if (!(thrown instanceof KlingError)) {
			throw toNodeError(context.getNode(), toKlingError(thrown), itemIndex, session.secrets);
		}
		return { itemIndex, error: thrown };
	}
}

function openMemory(session: Session): TaskMemory {
	const { context } = session;
	const runIndex: unknown = context.evaluateExpression('{{ $runIndex }}', 0);
	return taskMemory(context.getContext('node'), typeof runIndex === 'number' ? runIndex : 0);
}

function jobFor(
	request: GenerationRequest,
	itemIndex: number,
	memory: TaskMemory,
	settings: WaitSettings,
): Job {
	const paid = memory.recall(itemIndex, request);
	if (paid) return { ref: paid, firstLookMs: 0 };
	const byModel = firstLookSeconds(request.kind, request.model_name) * 1000;
	return { request, firstLookMs: settings.firstLookMs ?? byModel };
}

/**
 * Submits one task per item, waits for all of them together and delivers one item each, in order.
 * All items are checked before the first is sent.
 */
export async function generate(
	session: Session,
	operation: GenerationOperation,
): Promise<INodeExecutionData[]> {
	const { context, client, signal } = session;
	const settings = readWaitSettings(context);
	const prepared = context.getInputData().map((_, index) => prepare(session, operation, index));
	if (settings.stopAtError) {
		const refused = prepared.find((entry) => 'error' in entry);
		if (refused && 'error' in refused) throw nodeError(session, refused.error, refused.itemIndex);
	}

	const memory = openMemory(session);
	const valid = prepared.filter((entry) => 'request' in entry);
	const jobs = valid.map(({ itemIndex, request }) => jobFor(request, itemIndex, memory, settings));
	const outcomes = await runJobs(jobs, settings, {
		client,
		clock,
		signal,
		onCreated: (place, task) => {
			const entry = valid[place];
			if (entry) memory.remember(entry.itemIndex, entry.request, task.id);
		},
	});
	const byItem = new Map(valid.map(({ itemIndex }, place) => [itemIndex, outcomes[place]]));

	for (const [itemIndex, outcome] of byItem) {
		if (outcome && !outcome.ok && outcome.error.kind === 'taskFailed') memory.forget(itemIndex);
	}
	if (settings.stopAtError) failOnFirst(session, byItem);

	const items: INodeExecutionData[] = [];
	for (const entry of prepared) {
		const { itemIndex } = entry;
		if ('error' in entry) {
			items.push(deliverFailure(session, entry.error, undefined, itemIndex));
			continue;
		}
		const outcome = byItem.get(itemIndex);
		if (!outcome) continue;
		items.push(await deliverOutcome(session, entry.request, outcome, itemIndex, byItem));
	}
	if (items.every(({ error }) => error === undefined)) memory.clear();
	return items;
}

function nodeError(session: Session, error: KlingError, itemIndex: number) {
	return toNodeError(session.context.getNode(), error, itemIndex, session.secrets);
}

type OutcomeByItem = ReadonlyMap<number, Outcome | undefined>;

function otherTasks(byItem: OutcomeByItem, itemIndex: number) {
	return [...byItem].flatMap(([other, outcome]) =>
		other !== itemIndex && outcome?.task ? [{ itemIndex: other, taskId: outcome.task.id }] : [],
	);
}

/** Ends the node at the failure that caused the others to be abandoned, not at one of those. */
function failOnFirst(session: Session, byItem: OutcomeByItem): void {
	const failures = [...byItem].flatMap(([itemIndex, outcome]) =>
		outcome && !outcome.ok ? [{ itemIndex, error: outcome.error }] : [],
	);
	const cause = failures.find(({ error }) => error.kind !== 'stopped') ?? failures[0];
	if (!cause) return;
	const error = fatal(cause.error, otherTasks(byItem, cause.itemIndex));
	throw nodeError(session, error, cause.itemIndex);
}

async function deliverOutcome(
	session: Session,
	{ kind }: GenerationRequest,
	outcome: Outcome,
	itemIndex: number,
	byItem: OutcomeByItem,
): Promise<INodeExecutionData> {
	if (!outcome.ok) return deliverFailure(session, outcome.error, outcome.task, itemIndex);
	try {
		return await deliverTask(session, outcome.task, kind, itemIndex, outcome.timedOut);
	} catch (thrown) {
		const error = toKlingError(thrown);
		if (session.context.continueOnFail()) {
			return deliverFailure(session, error, outcome.task, itemIndex);
		}
		throw nodeError(session, fatal(error, otherTasks(byItem, itemIndex)), itemIndex);
	}
}
