import type { IWebhookFunctions } from 'n8n-workflow';

import { recentOf } from './recentKeys';
import { withinTime } from '../../shared/n8n/timeout';
import { lruOf } from '../../shared/core/lru';
import { isFinal } from '../../shared/core/task';
import type { Task } from '../../shared/core/task';

/** How much of the past a trigger remembers. */
export const MOST_REMEMBERED = 1000;
/** How many triggers are remembered without reading what n8n stored. */
const MOST_TRIGGERS = 200;
/** n8n stores an execution within a second, unless it is busy or lets only so many run at the same time. */
const LONGEST_WAIT_MS = 20_000;

const TASKS = 'seenTasks';
const MESSAGES = 'seenMessages';

/**
 * n8n hands every call the static data as they were stored when it came. So what came at the same time is known here only;
 * what n8n stores is the copy that outlives a restart.
 */
const memoryHere = lruOf(MOST_TRIGGERS, () => ({
	tasks: recentOf(MOST_REMEMBERED),
	messages: recentOf(MOST_REMEMBERED),
}));

type Event = Pick<Task, 'id' | 'status'>;

/** What a trigger has started already, and what it is about to start. */
export interface TriggerMemory {
	/** True for a repeat, and for what came too late: "processing" after the end. */
	hasSeen(task: Event): boolean;
	/** True for a signed message that started something before. */
	hasMessage(id: string | undefined): boolean;
	/**
	 * Resolves when it is known what became of the calls that are being handled and would make this one a repeat; to false
	 * where that takes too long.
	 */
	settled(task: Event, messageId?: string): Promise<boolean>;
	/**
	 * Notes what is about to be started. What it returns has to be told whether that was started: until then it is not
	 * remembered, but nothing equal can be noted. Undefined where it cannot be noted: it has been started, or is about to be.
	 */
	note(task: Event, messageId: string | undefined): ((started: boolean) => void) | undefined;
}

/** What makes a call with this task a repeat: the same, or for what is no end, either end. */
function keysOf({ id, status }: Event): string[] {
	const statuses = isFinal({ status }) ? [status] : [status, 'succeed', 'failed'];
	return statuses.map((one) => `${id} ${one}`);
}

/** The memory of the trigger that `context` belongs to: the newest 1000, in this process and in n8n's static data. */
export function openMemory(context: IWebhookFunctions): TriggerMemory {
	const { tasks, messages } = memoryHere(
		`${context.getWorkflow().id ?? ''} ${context.getNode().id}`,
	);
	const stored = context.getWorkflowStaticData('node');
	tasks.absorb(stored[TASKS]);
	messages.absorb(stored[MESSAGES]);
	const hasSeen = (task: Event) => keysOf(task).some((key) => tasks.has(key));
	const underway = (task: Event, messageId = '') =>
		[...keysOf(task).map((key) => tasks.underway(key)), messages.underway(messageId)].filter(
			(one) => one !== undefined,
		);
	return {
		hasSeen,
		hasMessage: (id) => id !== undefined && messages.has(id),
		async settled(task, messageId) {
			const settling = underway(task, messageId);
			if (settling.length === 0) return true;
			try {
				await withinTime(Promise.all(settling), LONGEST_WAIT_MS);
				return true;
			} catch {
				return false;
			}
		},
		note(task, messageId) {
			if (underway(task).length > 0 || hasSeen(task)) return undefined;
			// The same lists for all calls, not copies: whichever n8n stores last, it stores what is true then.
			const settles = [tasks.begin(`${task.id} ${task.status}`)];
			stored[TASKS] = tasks.list;
			if (messageId !== undefined) {
				settles.push(messages.begin(messageId));
				stored[MESSAGES] = messages.list;
			}
			return (started) => {
				for (const settle of settles) settle(started);
			};
		},
	};
}
