import { KlingError } from '../../shared/core/errors';
import { stringifyJson } from '../../shared/core/json';
import { isAgentTool } from '../../shared/n8n/agentTool';
import { resumeTokenOf } from '../../shared/n8n/host';
import type { Session } from '../../shared/n8n/session';
import type { KeptCalls } from '../../shared/tasks/payOnce';
import { forgetCalls, keptCallsIn } from './keptCalls';
import { fingerprint, newTaskRecord, readTaskRecord } from './taskRecord';
import type { StoredTask, TaskRecord } from './taskRecord';

/** The field of the node's context. */
const FIELD = 'kling';

/** What a task is kept under: the same for the same request of the same item, service and run. */
export interface TaskKey {
	readonly item: number;
	readonly print: string;
}

/** A task that was paid for. */
export interface Paid {
	itemIndex: number;
	taskId: string;
}

/** A create that is under way, or of which nobody knows what became: a paid task may exist. */
interface UnclearTask {
	state: 'sent';
	/** What the service answered to it, in brief and without secrets. */
	said?: string;
	/** It was sent with another key, so perhaps by another account, whose tasks this one does not know. */
	hasOtherKey?: boolean;
}

/** A task that exists. `ownedByOtherExecution`: this one did not order it, so its callbacks do not come here. */
interface MadeTask {
	state: 'made';
	id: string;
	/** Which API of the service made it. */
	api?: string;
	ownedByOtherExecution: boolean;
	/** As in `UnclearTask`, where only an unclear answer named the task. */
	said?: string;
}

export type KnownTask = UnclearTask | MadeTask;

/**
 * The paid tasks of one run of the node. When n8n runs the node again (Retry On Fail runs it for **all** items), they are
 * picked up instead of paid for twice.
 */
export interface TaskStore {
	/** Takes a while for long requests: to be asked for once per item. `asked`: a request, or the name and input of a call. */
	keyOf(item: number, asked: object): TaskKey;
	find(key: TaskKey): KnownTask | undefined;
	/** `sent` is saved before a create leaves, `made` as soon as the task's id is known. What was said first stays. */
	save(key: TaskKey, task: KnownTask): void;
	/** For what was certainly not made, or failed for good: the next try makes a new task. */
	delete(key: TaskKey): void;
	/** For what came out: the next try makes a new task, and pays anew for what that needs. */
	handedOut(key: TaskKey): void;
	/** What is kept of the calls that a request needs paid. `tell`: an error in brief, without secrets. */
	calls(key: TaskKey, tell: (error: KlingError) => string): KeptCalls;
	/** The tasks of this run that exist. */
	list(): Paid[];
	/** The create of an item in this run that ended without a clear answer, and the External Task ID that we gave it. */
	unclearOf(item: number): { said?: string; externalTaskId: string } | undefined;
	/**
	 * The External Task ID for a request, e.g. `n8n-0-8c0a11f2b3d4e5f6`: the same whenever it is tried again, be it by a worker
	 * that took the execution over and has no record, or when n8n retries the execution under a new number. Another one as
	 * soon as a task of it was deleted.
	 */
	externalTaskId(key: TaskKey): string;
}

/** Which run of which node this is. */
export interface RunIdentity {
	/** n8n's count of the runs of this node in this execution: tells the passes of a loop apart. */
	runIndex: number;
	/** Names the service and its address, where alone a task id means something. */
	serviceKey: string;
	/** Tells keys apart, and no secret: which of the accounts of the service this is, as far as we know. */
	account: string;
	/**
	 * What makes this execution's node the only one of its kind, also for a Retry: the n8n, the execution's secret token, the
	 * node. Not the number of the execution, because Retry has another.
	 */
	origin: readonly string[];
	/** The number of the execution. */
	execution: string;
}

/** Paying again for what cannot be read would be worse than not going on. */
function unreadable(why: string): KlingError {
	return new KlingError(
		'invalidInput',
		`The record of the tasks that this execution has paid for cannot be read (${why}), so nothing was sent`,
		{
			advice:
				'Look for its tasks with Task → Get Many or in the console of the service, and then run the workflow anew instead of retrying this execution',
		},
	);
}

/** The record in a node's context, begun where there is none. Throws `invalidInput` for one that cannot be read. */
function recordIn(context: Record<string, unknown>, identity: RunIdentity): TaskRecord {
	const stored = readTaskRecord(context[FIELD]);
	if (stored.found === 'record') return stored.record;
	if (stored.found === 'unreadable') throw unreadable(stored.why);
	const record = newTaskRecord(fingerprint(identity.origin), identity.runIndex);
	context[FIELD] = record;
	return record;
}

/** How often requests were made needs to be known for the newest run only; loops would fill the record. */
function dropDoneOfOtherRuns({ tasks }: TaskRecord, run: number): void {
	for (const [print, task] of Object.entries(tasks)) {
		if (task.state === 'done' && task.run !== run) Reflect.deleteProperty(tasks, print);
	}
}

