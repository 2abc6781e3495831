import { sortedBy } from '../../../shared/core/sort';
import { refuseParameter } from '../../../shared/core/errors';
import type { Kind } from '../../../shared/core/kinds';
import { kindOptions } from '../../../shared/n8n/outputParameters';
import type { ItemReader } from '../../parameters/reader';
import { choice, id } from '../../parameters/types';
import { fetchMode } from '../../parameters/waiting';
import { taskQuery } from '../builders';
import { kindNamed, MADE_BY } from './taskType';

/** Finds out by itself where the service keeps the task. */
const FIND = 'find';

const taskId = id({
	displayName: 'Task ID',
	name: 'taskId',
	required: true,
	placeholder: 'e.g. 814237883686625347',
	description:
		'The ID that the generating operation returned as taskId. Official Kling also takes your External Task ID here.',
});

const madeBy = choice({
	...MADE_BY,
	default: FIND,
	description: 'The operation that made the task: services keep each kind in a place of its own',
	options: sortedBy(
		[
			{
				name: 'Find Automatically',
				value: FIND,
				description: 'Look in all places; takes up to one request for each',
			},
			...kindOptions,
		],
		({ name }) => name,
	),
});

/** Undefined: to be found. */
function readKind(item: ItemReader): Kind | undefined {
	const kind = madeBy.read(item);
	return kind === FIND ? undefined : kindNamed(item.provider, kind, [FIND]);
}

/** Task → Get. */
export const get = taskQuery({
	name: 'Get',
	description: 'Look at a task, or wait for it and fetch its result',
	action: 'Get a task',
	parameters: [taskId, madeBy, fetchMode],
	async run(item) {
		const kind = readKind(item);
		const id = taskId.read(item) ?? refuseParameter('Task ID', 'must not be empty');
		const { client } = item;
		return kind === undefined ? await client.findById(id) : await client.get({ id, kind });
	},
});
