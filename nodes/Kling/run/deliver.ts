import type { INodeExecutionData } from 'n8n-workflow';

import { type KlingError, toKlingError } from '../../shared/errors';
import type { Kind } from '../../shared/kinds';
import { download, filesOf } from '../../shared/output/download';
import { failedItem, rawAnswer, simplified } from '../../shared/output/item';
import type { Task } from '../../shared/task';
import { readOutputSettings } from '../fields/outcome';
import type { Session } from './session';

/**
 * Asked for together with others, a task may be described in another shape than alone; what comes out shall not depend
 * on how many items there were. Costs a free read; when that fails, the description at hand is good enough.
 */
async function withOwnRaw({ client }: Session, task: Task): Promise<Task> {
	const { id, kind, rawOfBatch } = task;
	return rawOfBatch && kind ? await client.get({ id, kind }).catch(() => task) : task;
}

/** One finished or unfinished task as an item, with its files where wanted. Throws `download`. */
export async function deliverTask(
	session: Session,
	task: Task,
	kind: Kind | undefined,
	itemIndex: number,
	timedOut: boolean,
): Promise<INodeExecutionData> {
	const { context, signal } = session;
	const settings = readOutputSettings(context, itemIndex);
	const json = settings.simplify
		? simplified(task, kind)
		: rawAnswer(await withOwnRaw(session, task));
	const item: INodeExecutionData = {
		json: timedOut ? { ...json, timedOut: true } : json,
		pairedItem: { item: itemIndex },
	};
	if (settings.binaryField === undefined || task.status !== 'succeed') return item;
	item.binary = {};
	for (const [place, file] of filesOf(task).entries()) {
		const field = place === 0 ? settings.binaryField : `${settings.binaryField}_${place}`;
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
	session: Session,
	error: KlingError,
	task: Task | undefined,
	itemIndex: number,
): INodeExecutionData {
	return {
		json: failedItem(error, task, itemIndex, session.secrets),
		pairedItem: { item: itemIndex },
	};
}

/**
 * The error that ends the node when it may not go on after a failure; names the tasks of the other items that were paid for,
 * so that nobody has to search for them.
 */
export function fatal(
	error: KlingError,
	others: ReadonlyArray<{ itemIndex: number; taskId: string }>,
): KlingError {
	if (others.length === 0) return error;
	const list = others.map(({ itemIndex, taskId }) => `item ${itemIndex}: ${taskId}`).join(', ');
	const advice = [
		error.details.advice,
		`Other items have paid tasks that can be fetched with Task → Get (${list})`,
	];
	return error.with({ advice: advice.filter((part) => part !== undefined).join('. ') });
}
