import type { INodeExecutionData } from 'n8n-workflow';

import type { NodeContext } from './transport';
import { type KlingError, toKlingError } from '../core/errors';
import type { Kind } from '../core/kinds';
import { download } from './download';
import { filesOf } from './files';
import { failureJson, taskJson } from './itemJson';
import type { Task } from '../core/task';
import type { OutputSettings } from './outputParameters';
import type { ServiceConnection, Session } from './session';

/**
 * Asked for together with others, a task may be described in another shape than alone; what comes out shall not depend
 * on how many items there were. Costs a free read; when that fails, the description at hand is good enough.
 */
async function withOwnRaw({ client }: ServiceConnection<NodeContext>, task: Task): Promise<Task> {
	const { id, kind, rawOfBatch } = task;
	return rawOfBatch && kind ? await client.get({ id, kind }).catch(() => task) : task;
}

export interface Delivery {
	task: Task;
	kind: Kind | undefined;
	itemIndex: number;
	timedOut: boolean;
	output: OutputSettings;
}

/** One finished or unfinished task as an item, with its files where wanted. Throws `download`. */
export async function taskItem(
	session: ServiceConnection<NodeContext> & Pick<Session, 'secrets'>,
	{ task, kind, itemIndex, timedOut, output }: Delivery,
): Promise<INodeExecutionData> {
	const { context, signal, secrets } = session;
	const { simplify } = output;
	const described = simplify ? task : await withOwnRaw(session, task);
	const json = taskJson(described, { kind, simplify, secrets });
	const item: INodeExecutionData = {
		json: timedOut ? { ...json, timedOut: true } : json,
		pairedItem: { item: itemIndex },
	};
	if (output.binaryField === undefined || task.status !== 'succeed') return item;
	item.binary = {};
	for (const [place, file] of filesOf(task).entries()) {
		const field = place === 0 ? output.binaryField : `${output.binaryField}_${place}`;
		try {
			item.binary[field] = await download(context, file, signal);
		} catch (thrown) {
			throw toKlingError(thrown).with({ taskId: task.id });
		}
	}
	return item;
}

/** An item that failed while the workflow goes on. Not with `error` set beside the json: n8n would replace the json by the message alone. */
export function failureItem(
	session: Pick<Session, 'secrets'>,
	error: KlingError,
	task: Task | undefined,
	itemIndex: number,
): INodeExecutionData {
	return {
		json: failureJson(error, task, itemIndex, session.secrets),
		pairedItem: { item: itemIndex },
	};
}
