import type { INodeProperties } from 'n8n-workflow';

import { clock } from '../../../shared/clock';
import { KlingError } from '../../../shared/errors';
import type { Kind } from '../../../shared/kinds';
import { isFinal } from '../../../shared/task';
import type { Outcome } from '../../../shared/wait/job';
import { outcomeOf, runJobs } from '../../../shared/wait/run';
import { outputFields, readWaitSettings, waitMode } from '../../fields/outcome';
import { asId } from '../../fields/parameters';
import { deliverTask } from '../../run/deliver';
import type { Session } from '../../run/session';
import type { QueryOperation } from '../types';
import { FIND, kindNamed, madeBy } from './fields';

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
	...outputFields,
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

/** The task as it is now, or as it is when it is done. */
async function fetchOne(session: Session, id: string, kind: Kind | undefined): Promise<Outcome> {
	const { context, client, signal } = session;
	const settings = readWaitSettings(context);
	const task = kind === undefined ? await client.find(id) : await client.get({ id, kind });
	if (!settings.wait || isFinal(task)) return outcomeOf(task, settings.wait);
	// An external task id finds the task, but only the task id that came back finds it everywhere.
	const ref = { id: task.id, kind: task.kind ?? 'text2video' };
	const firstLookMs = settings.firstLookMs ?? settings.pollIntervalMs;
	const [outcome] = await runJobs([{ ref, firstLookMs }], settings, { client, clock, signal });
	return outcome ?? { ok: true, task, timedOut: false };
}

/** Task → Get. */
export const get: QueryOperation = {
	name: 'Get',
	description: 'Look at a task, or wait for it and fetch its result',
	action: 'Get a task',
	fields,
	async runItem(session, itemIndex) {
		const kind = readKind(session, itemIndex);
		const outcome = await fetchOne(session, readId(session, itemIndex), kind);
		if (!outcome.ok) throw outcome.error;
		const { task, timedOut } = outcome;
		return [await deliverTask(session, task, task.kind, itemIndex, timedOut)];
	},
};
