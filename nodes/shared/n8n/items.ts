import type { IBinaryKeyData, INodeExecutionData } from 'n8n-workflow';

import type { NodeContext } from './transport';
import { toKlingError } from '../core/errors';
import type { KlingError } from '../core/errors';
import type { Kind } from '../core/kinds';
import { wasStruck } from '../core/quote';
import { download, LINK_STRUCK } from './download';
import { filesOf } from './files';
import type { ResultFile } from './files';
import { tell } from './host';
import { failureJson, taskJson } from './itemJson';
import type { Task } from '../core/task';
import { DEFAULT_MAX_FILE_BYTES } from './outputParameters';
import type { OutputSettings } from './outputParameters';
import type { ServiceConnection, Session } from './session';

/** What an item is made with: the way to the service. */
type ItemSession = ServiceConnection<NodeContext>;

/**
 * The task with the answer that the service gives to a question for it alone. The answer to a question for many may have
 * another shape, and what comes out must not depend on how many items there were. Costs a free request; when that fails,
 * the answer at hand is good enough.
 */
async function withOwnRaw({ client }: ItemSession, task: Task): Promise<Task> {
	const { id, kind, api, rawOfBatch } = task;
	return rawOfBatch && kind ? await client.get({ id, kind, api }).catch(() => task) : task;
}

/** The binary field of a file: the first has the field's name, further ones have `_1`, `_2` … behind it. */
export function binaryFieldAt(index: number, field: string): string {
	return index === 0 ? field : `${field}_${index}`;
}

/** Fetches files, where they are wanted, into their binary fields. Throws `download`. */
export async function downloadFiles(
	session: ItemSession,
	files: readonly ResultFile[],
	{ binaryField: field, maxFileBytes: maxBytes = DEFAULT_MAX_FILE_BYTES }: OutputSettings,
): Promise<IBinaryKeyData> {
	const binary: IBinaryKeyData = {};
	if (field === undefined) return binary;
	for (const [index, file] of files.entries()) {
		binary[binaryFieldAt(index, field)] = await download(session, { ...file, maxBytes });
	}
	return binary;
}

const PAID = 'The task itself succeeded and was paid for';

/** The error of a download, with what to do about it where there is a task to fetch the files by. */
function withTask(error: KlingError): KlingError {
	const { parameter, advice } = error.details;
	if (parameter !== undefined) {
		return error.with({
			advice: `${PAID}. Raise ${parameter} and fetch it with Task → Get, or switch off Download Result and fetch the link by other means`,
		});
	}
	const again = 'fetch it again with Task → Get. Services remove the files after about 30 days';
	return error.with({ advice: advice === undefined ? `${PAID}: ${again}` : `${PAID}. ${advice}` });
}

/** A task to put out, and how. */
export interface Delivery {
	task: Task;
	kind: Kind | undefined;
	/** Of the input item that it belongs to. */
	itemIndex: number;
	/** Whether waiting for it ended before the task did. */
	timedOut: boolean;
	output: OutputSettings;
}

/** One finished or unfinished task as an item, with its files where they are wanted. Throws `download`; the caller adds the task id. */
export async function taskItem(
	session: ItemSession,
	{ task, kind, itemIndex, timedOut, output }: Delivery,
): Promise<INodeExecutionData> {
	const { simplify, binaryField } = output;
	const described = simplify ? task : await withOwnRaw(session, task);
	const json = taskJson(described, { kind, simplify });
	const item: INodeExecutionData = {
		json: timedOut ? { ...json, timedOut: true } : json,
		pairedItem: { item: itemIndex },
	};
	if (task.status !== 'succeed') return item;
	if (binaryField === undefined) {
		// A download tells it itself, and only where the link does not work any more.
		const isStruck = filesOf(task).some(({ url }) => wasStruck(url));
		if (isStruck) tell(session.context, `Task ${task.id}: ${LINK_STRUCK}.`);
		return item;
	}
	const binary = await downloadFiles(session, filesOf(task), output).catch((thrown: unknown) => {
		throw withTask(toKlingError(thrown));
	});
	return Object.keys(binary).length > 0 ? { ...item, binary } : item;
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
