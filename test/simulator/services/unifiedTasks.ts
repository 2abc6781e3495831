import type { Account } from '../accounts';
import { officialTaskId } from '../ids';
import { unifiedRecord } from '../records';
import type { Task } from '../tasks';
import type { JsonObject, ServiceName, TaskKind } from '../types';
import type { Order } from '../validate/order';
import { makeTask } from '../workshop';
import type { World } from '../world';

/** A create whose records have the form of the new standard, at whatever path it was made. */
export interface UnifiedCreate {
	service: ServiceName;
	account: Account;
	/** What it makes, by the legacy path of the like. */
	kind: TaskKind;
	request: JsonObject;
	order: Order;
}

/** Makes the task. No legacy path knows it; its callbacks have the form of its record. */
export function makeUnified(world: World, { order, ...create }: UnifiedCreate): Task {
	return makeTask(world, { ...order, ...create, id: officialTaskId(), unified: true });
}

/** `data` of the answer to such a create. */
export function createdUnified(world: World, task: Task): Record<string, unknown> {
	const { id, status, create_time, update_time, external_id } = unifiedRecord(world, task);
	return { id, status, create_time, update_time, external_id };
}
