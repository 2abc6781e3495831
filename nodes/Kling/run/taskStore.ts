import { createHash } from 'crypto';
import type { IDataObject } from 'n8n-workflow';

import { stringifyJson } from '../../shared/core/json';
import type { TaskRef } from '../../shared/core/task';
import type { GenerationRequest } from '../../shared/core/requests';

const TASKS = 'klingTasks';
const ORDERS = 'klingOrders';
const BEGIN = 'klingBegin';
const EXECUTION = 'klingExecution';
const ELSEWHERE = 'klingElsewhere';
/** What stands in the place of a task id as long as nobody knows whether there is a task. */
const DOUBT = '';

/**
 * The paid tasks of one run of the node, kept in the node's context, which n8n stores with the execution.
 * When n8n runs the node again (Retry On Fail runs it for **all** items), they are picked up instead of paid for twice.
 */
export interface TaskMemory {
	/** `elsewhere`: another execution has ordered it, which Retry continues; its calls go there. */
	recall(
		itemIndex: number,
		request: GenerationRequest,
	): (TaskRef & { elsewhere: boolean }) | undefined;
	remember(itemIndex: number, request: GenerationRequest, taskId: string): void;
	/** Keeps that a create is under way, or that nobody knows what became of it: it must not be sent again. */
	doubt(itemIndex: number, request: GenerationRequest): void;
	isDoubtful(itemIndex: number, request: GenerationRequest): boolean;
	/** The tasks of this run that exist already. */
	known(): Array<{ itemIndex: number; taskId: string }>;
	/** For what was certainly not made, failed for good, or was handed out: the next try shall make a new one. */
	forget(itemIndex: number, request: GenerationRequest): void;
	/**
	 * The External Task ID for an item: the same whenever this order is tried again, be it by a worker that took the
	 * execution over and remembers nothing, or when n8n retries the execution under a new number. Another one as soon as a
	 * task was forgotten.
	 */
	externalTaskId(itemIndex: number, request: GenerationRequest): string;
}

/** Which run of which node this is. */
export interface RunIdentity {
	/** Tells the passes of a loop apart. */
	run: string;
	/** Names the service and its address, where alone a task id means something. */
	serviceKey: string;
	/**
	 * What makes this execution's node the only one of its kind, also for a Retry: the n8n, the execution's secret token, the
	 * node. Not the number of the execution, because Retry has another.
	 */
	origin: readonly string[];
	/** The number of the execution. */
	execution: string;
}

function objectAt(context: IDataObject, field: string): IDataObject {
	const stored = context[field];
	if (typeof stored === 'object' && stored !== null && !Array.isArray(stored)) {
		return stored as IDataObject;
	}
	const fresh: IDataObject = {};
	context[field] = fresh;
	return fresh;
}

function fingerprint(parts: readonly string[]): string {
	const hash = createHash('sha256');
	for (const part of parts) hash.update(`${part.length}:${part}`);
	return hash.digest('hex').slice(0, 16);
}

function isTask(entry: unknown): entry is string {
	return typeof entry === 'string' && entry !== DOUBT;
}

/** `context` is what `getContext('node')` returns. */
export function taskMemory(
	context: IDataObject,
	{ run, serviceKey, origin, execution }: RunIdentity,
): TaskMemory {
	/**
	 * What the names of these orders are made from. Kept, because an n8n that draws a new token for a Retry must not name
	 * anew what may have been made already.
	 */
	const begin = (): string => {
		const kept = context[BEGIN];
		if (typeof kept === 'string') return kept;
		return (context[BEGIN] = fingerprint(origin));
	};
	const tasks = () => objectAt(context, TASKS);
	/** Retry starts with a copy of what the failed execution knew, under a number of its own. */
	if (context[EXECUTION] !== undefined && context[EXECUTION] !== execution) {
		context[ELSEWHERE] = Object.values(tasks()).filter(isTask);
	}
	context[EXECUTION] = execution;
	const elsewhere: readonly unknown[] = Array.isArray(context[ELSEWHERE]) ? context[ELSEWHERE] : [];
	/** How often a place of this run has got a task and was done with it. Earlier runs are over, and loops would fill this. */
	const orders = (): IDataObject => {
		if (objectAt(context, ORDERS).run !== run) context[ORDERS] = { run };
		return objectAt(context, ORDERS);
	};
	const orderOf = (key: string): number => {
		const count = orders()[key];
		return typeof count === 'number' ? count : 0;
	};
	/** Pictures make requests long. */
	const prints = new WeakMap<GenerationRequest, string>();
	const printOf = (request: GenerationRequest): string => {
		const print = prints.get(request) ?? fingerprint([serviceKey, stringifyJson({ ...request })]);
		prints.set(request, print);
		return print;
	};
	const keyOf = (itemIndex: number, request: GenerationRequest): string =>
		`${run}:${itemIndex}:${printOf(request)}`;
	const note = (itemIndex: number, request: GenerationRequest, entry: string): void => {
		tasks()[keyOf(itemIndex, request)] = entry;
	};
	return {
		recall(itemIndex, request) {
			const entry = tasks()[keyOf(itemIndex, request)];
			if (!isTask(entry)) return undefined;
			return { id: entry, kind: request.kind, elsewhere: elsewhere.includes(entry) };
		},
		remember: note,
		doubt(itemIndex, request) {
			note(itemIndex, request, DOUBT);
		},
		isDoubtful: (itemIndex, request) => tasks()[keyOf(itemIndex, request)] === DOUBT,
		known: () =>
			Object.entries(tasks()).flatMap(([key, entry]) => {
				const [itsRun, itemIndex] = key.split(':');
				return itsRun === run && isTask(entry)
					? [{ itemIndex: Number(itemIndex), taskId: entry }]
					: [];
			}),
		forget(itemIndex, request) {
			const key = keyOf(itemIndex, request);
			const had = isTask(tasks()[key]);
			Reflect.deleteProperty(tasks(), key);
			// Without a task the External Task ID is not used up, and a worker that has died may have made one under it.
			if (had) orders()[key] = orderOf(key) + 1;
		},
		externalTaskId(itemIndex, request) {
			const key = keyOf(itemIndex, request);
			return `n8n-${itemIndex}-${fingerprint([begin(), key, String(orderOf(key))])}`;
		},
	};
}
