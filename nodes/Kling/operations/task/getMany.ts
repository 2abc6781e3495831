import type { INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { KlingError } from '../../../shared/core/errors';
import { taskJson } from '../../../shared/n8n/itemJson';
import { kindOptions, simplify } from '../../../shared/n8n/outputParameters';
import type { Session } from '../../../shared/n8n/session';
import { boundedNumber } from '../../parameters/values';
import type { QueryOperation } from '../types';
import { kindNamed } from './taskType';

/** Kling lists no more: 1000 pages of 500. */
const ALL = 500_000;

const fields: INodeProperties[] = [
	{
		displayName: 'Made By',
		name: 'taskKind',
		type: 'options',
		default: 'text2video',
		description:
			'The operation whose tasks to list. Only official Kling and Ace Data Cloud have lists; the latter does not tell Multi-Image from Omni.',
		options: kindOptions,
	},
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 50,
		description: 'Max number of results to return',
		displayOptions: { show: { returnAll: [false] } },
	},
	simplify,
];

async function listFor(session: Session, itemIndex: number): Promise<INodeExecutionData[]> {
	const { context, client, secrets } = session;
	const kind = kindNamed(session, context.getNodeParameter('taskKind', itemIndex, 'text2video'));
	const all = context.getNodeParameter('returnAll', itemIndex, false);
	const limit = all
		? ALL
		: boundedNumber(context.getNodeParameter('limit', itemIndex, 50), 'Limit', 50, 1, ALL);
	if (!Number.isInteger(limit)) {
		throw new KlingError('invalidInput', 'Limit must be a whole number', { parameter: 'Limit' });
	}
	const simplify = context.getNodeParameter('simplify', itemIndex, true) === true;
	return (await client.list(kind, limit)).map((task) => ({
		json: taskJson(task, { kind, simplify, secrets }),
		pairedItem: { item: itemIndex },
	}));
}

/** Task → Get Many. */
export const getMany: QueryOperation = {
	name: 'Get Many',
	description: 'List the tasks of the account, newest first (official Kling and Ace Data Cloud)',
	action: 'Get many tasks',
	offeredBy: ({ list }) => list !== undefined,
	fields,
	runItem: listFor,
};
