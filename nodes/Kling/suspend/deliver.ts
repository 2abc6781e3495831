import type { INodeExecutionData, IWebhookFunctions } from 'n8n-workflow';

import { toKlingError } from '../../shared/core/errors';
import { withAsked } from '../../shared/core/task';
import { failureItem, taskItem } from '../../shared/n8n/items';
import type { ServiceConnection, Session } from '../../shared/n8n/session';
import { resultOfKind } from '../../shared/tasks/jobResult';
import type { JobResult } from '../../shared/tasks/jobResult';
import type { SuspendedItem } from './state';

type Results = ReadonlyMap<string, JobResult>;

type Link = ServiceConnection<IWebhookFunctions> & Pick<Session, 'secrets'>;

async function deliverOne(
	link: Link,
	item: SuspendedItem,
	results: Results,
): Promise<INodeExecutionData> {
	const { itemIndex } = item;
	if ('failed' in item) {
		return { json: item.failed as INodeExecutionData['json'], pairedItem: { item: itemIndex } };
	}
	const { id, kind, output, asked = {} } = item;
	const ended = results.get(id);
	const result = ended && resultOfKind(link.provider, kind, ended);
	try {
		if (!result) throw new Error('The task is not known');
		if (!result.ok) throw result.error.with({ taskId: id });
		const task = withAsked(result.task, asked);
		return await taskItem(link, { task, kind, itemIndex, timedOut: false, output });
	} catch (thrown) {
		const error = toKlingError(thrown).with({ taskId: id });
		return failureItem(link, error, result?.task, itemIndex);
	}
}

/**
 * One item per item of the suspended run, in order. n8n itself moves those that failed to the error output, if the node
 * has one. `results` by task id. Never throws.
 */
export async function deliverSuspended(
	link: Link,
	suspended: readonly SuspendedItem[],
	results: Results,
): Promise<INodeExecutionData[]> {
	const items: INodeExecutionData[] = [];
	for (const item of suspended) items.push(await deliverOne(link, item, results));
	return items;
}
