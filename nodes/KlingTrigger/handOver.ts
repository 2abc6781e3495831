import type { INodeExecutionData } from 'n8n-workflow';
import { z } from 'zod';

import { KlingError } from '../shared/core/errors';
import { readStored } from '../shared/core/storedRecord';
import { TASK_STATUSES } from '../shared/core/task';
import type { Task } from '../shared/core/task';

/**
 * What `webhook` hands to `execute`. n8n stores it with the execution in between, and an execution that is retried may be
 * older than this version of the package, so it is checked.
 */

const VERSION = 1;

const record = z.object({
	v: z.literal(VERSION),
	task: z
		.object({
			id: z.string().min(1),
			status: z.enum(TASK_STATUSES),
			message: z.string(),
			results: z.array(z.object({ type: z.string() }).passthrough()),
		})
		.passthrough(),
});

/** The item of a task on its way to `execute`. */
export function handOver(task: Task): INodeExecutionData[][] {
	return [[{ json: { v: VERSION, task: { ...task } } }]];
}

/** The task in an item that was handed over. Throws `invalidInput` where there is none, or it cannot be read. */
export function readHandedOver({ json }: INodeExecutionData): Task {
	const stored = readStored(json.task === undefined ? undefined : json, VERSION, record);
	if (stored.found === 'record') return stored.record.task as unknown as Task;
	if (stored.found === 'unreadable') {
		throw new KlingError(
			'invalidInput',
			`The call that was received cannot be read: ${stored.why}`,
			{
				advice: 'Fetch its task with Task → Get of the Kling node',
			},
		);
	}
	throw new KlingError(
		'invalidInput',
		'No call has come: this node starts when a service calls it',
		{
			advice: 'Execute this step, then let a task finish or send a test from the console of Kling',
		},
	);
}
