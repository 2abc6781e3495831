import { createHash } from 'crypto';
import type { IDataObject } from 'n8n-workflow';

import { stringifyJson } from '../json';
import type { TaskRef } from '../providers';
import type { GenerationRequest } from '../requests';

const FIELD = 'klingTasks';
/** What stands in the place of a task id as long as nobody knows whether there is a task. */
const DOUBT = '';

/**
 * The paid tasks of one run of the node, kept in the node's context, which n8n stores with the execution.
 * When n8n runs the node again (Retry On Fail runs it for **all** items), they are picked up instead of paid for twice.
 */
export interface TaskMemory {
	recall(itemIndex: number, request: GenerationRequest): TaskRef | undefined;
	remember(itemIndex: number, request: GenerationRequest, taskId: string): void;
	/** Keeps that a create is under way, or that nobody knows what became of it: it must not be sent again. */
	doubt(itemIndex: number, request: GenerationRequest): void;
	isDoubtful(itemIndex: number, request: GenerationRequest): boolean;
	/** The tasks of this run that exist already. */
	known(): Array<{ itemIndex: number; taskId: string }>;
	/** For what was certainly not made, failed for good, or was handed out: the next try shall make a new one. */
	forget(itemIndex: number, request: GenerationRequest): void;
}

/**
 * `context` is what `getContext('node')` returns; `run` tells the passes of a loop apart;
 * `scope` names the service and its address, where alone a task id means something.
 */
export function taskMemory(context: IDataObject, run: string, scope: string): TaskMemory {
	const all = (): IDataObject => {
		const stored = context[FIELD];
		if (typeof stored === 'object' && stored !== null && !Array.isArray(stored)) {
			return stored as IDataObject;
		}
		const fresh: IDataObject = {};
		context[FIELD] = fresh;
		return fresh;
	};
	const keyOf = (itemIndex: number, request: GenerationRequest): string => {
		const hash = createHash('sha256')
			.update(scope)
			.update(stringifyJson({ ...request }));
		return `${run}:${itemIndex}:${hash.digest('hex').slice(0, 16)}`;
	};
	const note = (itemIndex: number, request: GenerationRequest, entry: string): void => {
		all()[keyOf(itemIndex, request)] = entry;
	};
	return {
		recall(itemIndex, request) {
			const entry = all()[keyOf(itemIndex, request)];
			return typeof entry === 'string' && entry !== DOUBT
				? { id: entry, kind: request.kind }
				: undefined;
		},
		remember: note,
		doubt(itemIndex, request) {
			note(itemIndex, request, DOUBT);
		},
		isDoubtful: (itemIndex, request) => all()[keyOf(itemIndex, request)] === DOUBT,
		known: () =>
			Object.entries(all()).flatMap(([key, entry]) => {
				const [itsRun, itemIndex] = key.split(':');
				return itsRun === run && typeof entry === 'string' && entry !== DOUBT
					? [{ itemIndex: Number(itemIndex), taskId: entry }]
					: [];
			}),
		forget(itemIndex, request) {
			Reflect.deleteProperty(all(), keyOf(itemIndex, request));
		},
	};
}
