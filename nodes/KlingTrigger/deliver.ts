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
 * One item, made as in the Kling node, files included. Whatever fails, an incomplete credential included, becomes a node
 * error with the task ID, or an item where the node may go on.
 */
async function toItem(
	context: IExecuteFunctions,
	received: INodeExecutionData,
	itemIndex: number,
): Promise<INodeExecutionData> {
	const given = taskIn(received);
	// Nothing to strike out until the credential has been used.
	let secrets: readonly string[] = [];
	try {
		const session = await openSession(context, { signal: context.getExecutionCancelSignal() });
		({ secrets } = session);
		const task = needTask(given);
		const output = readOutputSettings(context, itemIndex);
		return await taskItem(session, { task, kind: task.kind, itemIndex, timedOut: false, output });
	} catch (thrown) {
		const error = toKlingError(thrown).with({ taskId: given?.id });
		if (context.continueOnFail()) return failureItem({ secrets }, error, given, itemIndex);
		throw toNodeError(context.getNode(), error, itemIndex, secrets);
	}
}

/** The items that the workflow starts with. Throws a NodeApiError or NodeOperationError. */
export async function deliver(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const items: INodeExecutionData[] = [];
	for (const [itemIndex, received] of context.getInputData().entries()) {
		items.push(await toItem(context, received, itemIndex));
	}
	return items;
}
