import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';

import { RecentKeys } from './recentKeys';
import type { Settle } from './recentKeys';
import { FIELD, readRecord, toRecord } from './stored';
import { triggerKey } from '../warnOnceAMinute';
import { withinTime } from '../../shared/n8n/timeout';
import { lruOf } from '../../shared/core/lru';
import { isFinal } from '../../shared/core/task';
import type { Task } from '../../shared/core/task';

/** How many tasks, and how many signed messages, a trigger knows. */
const MOST_KEYS = 1000;
/** How many triggers are known without reading what n8n stored. */
const MOST_TRIGGERS = 200;
/** n8n stores an execution within a second, unless it is busy or lets only so many run at the same time. */
const LONGEST_WAIT_MS = 20_000;

interface Keys {
	tasks: RecentKeys;
	messages: RecentKeys;
	/** That n8n had stored something unreadable is said once. */
	hasWarned: boolean;
}

/**
 * n8n hands every call the static data as they were stored when it came. So what came at the same time is known here only;
 * what n8n stores is the copy that outlives a restart.
 */
const keysOfTrigger = lruOf(
	MOST_TRIGGERS,
	(): Keys => ({
		tasks: new RecentKeys(MOST_KEYS),
		messages: new RecentKeys(MOST_KEYS),
		hasWarned: false,
	}),
	({ tasks, messages }) => tasks.isStarting || messages.isStarting,
);

type Event = Pick<Task, 'id' | 'status'>;

function keyOf({ id, status }: Event): string {
	return `${id} ${status}`;
}

/** What makes an event a repeat: the same, or for what is no end, either end. */
function repeatedKeys({ id, status }: Event): string[] {
	const statuses = isFinal({ status }) ? [status] : [status, 'succeed' as const, 'failed' as const];
	return statuses.map((one) => keyOf({ id, status: one }));
}

/** What a trigger has started already, and what it is starting. */
export class DedupeStore {
	constructor(
		private readonly keys: Keys,
		private readonly staticData: IDataObject,
	) {}

	/** True for a repeat, and for what came too late: "processing" after the end. */
	hasStarted(event: Event): boolean {
		return repeatedKeys(event).some((key) => this.keys.tasks.hasStarted(key));
	}

	/** True for a signed message that started something before. */
	hasMessage(messageId: string | undefined): boolean {
		return messageId !== undefined && this.keys.messages.hasStarted(messageId);
	}

	/** Resolves to true as soon as nothing is being started that would make this call a repeat; to false after 20 s. */
	async whenSettled(event: Event, messageId?: string): Promise<boolean> {
		const starting = this.starting(event, messageId);
		if (starting.length === 0) return true;
		try {
			await withinTime(Promise.all(starting), LONGEST_WAIT_MS);
			return true;
		} catch {
			return false;
		}
	}

	/** Begins to start something; undefined where that is started already, or being started. */
	begin(event: Event, messageId: string | undefined): Settle | undefined {
		if (this.starting(event).length > 0 || this.hasStarted(event)) return undefined;
		const { tasks, messages } = this.keys;
		const settles = [tasks.begin(keyOf(event))];
		if (messageId !== undefined) settles.push(messages.begin(messageId));
		// The same arrays for all calls, not copies: whichever call n8n stores last, it stores what is true then.
		this.staticData[FIELD] = toRecord({ tasks: tasks.toStore, messages: messages.toStore });
		return (started) => {
			for (const settle of settles) settle(started);
		};
	}

	private starting(event: Event, messageId?: string): Array<Promise<void>> {
		const { tasks, messages } = this.keys;
		return [
			...repeatedKeys(event).map((key) => tasks.whenSettled(key)),
			messageId === undefined ? undefined : messages.whenSettled(messageId),
		].filter((settled) => settled !== undefined);
	}
}

/** The store of the trigger that `context` belongs to. What n8n has stored and cannot be read is left aside, with a warning. */
export function openDedupeStore(context: IWebhookFunctions): DedupeStore {
	const node = context.getNode();
	const keys = keysOfTrigger(triggerKey(context));
	const staticData = context.getWorkflowStaticData('node');
	const stored = readRecord(staticData[FIELD]);
	if (stored.found === 'record') {
		keys.tasks.addStored(stored.record.tasks);
		keys.messages.addStored(stored.record.messages);
	} else if (stored.found === 'unreadable' && !keys.hasWarned) {
		keys.hasWarned = true;
		context.logger.warn(
			`${node.name} cannot read its list of earlier calls in the static data of the workflow: ${stored.why}. It begins a new one, so a call that comes again may start the workflow again.`,
		);
	}
	return new DedupeStore(keys, staticData);
}
