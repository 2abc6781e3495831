import { refuseParameter } from '../../../shared/core/errors';
import { isAtOnePlace } from '../../../shared/tasks/search';
import { id } from '../../parameters/types';
import { fetchMode } from '../../parameters/waiting';
import { taskQuery } from '../builders';
import { madeBy } from './taskType';

const taskId = id({
	displayName: 'Task ID',
	name: 'taskId',
	required: true,
	placeholder: 'e.g. 814237883686625347',
	description:
		'The ID that the generating operation returned as taskId. Official Kling also takes your External Task ID here.',
});

const kindChoice = madeBy({
	description: 'The operation that made the task: services keep each kind in a place of its own',
	any: {
		name: 'Find Automatically',
		value: 'find',
		description: 'Look in all places; takes up to one request for each',
	},
});

/** Task → Get. */
export const get = taskQuery({
	name: 'Get',
	description: 'Look at a task, or wait for it and fetch its result',
	action: 'Get a task',
	parameters: [taskId, kindChoice, fetchMode],
	async run(item) {
		const kind = kindChoice.read(item);
		const id = taskId.read(item) ?? refuseParameter('Task ID', 'must not be empty');
		const { client } = item;
		if (kind === undefined) return await client.findById(id);
		const isSimple = isAtOnePlace(client.provider, kind);
		return isSimple ? await client.get({ id, kind }) : await client.findMadeBy(id, kind);
	},
});
