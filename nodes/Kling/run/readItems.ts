import type { IDataObject } from 'n8n-workflow';

import { addCallbackParams } from '../../shared/core/callbackUrl';
import { KlingError, refuseParameter, toKlingError } from '../../shared/core/errors';
import { firstLookSeconds } from '../../shared/core/models';
import { checkRequest } from '../../shared/providers/checkRequest';
import { parseRequest } from '../../shared/core/requests';
import type { GenerationRequest } from '../../shared/core/requests';
import { hasCallback, withCallbacks } from '../../shared/core/requests/callbacks';
import type { Job } from '../../shared/tasks/job';
import { taskMemory } from './taskStore';
import type { TaskMemory } from './taskStore';
import type { GenerationOperation } from '../operations/types';
import { wantsExisting } from '../parameters/options';
import type { WaitSettings } from '../parameters/waiting';
import { isAgentTool } from '../../shared/n8n/agentTool';
import type { Session } from '../../shared/n8n/session';

const FIRST_RUN = 'klingFirstRun';

/** What one item asks for, checked. */
export interface Order {
	itemIndex: number;
	request: GenerationRequest;
	/** A task that exists under the user's External Task ID is as good as a new one. */
	reuse: boolean;
}

/** An item on its way, or refused before anything was sent. */
export type Prepared = Order | { itemIndex: number; error: KlingError };

/** The External Task ID that the user gave, in its option or among the additional fields. */
function ownExternalId({ external_task_id, extra }: GenerationRequest): unknown {
	return external_task_id ?? extra?.external_task_id;
}

/** A Kling Trigger of this n8n believes only calls that carry the token of the credential; nobody else is given it. */
function withTriggerToken(
	{ context, callbackToken: token }: Session,
	request: GenerationRequest,
): GenerationRequest {
	const { kind } = request;
	const own = resumeUrl(context);
	return withCallbacks(request, (address) => addCallbackParams(address, own, { token, kind }));
}

/** Reads and checks one item; never throws. `suspends` when the callback is needed to wake the execution. */
export async function prepare(
	session: Session,
	operation: GenerationOperation,
	itemIndex: number,
	suspends: boolean,
): Promise<Prepared> {
	const { provider, context } = session;
	try {
		const request = withTriggerToken(
			session,
			parseRequest(await operation.readRequest(session, itemIndex)),
		);
		checkRequest(provider, request);
		// Some things show only when the order is written down for the service.
		provider.encodeCreate(request);
		const reuse = wantsExisting(context, itemIndex);
		if (reuse && request.external_task_id === undefined) {
			refuseParameter('Reuse Existing Task', 'needs an External Task ID to find the task by');
		}
		if (suspends && hasCallback(request)) {
			refuseParameter(
				'Callback URL',
				'cannot be given together with Suspend Execution Until Callback, which needs the callback itself',
			);
		}
		return { itemIndex, request, reuse };
	} catch (thrown) {
		if (thrown instanceof KlingError) return { itemIndex, error: thrown };
		// Most likely an expression that cannot be worked out for this item.
		return { itemIndex, error: new KlingError('invalidInput', wordsOf(thrown)) };
	}
}

function wordsOf(thrown: unknown): string {
	return thrown instanceof Error ? thrown.message : toKlingError(thrown).message;
}

/**
 * Which run of the node this is, counted from the first that its context knows. In an execution that crashed, n8n notes a
 * run that never ended, and counts it when the execution is retried, while the context is as empty as it was before.
 */
function runOf(context: Session['context'], notes: IDataObject): number {
	const runIndex = Number(context.evaluateExpression('{{ $runIndex }}', 0));
	if (typeof notes[FIRST_RUN] !== 'number') notes[FIRST_RUN] = runIndex;
	return runIndex - notes[FIRST_RUN];
}

/** The memory of this run of the node. */
export function openMemory({ context, serviceKey }: Session): TaskMemory {
	// Every try of a tool counts as a run of its own, and shall still find what the one before has paid for.
	const notes = context.getContext('node');
	return taskMemory(notes, {
		run: isAgentTool(context) ? 'tool' : String(runOf(context, notes)),
		serviceKey,
		origin: [
			context.getInstanceId(),
			resumeToken(context) || context.getExecutionId(),
			context.getNode().id,
		],
		execution: context.getExecutionId(),
	});
}

/** What n8n draws for every execution anew, and keeps for another worker and for Retry; empty before n8n 2.16. */
function resumeToken(context: Session['context']): string {
	return new URL(resumeUrl(context)).search;
}

/** Where n8n takes calls for this execution. */
export function resumeUrl(context: Session['context']): string {
	return context.evaluateExpression('{{ $execution.resumeUrl }}', 0) as string;
}

/** What to do for an order: make a task that can be found again, or wait for the one that was paid for already. */
export function jobFor(
	{ itemIndex, request, reuse }: Order,
	memory: TaskMemory,
	{ context, provider }: Session,
	settings: WaitSettings,
	callbackUrl: string | undefined,
): Job {
	const paid = memory.recall(itemIndex, request);
	if (paid) return { ref: paid, firstLookMs: 0, ownedByOtherExecution: paid.elsewhere };
	const byModel = firstLookSeconds(request.kind, request.model_name) * 1000;
	const ours = provider.externalIds !== undefined && ownExternalId(request) === undefined;
	// Of an execution that crashed nothing is remembered but the names, and not every kind may refuse a repeated one.
	const mayExist = reuse || (ours && context.getMode() === 'retry');
	return {
		request: {
			...request,
			...(ours ? { external_task_id: memory.externalTaskId(itemIndex, request) } : {}),
			...(callbackUrl === undefined ? {} : { callback_url: callbackUrl }),
		},
		firstLookMs: settings.firstLookMs ?? byModel,
		create: {
			reuse: reuse || ours,
			earlier: memory.isDoubtful(itemIndex, request) ? 'ambiguous' : mayExist ? 'possible' : 'none',
		},
	};
}
