import { KlingError } from '../core/errors';
import type { Kind } from '../core/kinds';
import type { Task } from '../core/task';
import type { Sender } from './sender';

/** Kling counts no further. */
const LAST_PAGE = 1000;

/** The account's newest tasks of a kind, at most `limit`, page by page. Throws `notOffered` where the service has no list. */
export async function listTasks(
	{ provider, read }: Sender,
	kind: Kind,
	limit: number,
): Promise<Task[]> {
	const { list } = provider;
	if (!list) {
		throw new KlingError('notOffered', `${provider.label} has no list of tasks`, {
			advice: 'Only the official Kling API and Ace Data Cloud list tasks',
		});
	}
	// A task that is made meanwhile moves the others on, and one of them to the next page.
	const tasks = new Map<string, Task>();
	const ids = new Set<string>();
	const pageSize = list.mixed ? list.maxPageSize : Math.min(limit, list.maxPageSize);
	for (let page = 1; tasks.size < limit && page <= LAST_PAGE; page += 1) {
		const idsBefore = ids.size;
		const part = await read({
			request: list.encode(kind, page, pageSize),
			read: (response) => list.read(kind, response),
		});
		for (const task of part.tasks) tasks.set(task.id, task);
		for (const id of part.ids) ids.add(id);
		// A page of nothing new comes from a service that does not page.
		if (part.size < pageSize || ids.size === idsBefore) break;
	}
	return [...tasks.values()].slice(0, limit);
}
