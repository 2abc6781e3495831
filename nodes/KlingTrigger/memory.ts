import type { IWebhookFunctions } from 'n8n-workflow';

import { recentOf } from '../shared/callback/recent';
import { newestOf } from '../shared/newest';
import { isFinal } from '../shared/task';
import type { Task } from '../shared/task';

/** How much of the past a trigger remembers. */
export const MOST_REMEMBERED = 1000;
/** How many triggers are remembered without reading what n8n stored. */
const MOST_TRIGGERS = 200;

const TASKS = 'seenTasks';
const MESSAGES = 'seenMessages';

/**
 * n8n hands every call the static data as they were stored when it came, and the last one to be stored wins. So what came
 * at the same time is known here only; what n8n stores is the copy that outlives a restart.
 */
const memoryHere = newestOf(MOST_TRIGGERS, () => ({
	tasks: recentOf(MOST_REMEMBERED),
	messages: recentOf(MOST_REMEMBERED),
}));

/** What a trigger has started already. */
export interface TriggerMemory {
	/** True for a repeat, and for what came too late: "processing" after the end. */
	hasSeen(task: Pick<Task, 'id' | 'status'>): boolean;
	/** True for a signed message that started something before. */
	hasMessage(id: string | undefined): boolean;
	note(task: Pick<Task, 'id' | 'status'>, messageId: string | undefined): void;
	/** Takes `note` back: nothing came of it. */
	forget(task: Pick<Task, 'id' | 'status'>, messageId: string | undefined): void;
}

/** The memory of the trigger that `context` belongs to: the newest 1000, in this process and in n8n's static data. */
export function openMemory(context: IWebhookFunctions): TriggerMemory {
	const { tasks, messages } = memoryHere(
		`${context.getWorkflow().id ?? ''} ${context.getNode().id}`,
	);
	const stored = context.getWorkflowStaticData('node');
	tasks.absorb(stored[TASKS]);
	messages.absorb(stored[MESSAGES]);
	const keyOf = ({ id, status }: Pick<Task, 'id' | 'status'>) => `${id} ${status}`;
	return {
		hasSeen: (task) =>
			tasks.has(keyOf(task)) ||
			(!isFinal(task) &&
				(['succeed', 'failed'] as const).some((status) => tasks.has(keyOf({ ...task, status })))),
		hasMessage: (id) => id !== undefined && messages.has(id),
		note(task, messageId) {
			tasks.add(keyOf(task));
			stored[TASKS] = tasks.list;
			if (messageId === undefined) return;
			messages.add(messageId);
			stored[MESSAGES] = messages.list;
		},
		forget(task, messageId) {
			tasks.remove(keyOf(task));
			if (messageId !== undefined) messages.remove(messageId);
		},
	};
}
