import type { INodeExecutionData } from 'n8n-workflow';

import type { NodeContext } from '../client/n8n';
import { type KlingError, toKlingError } from '../errors';
import type { Kind } from '../kinds';
import { download, filesOf } from './download';
import { failedItem, rawAnswer, simplified } from './item';
import type { Task } from '../task';
import type { OutputSettings } from '../parameters';
import type { Link, Session } from '../session';

/**
 * Asked for together with others, a task may be described in another shape than alone; what comes out shall not depend
 * on how many items there were. Costs a free read; when that fails, the description at hand is good enough.
 */
async function withOwnRaw({ client }: Link<NodeContext>, task: Task): Promise<Task> {
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
export async function deliverTask(
	session: Link<NodeContext> & Pick<Session, 'secrets'>,
	{ task, kind, itemIndex, timedOut, output }: Delivery,
): Promise<INodeExecutionData> {
	const { context, signal, secrets } = session;
	const json = output.simplify
		? simplified(task, kind)
		: rawAnswer(await withOwnRaw(session, task), secrets);
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
export function deliverFailure(
	session: Pick<Session, 'secrets'>,
	error: KlingError,
	task: Task | undefined,
	itemIndex: number,
): INodeExecutionData {
	return {
		json: failedItem(error, task, itemIndex, session.secrets),
		pairedItem: { item: itemIndex },
	};
}
