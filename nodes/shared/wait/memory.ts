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
	/** For a task that failed for good: the next try shall make a new one. */
	forget(itemIndex: number): void;
	/** For the end of a run: nothing of it will be needed again. */
	clear(): void;
}

function fingerprint(request: GenerationRequest): string {
	return createHash('sha256').update(stringifyJson({ ...request })).digest('hex').slice(0, 16);
}

/** `context` is what `getContext('node')` returns; `runIndex` tells the passes of a loop apart. */
export function taskMemory(context: IDataObject, runIndex: number): TaskMemory {
	const prefix = `${runIndex}:`;
	const all = (): IDataObject => {
		const stored = context[FIELD];
		if (typeof stored === 'object' && stored !== null && !Array.isArray(stored)) {
			return stored as IDataObject;
		}
		const fresh: IDataObject = {};
		context[FIELD] = fresh;
		return fresh;
	};
	return {
		recall(itemIndex, request) {
			const entry = all()[`${prefix}${itemIndex}`];
			if (typeof entry !== 'string') return undefined;
			const [mark, id] = [entry.slice(0, 16), entry.slice(17)];
			return mark === fingerprint(request) ? { id, kind: request.kind } : undefined;
		},
		remember(itemIndex, request, taskId) {
			all()[`${prefix}${itemIndex}`] = `${fingerprint(request)} ${taskId}`;
		},
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
