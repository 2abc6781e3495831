import type { Account } from '../accounts';
import { officialTaskId } from '../ids';
import { unifiedRecord } from '../records';
import { Refusal } from '../refusal';
import type { Task } from '../tasks';
import type { ApiRequest, JsonObject, ServiceName, TaskKind } from '../types';
import { TASK_KINDS } from '../types';
import { Fields } from '../validate/fields';
import { OFFICIAL_RULES } from '../validate/official';
import { makeTask, validationContext } from '../workshop';
import type { World } from '../world';
import { queryTasks, searchTasks } from './officialQueries';

/**
 * The Solutions API of official Kling, for API keys only: a path to create for each kind, and one for the query and the list of
 * all of them.
 */

const QUERY = '/solutions';

export function isSolution(kind: TaskKind): boolean {
	return kind.startsWith('solutions/');
}

/** Whether a path is one of this API. */
export function isSolutionPath(path: string): boolean {
	return path === QUERY || path.startsWith(`${QUERY}/`);
}

/** The page of try-on shows other words than its sisters. */
function hasOtherWords(task: Task): boolean {
	return task.kind === 'solutions/virtual_try_on';
}

/** A task as the query, the list and the callbacks tell it. */
function solutionRecord(world: World, task: Task): Record<string, unknown> {
	const { id, status, ...record } = unifiedRecord(world, task);
	if (!hasOtherWords(task)) return { id, status, ...record };
	return { task_id: id, status: status === 'succeeded' ? 'succeed' : status, ...record };
}

/** What is posted when a task changes: its record; of subtitles at the end only. */
export function solutionCallback(world: World, task: Task): Record<string, unknown> | undefined {
	const isOver = ['succeed', 'failed'].includes(world.tasks.status(task));
	const isTold = isOver || task.kind !== 'solutions/drama_subtitle';
	return isTold ? solutionRecord(world, task) : undefined;
}

/** `data` of a create's answer. */
function created(task: Task): Record<string, unknown> {
	return {
		[hasOtherWords(task) ? 'task_id' : 'id']: task.id,
		status: 'submitted',
		create_time: task.createdAt,
		update_time: task.createdAt,
		external_id: task.externalTaskId ?? '',
	};
}

/** What the official service knows of who asks. */
interface Asking {
	service: ServiceName;
	/** The account, whose API key was checked. */
	account: () => Account;
	body: () => JsonObject;
	/** All tasks of the account, oldest first. */
	tasks: () => Task[];
}

/** `data` of the answer to a request to one of its paths, and the task that it made. */
export function solutionData(
	world: World,
	{ method, path, query }: Pick<ApiRequest, 'method' | 'path' | 'query'>,
	asking: Asking,
): { data: unknown; taskId?: string } {
	const kind = TASK_KINDS.find((one) => isSolution(one) && path === `/${one}`);
	if (kind && method === 'POST') return create(world, kind, asking);
	if (path !== QUERY || !['GET', 'POST'].includes(method)) throw new Refusal(1202);
	const tasks = asking.tasks().filter((task) => isSolution(task.kind));
	const record = (task: Task) => solutionRecord(world, task);
	if (method === 'GET') return { data: queryTasks(tasks, query).map(record) };
	const fields = new Fields(asking.body());
	return { data: searchTasks(world, tasks, fields, { record, limit: 500, keys: ['status'] }) };
}

function create(world: World, kind: TaskKind, { service, account, body }: Asking) {
	const payer = account();
	const request = body();
	const order = OFFICIAL_RULES[kind](new Fields(request), validationContext(world, payer));
	const id = officialTaskId();
	const task = makeTask(world, { ...order, kind, service, account: payer, request, id });
	return { data: created(task), taskId: task.id };
}
