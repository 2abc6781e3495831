import type { INodeExecutionData } from 'n8n-workflow';

import { toKlingError } from '../../shared/errors';
import { toNodeError } from '../../shared/output/nodeError';
import type { QueryOperation } from '../actions/types';
import { deliverFailure } from '../../shared/output/deliver';
import { goesOnAfterFailure } from '../../shared/role';
import type { Session } from '../../shared/session';

/** Runs a reading operation for every item; where the node may go on after a failure, the failure becomes an item. */
export async function query(
	session: Session,
	operation: QueryOperation,
): Promise<INodeExecutionData[]> {
	const { context, secrets } = session;
	const items: INodeExecutionData[] = [];
	for (const itemIndex of context.getInputData().keys()) {
		try {
			items.push(...(await operation.runItem(session, itemIndex)));
		} catch (thrown) {
			const error = toKlingError(thrown);
			if (!goesOnAfterFailure(context)) {
				throw toNodeError(context.getNode(), error, itemIndex, secrets);
			}
			items.push(deliverFailure(session, error, undefined, itemIndex));
		}
	}
	return items;
}
