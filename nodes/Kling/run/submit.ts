import type { Kind } from '../../shared/core/kinds';
import { initialDelaySeconds } from '../../shared/core/models';
import { askedOf } from '../../shared/core/requests';
import type { GenerationRequest } from '../../shared/core/requests';
import type { Json } from '../../shared/core/json';
import { wasStruck } from '../../shared/core/quote';
import { redactJson } from '../../shared/credential/redact';
import { withAsked } from '../../shared/core/task';
import type { Asked } from '../../shared/core/task';
import { clock } from '../../shared/n8n/clock';
import type { OutputSettings } from '../../shared/n8n/outputParameters';
import type { Session } from '../../shared/n8n/session';
import type { Job } from '../../shared/tasks/job';
import { resultOfKind } from '../../shared/tasks/jobResult';
import type { JobResult } from '../../shared/tasks/jobResult';
import { hasUniqueName } from '../../shared/providers/codec';
import { runJobs } from '../../shared/tasks/runJobs';
import type { RunContext } from '../../shared/tasks/runJobs';
import type { WaitSettings } from '../parameters/waiting';
import type { ReadItem } from './readItems';
import { saidBy } from './results';
import type { KnownTask, TaskKey, TaskStore } from './taskStore';

/** How a run waits, and where the services call back when the execution is going to be suspended. */
export interface SubmitSettings {
	wait: WaitSettings;
	/** Undefined: this node polls, or nobody waits. */
	callbackUrl: string | undefined;
}

/** What all items of a run are submitted with. */
export interface SubmitContext extends SubmitSettings {
	session: Session;
	store: TaskStore;
}

/** An item that is submitted. Without its request: with pictures, thirty of them fill hundreds of megabytes. */
export interface SubmittedItem {
	itemIndex: number;
	kind: Kind;
	output: OutputSettings;
	asked: Asked;
	key: TaskKey;
	/** What an earlier try has left behind. */
	known?: KnownTask;
}

/** What came of an item that was submitted. */
export type SubmittedResult = SubmittedItem & JobResult;

/** The result of an item, whose task knows what it was asked for. */
export function submittedResult(
	{ provider }: Session,
	item: SubmittedItem,
	ended: JobResult,
): SubmittedResult {
	const { itemIndex, kind, output, asked, key, known } = item;
	const result = resultOfKind(provider, kind, ended);
	const told = result.ok ? { ...result, task: withAsked(result.task, asked) } : result;
	return { itemIndex, kind, output, asked, key, known, ...told };
}

/** Makes a task that can be found again, by a name of ours where the service takes names and the user gave none. */
function createJob(
	{ request, reuse, key }: ReadItem,
	{ session, store, wait, callbackUrl }: SubmitContext,
): Job {
	const { context, provider } = session;
	const isNamedByUs = provider.externalIds !== undefined && request.external_task_id === undefined;
	// An execution that crashed leaves no record, only the names; and not everybody may refuse a repeated name.
	const isLookedFor = isNamedByUs || !hasUniqueName(provider, request);
	const mayExist = reuse || (isLookedFor && context.getMode() === 'retry');
	const known = store.find(key);
	return {
		request: {
			...request,
			external_task_id: isNamedByUs ? store.externalTaskId(key) : request.external_task_id,
			callback_url: callbackUrl ?? request.callback_url,
		},
		initialDelayMs:
			wait.initialDelayMs ?? initialDelaySeconds(request.kind, request.model_name) * 1000,
		create: {
			reuse: reuse || isNamedByUs,
			isTaken: (id) => store.list().some(({ taskId }) => taskId === id),
			earlier: known?.state === 'sent' ? 'ambiguous' : mayExist ? 'possible' : 'none',
			hasOtherKey: known?.state === 'sent' && known.hasOtherKey,
		},
		kept: store.calls(key, saidBy(session)),
	};
}

/** What to do for an item: wait for the task that was paid for already, or make one. */
function jobFor(item: ReadItem, context: SubmitContext): Job {
	const known = context.store.find(item.key);
	if (known?.state !== 'made') return createJob(item, context);
	const { id, api, ownedByOtherExecution } = known;
	return { ref: { id, kind: item.kind, api }, initialDelayMs: 0, ownedByOtherExecution };
}

/** What a request asks for, as items show it: a person may have put a secret into the prompt. */
function askedFor(request: GenerationRequest, { secrets }: Session): Asked {
	return redactJson(askedOf(request) as Json, secrets) as Asked;
}

/** Takes all items out of the list. Afterwards only the jobs hold requests, and `runJobs` lets go of each once it is answered. */
export function takeJobs(
	accepted: ReadItem[],
	context: SubmitContext,
): { items: SubmittedItem[]; jobs: Job[] } {
	const jobs: Job[] = [];
	const items = accepted.splice(0).map((item): SubmittedItem => {
		const { itemIndex, kind, output, request, key } = item;
		const known = context.store.find(key);
		jobs.push(jobFor(item, context));
		return { itemIndex, kind, output, asked: askedFor(request, context.session), key, known };
	});
	return { items, jobs };
}

/** Keeps every state of a create the moment it is known. */
function saveTo(store: TaskStore, items: readonly SubmittedItem[]): RunContext['onTask'] {
	return (index, state, task) => {
		const key = items[index]?.key;
		if (!key) return;
		if (task) {
			const { id, api, reused = false } = task;
			store.save(key, { state: 'made', id, api, ownedByOtherExecution: reused });
		} else if (state === 'sent') store.save(key, { state });
		else if (state === 'refused') store.delete(key);
	};
}

/**
 * Keeps what the results tell: a failed task makes room for a new one, a task that an error names is as good as one that a
 * create was answered with, and what the service said to an unclear create is not forgotten.
 */
export function saveResults(
	session: Session,
	store: TaskStore,
	submitted: readonly SubmittedResult[],
): void {
	for (const result of submitted) {
		if (result.ok) continue;
		const { key, known, error, task } = result;
		const { taskId: id, api } = error.details;
		if (error.kind === 'taskFailed') {
			store.delete(key);
			continue;
		}
		const said = known ? undefined : saidBy(session)(error);
		if (!task && id && !wasStruck(id))
			store.save(key, { state: 'made', id, api, ownedByOtherExecution: false, said });
		else if (store.find(key)?.state === 'sent') store.save(key, { state: 'sent', said });
	}
}

/** Tells what the service said to the first, unclear create together with what came of it in the end. */
function withFirstAnswer(result: SubmittedResult): SubmittedResult {
	const { said, state } = result.known ?? {};
	if (result.ok || said === undefined) return result;
	const isUnclear = state === 'sent' || result.error.kind === 'notFound';
	return isUnclear ? { ...result, error: result.error.with({ firstAnswer: said }) } : result;
}

/**
 * Submits all items, empties their list, and waits as the settings say. One result per item, in order. Saves every task the
 * moment it is made. Never rejects.
 */
export function submit(accepted: ReadItem[], context: SubmitContext): Promise<SubmittedResult[]> {
	const { session, store, wait } = context;
	const { items, jobs } = takeJobs(accepted, context);
	const running = runJobs(jobs, wait, {
		client: session.client,
		clock,
		uploads: session.uploads,
		signal: session.signal,
		onTask: saveTo(store, items),
	});
	// Not async: an async function would keep the jobs, and so all requests, until the last task is over.
	return running.then((results) =>
		items.flatMap((item, index) => {
			const result = results[index];
			return result ? [withFirstAnswer(submittedResult(session, item, result))] : [];
		}),
	);
}