class ContextTaskStore implements TaskStore {
	/**
	 * Which run this is, counted from the first that the record knows. In an execution that crashed, n8n notes a run that
	 * never ended, and counts it when the execution is retried, while the context is as empty as before.
	 */
	private readonly run: number;

	constructor(
		private readonly record: TaskRecord,
		private readonly identity: RunIdentity,
	) {
		this.run = identity.runIndex - record.firstRun;
		dropDoneOfOtherRuns(record, this.run);
	}

	keyOf(item: number, asked: object): TaskKey {
		const { serviceKey } = this.identity;
		const parts = [serviceKey, String(this.run), String(item), stringifyJson({ ...asked })];
		return { item, print: fingerprint(parts) };
	}

	find({ print }: TaskKey): KnownTask | undefined {
		const task: StoredTask | undefined = this.record.tasks[print];
		if (!task || task.state === 'done') return undefined;
		const { said } = task;
		if (task.state === 'sent') {
			const { account = this.identity.account } = task;
			const hasOtherKey = account !== this.identity.account;
			return { state: 'sent', said, ...(hasOtherKey && { hasOtherKey }) };
		}
		const ownedByOtherExecution = task.execution !== this.identity.execution;
		return { state: 'made', id: task.id, api: task.api, ownedByOtherExecution, said };
	}

	save(key: TaskKey, task: KnownTask): void {
		const said = this.find(key)?.said ?? task.said;
		const common = { item: key.item, run: this.run, attempt: this.attemptOf(key), said };
		this.record.tasks[key.print] =
			task.state === 'sent'
				? { state: 'sent', account: this.accountOf(key), ...common }
				: { ...this.madeTask(task), ...common };
	}

	delete(key: TaskKey): void {
		const { tasks } = this.record;
		// Without a task the External Task ID is not used up, and a worker that died may have made one under it.
		const attempt = this.attemptOf(key) + (tasks[key.print]?.state === 'made' ? 1 : 0);
		if (attempt === 0) Reflect.deleteProperty(tasks, key.print);
		else tasks[key.print] = { state: 'done', item: key.item, run: this.run, attempt };
	}

	handedOut(key: TaskKey): void {
		this.delete(key);
		forgetCalls(this.record, key);
	}

	calls(key: TaskKey, tell: (error: KlingError) => string): KeptCalls {
		const { serviceKey } = this.identity;
		return keptCallsIn(this.record, { key, run: this.run, serviceKey }, tell);
	}

	list(): Paid[] {
		return Object.values(this.record.tasks).flatMap((task) =>
			task.state === 'made' && task.run === this.run
				? [{ itemIndex: task.item, taskId: task.id }]
				: [],
		);
	}

	unclearOf(item: number): { said?: string; externalTaskId: string } | undefined {
		const found = Object.entries(this.record.tasks).find(
			([, task]) => task.state === 'sent' && task.item === item && task.run === this.run,
		);
		if (!found) return undefined;
		const key = { item, print: found[0] };
		return { said: this.find(key)?.said, externalTaskId: this.externalTaskId(key) };
	}

	externalTaskId(key: TaskKey): string {
		const parts = [this.record.origin, key.print, String(this.attemptOf(key))];
		return `n8n-${key.item}-${fingerprint(parts)}`;
	}

	private madeTask({ state, id, api, ownedByOtherExecution }: MadeTask) {
		return {
			state,
			id,
			api,
			execution: ownedByOtherExecution ? undefined : this.identity.execution,
		};
	}

	/** Whose key a create was sent with first. */
	private accountOf({ print }: TaskKey): string {
		const earlier = this.record.tasks[print];
		return (earlier?.state === 'sent' && earlier.account) || this.identity.account;
	}

	private attemptOf({ print }: TaskKey): number {
		return this.record.tasks[print]?.attempt ?? 0;
	}
}

/**
 * The store that lies in `context`, which is what `getContext('node')` returns.
 * Throws `invalidInput` when what lies there cannot be read.
 */
export function taskStoreIn(context: Record<string, unknown>, identity: RunIdentity): TaskStore {
	return new ContextTaskStore(recordIn(context, identity), identity);
}

/** n8n's count of the runs of this node. Every call of a tool counts as one, yet must find what the one before has paid for. */
function runIndexOf(context: Session['context']): number {
	return isAgentTool(context) ? 0 : Number(context.evaluateExpression('{{ $runIndex }}', 0));
}

/** The paid tasks of this run of the node. Throws `invalidInput` when the record of them cannot be read. */
export function openTaskStore({ context, serviceKey, account }: Session): TaskStore {
	const execution = context.getExecutionId();
	return taskStoreIn(context.getContext('node'), {
		runIndex: runIndexOf(context),
		serviceKey,
		account: fingerprint([account]),
		origin: [context.getInstanceId(), resumeTokenOf(context) || execution, context.getNode().id],
		execution,
	});
}
