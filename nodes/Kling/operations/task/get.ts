import type { INodeProperties } from 'n8n-workflow';

import { KlingError } from '../../../shared/core/errors';
import type { Kind } from '../../../shared/core/kinds';
import { afterWaitMode, waitMode } from '../../parameters/waiting';
import { asId } from '../../parameters/values';
import type { Session } from '../../../shared/n8n/session';
import type { TaskOperation } from '../types';
import { FIND, kindNamed, madeBy } from './taskType';

const fields: INodeProperties[] = [
	{
		displayName: 'Task ID',
		name: 'taskId',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. 814237883686625347',
		description:
			'The ID that the generating operation returned as taskId. Official Kling also takes your External Task ID here.',
	},
	madeBy,
	{
		...waitMode,
		default: 'none',
		options: [
			{
				name: "Don't Wait",
				value: 'none',
				description: 'Returns the task as it is now',
			},
			{
				name: 'Poll Until Done',
				value: 'poll',
				description:
					'Returns the task when it is finished; this node asks for it every few seconds',
			},
		],
	},
	...afterWaitMode,
];

function readId(session: Session, itemIndex: number): string {
	const id = asId(session.context.getNodeParameter('taskId', itemIndex, ''), 'Task ID');
	if (id !== undefined) return id;
	throw new KlingError('invalidInput', 'Task ID must not be empty', { parameter: 'Task ID' });
}

/** Undefined: to be found. */
function readKind(session: Session, itemIndex: number): Kind | undefined {
	const kind: unknown = session.context.getNodeParameter('taskKind', itemIndex, FIND);
	return kind === FIND ? undefined : kindNamed(session, kind, [FIND]);
}

/** Task → Get. */
export const get: TaskOperation = {
	name: 'Get',
	description: 'Look at a task, or wait for it and fetch its result',
	action: 'Get a task',
	fields,
	async findTask(session, itemIndex) {
		const kind = readKind(session, itemIndex);
		const id = readId(session, itemIndex);
		const { client } = session;
		return kind === undefined ? await client.findById(id) : await client.get({ id, kind });
	},
};
