import { refuseValue } from '../../../shared/core/quote';
import { taskJson } from '../../../shared/n8n/itemJson';
import { readSimplify } from '../../../shared/n8n/outputParameters';
import type { ItemReader } from '../../parameters/reader';
import { number, yesNo } from '../../parameters/types';
import { query } from '../builders';
import { madeBy } from './taskType';

/** Kling lists no more: 1000 pages of 500. */
const ALL = 500_000;
const DEFAULT_LIMIT = 50;

const kindChoice = madeBy({
	description:
		'The operation whose tasks to list. Only official Kling and Ace Data Cloud have lists; the latter does not tell Multi-Image from Omni, and the former lists videos of several images under Omni, unless kling-v1-6 made them.',
	any: {
		name: 'All',
		value: 'all',
		description: 'Tasks of every operation; takes several requests at official Kling',
	},
});

const returnAll = yesNo({
	displayName: 'Return All',
	name: 'returnAll',
	default: false,
	description: 'Whether to return all results or only up to a given limit',
});

const limit = number({
	displayName: 'Limit',
	name: 'limit',
	default: DEFAULT_LIMIT,
	min: 1,
	description: 'Max number of results to return',
	displayOptions: { show: { returnAll: [false] } },
});

/** How many tasks to list. Throws `invalidInput`. */
function readCount(item: ItemReader): number {
	if (returnAll.read(item)) return ALL;
	const count = limit.read(item) ?? DEFAULT_LIMIT;
	if (Number.isInteger(count) && count >= 1 && count <= ALL) return count;
	return refuseValue('Limit', `must be a whole number from 1 to ${ALL}`, count);
}

/** Task → Get Many. */
export const getMany = query({
	name: 'Get Many',
	description: 'List the tasks of the account, newest first (official Kling and Ace Data Cloud)',
	action: 'Get many tasks',
	offeredBy: ({ list }) => list !== undefined,
	parameters: [kindChoice, returnAll, limit],
	async run(item) {
		const kind = kindChoice.read(item);
		const tasks = await item.client.list(kind, readCount(item));
		const simplify = readSimplify(item.context, item.itemIndex);
		return tasks.map((task) => ({
			json: taskJson(task, { kind: kind ?? task.kind, simplify }),
			pairedItem: { item: item.itemIndex },
		}));
	},
});
