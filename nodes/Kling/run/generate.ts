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
import { goesOnAfterFailure, isTool } from './role';
import type { Session } from './session';

/** An item on its way: checked and with its request, or refused before anything was sent. */
type Prepared =
	{ itemIndex: number; request: GenerationRequest } | { itemIndex: number; error: KlingError };

async function prepare(
	session: Session,
	operation: GenerationOperation,
	itemIndex: number,
): Promise<Prepared> {
	const { provider } = session;
	try {
		const request = checkRequest(await operation.readRequest(session, itemIndex));
		checkPossible(provider, request);
		provider.encodeCreate(request);
		return { itemIndex, request };
	} catch (thrown) {
		if (thrown instanceof KlingError) return { itemIndex, error: thrown };
		// Most likely an expression that cannot be worked out for this item.
		const message = thrown instanceof Error ? thrown.message : 'A parameter cannot be read';
		return { itemIndex, error: new KlingError('invalidInput', message) };
	}
}

function readSettings(session: Session): WaitSettings {
	try {
		return readWaitSettings(session.context);
	} catch (thrown) {
		throw nodeError(session, toKlingError(thrown), 0);
	}
}

function openMemory(session: Session): TaskMemory {
	const { context } = session;
	// Every try of a tool counts as a run of its own, and shall still find what the one before has paid for.
	const run: unknown = isTool(context) ? 'tool' : context.evaluateExpression('{{ $runIndex }}', 0);
	return taskMemory(context.getContext('node'), String(run), session.scope);
}

/** Refuses what an earlier try has sent without learning what became of it. */
function withoutDoubt(entry: Prepared, memory: TaskMemory): Prepared {
	const { itemIndex } = entry;
	if ('error' in entry || !memory.isDoubtful(itemIndex, entry.request)) return entry;
	const error = new KlingError(
		'unreachable',
		'Not sent again, because the first try ended without a clear answer',
		{
			maybeCreated: true,
			advice:
				'The task may have been made and charged. Look it up (Task → Get Many, or the console of the service); if there is none, run the workflow anew',
		},
	);
	return { itemIndex, error };
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
	const settings = readSettings(session);
	const memory = openMemory(session);
	const prepared: Prepared[] = [];
	for (const index of context.getInputData().keys()) {
		prepared.push(withoutDoubt(await prepare(session, operation, index), memory));
	}
	if (settings.stopAtError) {
		const refused = prepared.find((entry) => 'error' in entry);
		if (refused && 'error' in refused) {
			throw nodeError(session, fatal(refused.error, memory.known()), refused.itemIndex);
		}
	}

	const valid = prepared.filter((entry) => 'request' in entry);
	const jobs = valid.map(({ itemIndex, request }) => jobFor(request, itemIndex, memory, settings));
	const on = (
		place: number,
		act: (itemIndex: number, request: GenerationRequest) => void,
	): void => {
		const entry = valid[place];
		if (entry) act(entry.itemIndex, entry.request);
	};
	const outcomes = await runJobs(jobs, settings, {
		client,
		clock,
		signal,
		onSubmit: (place) => {
			on(place, (itemIndex, request) => {
				memory.doubt(itemIndex, request);
			});
		},
		onRefused: (place) => {
			on(place, (itemIndex, request) => {
				memory.forget(itemIndex, request);
			});
		},
		onCreated: (place, { id }) => {
			on(place, (itemIndex, request) => {
				memory.remember(itemIndex, request, id);
			});
		},
	});
	const byItem = new Map(valid.map(({ itemIndex }, place) => [itemIndex, outcomes[place]]));

	for (const { itemIndex, request } of valid) {
		const outcome = byItem.get(itemIndex);
		if (!outcome || outcome.ok) continue;
		const { kind, details } = outcome.error;
		if (kind === 'taskFailed') memory.forget(itemIndex, request);
		else if (!outcome.task && details.taskId) {
			memory.remember(itemIndex, request, details.taskId);
		}
	}
	if (settings.stopAtError) failOnFirst(session, byItem);

	const items: INodeExecutionData[] = [];
	let failures = prepared.length - valid.length;
	for (const entry of prepared) {
		const { itemIndex } = entry;
		if ('error' in entry) {
			items.push(deliverFailure(session, entry.error, undefined, itemIndex));
			continue;
		}
		const outcome = byItem.get(itemIndex);
		if (!outcome) continue;
		const delivery = await deliverOutcome(session, entry.request, outcome, itemIndex, byItem);
		if (!delivery.ok) failures += 1;
		items.push(delivery.item);
	}
	if (failures === 0) {
		for (const { itemIndex, request } of valid) memory.forget(itemIndex, request);
	}
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
): Promise<{ ok: boolean; item: INodeExecutionData }> {
	const { task } = outcome;
	if (!outcome.ok) {
		return { ok: false, item: deliverFailure(session, outcome.error, task, itemIndex) };
	}
	try {
		const item = await deliverTask(session, outcome.task, kind, itemIndex, outcome.timedOut);
		return { ok: true, item };
	} catch (thrown) {
		const error = toKlingError(thrown).with({ taskId: outcome.task.id });
		if (goesOnAfterFailure(session.context)) {
			return { ok: false, item: deliverFailure(session, error, task, itemIndex) };
		}
		throw nodeError(session, fatal(error, otherTasks(byItem, itemIndex)), itemIndex);
	}
}
