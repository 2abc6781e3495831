import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { readOutputSettings } from '../shared/n8n/outputParameters';
import { failureItem, taskItem } from '../shared/n8n/items';
import { openSession } from '../shared/n8n/session';
import { toKlingError } from '../shared/core/errors';
import { toNodeError } from '../shared/n8n/nodeError';
import type { Task } from '../shared/core/task';
import { readHandedOver } from './handOver';
import { MORE } from './parameters';

/**
 * One item, made as in the Kling node, files included. Whatever fails, an incomplete credential included, becomes a node
 * error with the task ID, or an item where the node may go on.
 */
async function toItem(
	context: IExecuteFunctions,
	received: INodeExecutionData,
	itemIndex: number,
): Promise<INodeExecutionData> {
	let task: Task | undefined;
	// Nothing to strike out until the credential has been used.
	let secrets: readonly string[] = [];
	try {
		task = readHandedOver(received);
		const session = await openSession(context, { signal: context.getExecutionCancelSignal() });
		({ secrets } = session);
		const output = readOutputSettings(context, itemIndex, MORE);
		return await taskItem(session, { task, kind: task.kind, itemIndex, timedOut: false, output });
	} catch (thrown) {
		const error = toKlingError(thrown).with({ taskId: task?.id });
		if (context.continueOnFail()) return failureItem({ secrets }, error, task, itemIndex);
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
