import type { INodeExecutionData } from 'n8n-workflow';

import { toKlingError } from '../../shared/core/errors';
import { toNodeError } from '../../shared/n8n/nodeError';
import type { QueryOperation } from '../operations/types';
import { itemReader } from '../parameters/reader';
import { failureItem } from '../../shared/n8n/items';
import { continuesOnFail } from '../../shared/n8n/agentTool';
import type { Session } from '../../shared/n8n/session';

/** Runs a reading operation for every item; where the node may go on after a failure, the failure becomes an item. */
export async function query(
	session: Session,
	operation: QueryOperation,
): Promise<INodeExecutionData[]> {
	const { context, secrets } = session;
	const items: INodeExecutionData[] = [];
	for (const itemIndex of context.getInputData().keys()) {
		try {
			items.push(...(await operation.run(itemReader(session, itemIndex))));
		} catch (thrown) {
			const error = toKlingError(thrown);
			if (!continuesOnFail(context)) {
				throw toNodeError(context.getNode(), error, itemIndex, secrets);
			}
			items.push(failureItem(session, error, undefined, itemIndex));
		}
	}
	return items;
}
