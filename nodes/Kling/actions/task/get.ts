import type { INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { clock } from '../../../shared/clock';
import { KlingError, toKlingError } from '../../../shared/errors';
import { isKind, KINDS } from '../../../shared/kinds';
import { toNodeError } from '../../../shared/output/nodeError';
import { ALL_PROVIDERS, checkOffered } from '../../../shared/providers';
import type { TaskRef } from '../../../shared/providers';
import type { Outcome } from '../../../shared/wait/job';
import { runJobs } from '../../../shared/wait/run';
import { outputFields, readWaitSettings, waitMode } from '../../fields/outcome';
import { deliverFailure, deliverTask } from '../../run/deliver';
import type { Session } from '../../run/session';
import type { QueryOperation } from '../types';

const OFFERED_KINDS = Object.keys(ALL_PROVIDERS[0]?.offers ?? {}).filter(isKind);

const fields: INodeProperties[] = [
	{
		displayName: 'Task ID',
		name: 'taskId',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. 814237883686625347',
		description: 'The ID that the generating operation returned as taskId. Official Kling also takes your External Task ID here.',
	},
	{
		displayName: 'Made By',
		name: 'taskKind',
		type: 'options',
		default: 'text2video',
		description: 'The operation that made the task: services keep each kind in a place of its own',
		options: OFFERED_KINDS.map((kind) => ({ name: KINDS[kind].label, value: kind })),
	},
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
				description: 'Returns the task when it is finished; this node asks for it every few seconds',
			},
		],
	},
	...outputFields,
];

function readRef(session: Session, itemIndex: number): TaskRef {
	const { context, provider } = session;
	const given: unknown = context.getNodeParameter('taskId', itemIndex, '');
	const id = typeof given === 'string' || typeof given === 'number' ? String(given).trim() : '';
	if (id === '') {
		throw new KlingError('invalidInput', 'Task ID must not be empty', { parameter: 'Task ID' });
	}
	if (typeof given === 'number' && !Number.isSafeInteger(given)) {
		throw new KlingError(
			'invalidInput',
			'Task ID must be given as text: as a number it has lost its last digits',
			{ parameter: 'Task ID' },
		);
	}
	const kind: unknown = context.getNodeParameter('taskKind', itemIndex, 'text2video');
	if (!isKind(kind)) {
		throw new KlingError('invalidInput', `Made By must be one of ${OFFERED_KINDS.join(', ')}`, {
			parameter: 'Made By',
		});
	}
	checkOffered(provider, kind);
	return { id, kind };
}

async function fetchOne(session: Session, ref: TaskRef): Promise<Outcome> {
	const { context, client, signal } = session;
	const settings = readWaitSettings(context);
	if (settings.wait) {
		const jobs = [{ ref, firstLookMs: settings.firstLookMs ?? 0 }];
		const [outcome] = await runJobs(jobs, settings, { client, clock, signal });
		if (outcome) return outcome;
	}
	return { ok: true, task: await client.get(ref), timedOut: false };
}

async function runItem(session: Session, itemIndex: number): Promise<INodeExecutionData> {
	const { context, secrets } = session;
	let outcome: Outcome | undefined;
	try {
		const ref = readRef(session, itemIndex);
		outcome = await fetchOne(session, ref);
		if (!outcome.ok) throw outcome.error;
		return await deliverTask(session, outcome.task, ref.kind, itemIndex, outcome.timedOut);
	} catch (thrown) {
		const error = toKlingError(thrown);
		if (context.continueOnFail()) return deliverFailure(session, error, outcome?.task, itemIndex);
		throw toNodeError(context.getNode(), error, itemIndex, secrets);
	}
}

/** Task → Get. */
export const get: QueryOperation = {
	name: 'Get',
	description: 'Look at a task, or wait for it and fetch its result',
	action: 'Get a task',
	fields,
	async run(session) {
		const items: INodeExecutionData[] = [];
		for (const itemIndex of session.context.getInputData().keys()) {
			items.push(await runItem(session, itemIndex));
		}
		return items;
	},
};
