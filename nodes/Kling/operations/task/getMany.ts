import { taskJson } from '../../../shared/n8n/itemJson';
import { readSimplify } from '../../../shared/n8n/outputParameters';
import { limit, readCount, returnAll } from '../../parameters/many';
import { query } from '../builders';
import { madeBy } from './taskType';

const kindChoice = madeBy({
	description:
		'The operation whose tasks to list. Only official Kling and Ace Data Cloud have lists; the latter does not tell Multi-Image from Omni, and the former lists videos of several images under Omni, unless kling-v1-6 made them. Tasks of the newer API of official Kling, such as those of Kling 3.0 Turbo and 4.0, are under All alone: nothing tells which operation made them.',
	any: {
		name: 'All',
		value: 'all',
		description: 'Tasks of every operation; takes several requests at official Kling',
	},
});

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
