import { createHash } from 'crypto';
import type { IDataObject } from 'n8n-workflow';

import { stringifyJson } from '../json';
import type { TaskRef } from '../providers';
import type { GenerationRequest } from '../requests';

const FIELD = 'klingTasks';

/**
 * The paid tasks of one run of the node, kept in the node's context, which n8n stores with the execution.
 * When n8n runs the node again (Retry On Fail runs it for **all** items), they are picked up instead of paid for twice.
 */
export interface TaskMemory {
	recall(itemIndex: number, request: GenerationRequest): TaskRef | undefined;
	remember(itemIndex: number, request: GenerationRequest, taskId: string): void;
	/** Keeps that a create was sent and nobody knows what became of it: it must not be sent again. */
	doubt(itemIndex: number, request: GenerationRequest): void;
	isDoubtful(itemIndex: number, request: GenerationRequest): boolean;
	/** The tasks of this run that exist already. */
	known(): Array<{ itemIndex: number; taskId: string }>;
	/** For a task that failed for good: the next try shall make a new one. */
	forget(itemIndex: number): void;
	/** For the end of a run: nothing of it will be needed again. */
	clear(): void;
}

function fingerprint(request: GenerationRequest): string {
	return createHash('sha256')
		.update(stringifyJson({ ...request }))
		.digest('hex')
		.slice(0, 16);
}

/** `context` is what `getContext('node')` returns; `run` tells the passes of a loop apart. */
export function taskMemory(context: IDataObject, run: string): TaskMemory {
	const prefix = `${run}:`;
	const all = (): IDataObject => {
		const stored = context[FIELD];
		if (typeof stored === 'object' && stored !== null && !Array.isArray(stored)) {
			return stored as IDataObject;
		}
		const fresh: IDataObject = {};
		context[FIELD] = fresh;
		return fresh;
	};
	const idOf = (entry: unknown): string => (typeof entry === 'string' ? entry.slice(17) : '');
	const noted = (itemIndex: number, request: GenerationRequest): string | undefined => {
		const entry = all()[`${prefix}${itemIndex}`];
		if (typeof entry !== 'string' || entry.slice(0, 16) !== fingerprint(request)) return undefined;
		return idOf(entry);
	};
	const note = (itemIndex: number, request: GenerationRequest, taskId: string): void => {
		all()[`${prefix}${itemIndex}`] = `${fingerprint(request)} ${taskId}`;
	};
	return {
		recall(itemIndex, request) {
			const id = noted(itemIndex, request);
			return id ? { id, kind: request.kind } : undefined;
		},
		remember: note,
		doubt(itemIndex, request) {
			note(itemIndex, request, '');
		},
		isDoubtful: (itemIndex, request) => noted(itemIndex, request) === '',
		known: () =>
			Object.entries(all())
				.filter(([key, entry]) => key.startsWith(prefix) && idOf(entry) !== '')
				.map(([key, entry]) => ({
					itemIndex: Number(key.slice(prefix.length)),
					taskId: idOf(entry),
				})),
		forget(itemIndex) {
			Reflect.deleteProperty(all(), `${prefix}${itemIndex}`);
		},
		clear() {
			const tasks = all();
			for (const key of Object.keys(tasks)) {
				if (key.startsWith(prefix)) Reflect.deleteProperty(tasks, key);
			}
		},
	};
}
