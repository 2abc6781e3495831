import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { readOutputSettings } from '../shared/n8n/outputParameters';
import { failureItem, taskItem } from '../shared/n8n/items';
import { openSession } from '../shared/n8n/session';
import { KlingError, toKlingError } from '../shared/core/errors';
import { isJsonObject } from '../shared/core/json';
import { toNodeError } from '../shared/n8n/nodeError';
import type { Task } from '../shared/core/task';

const TASK = 'task';

/** What `webhook` hands to `execute`: n8n stores it with the execution in between. */
export function handOver(task: Task): INodeExecutionData[][] {
	return [[{ json: { [TASK]: { ...task } } }]];
}

function taskIn({ json }: INodeExecutionData): Task | undefined {
	const { [TASK]: task } = json;
	return isJsonObject(task) ? (task as unknown as Task) : undefined;
}

function needTask(task: Task | undefined): Task {
	if (task) return task;
	throw new KlingError(
		'invalidInput',
		'No call has come: this node starts when a service calls it',
		{
			advice: 'Execute this step, then let a task finish or send a test from the console of Kling',
		},
	);
}

/**
 * The items that the workflow starts with, made as in the Kling node, files included. What cannot be fetched fails the
 * node, or becomes an item where it may go on.
 */
export async function deliver(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const items: INodeExecutionData[] = [];
	const session = await openSession(context, context.getExecutionCancelSignal());
	for (const [itemIndex, received] of context.getInputData().entries()) {
		const given = taskIn(received);
		try {
			const task = needTask(given);
			const output = readOutputSettings(context, itemIndex);
			const { kind } = task;
			items.push(await taskItem(session, { task, kind, itemIndex, timedOut: false, output }));
		} catch (thrown) {
			const error = toKlingError(thrown);
			if (!context.continueOnFail()) {
				throw toNodeError(context.getNode(), error, itemIndex, session.secrets);
			}
			items.push(failureItem(session, error, given, itemIndex));
		}
	}
	return items;
}
