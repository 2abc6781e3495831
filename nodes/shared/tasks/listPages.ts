import { KlingError, toKlingError } from '../core/errors';
import { KINDS } from '../core/kinds';
import type { Kind } from '../core/kinds';
import type { Task } from '../core/task';
import type { Provider } from '../providers';
import { isNotFound } from '../providers/createFailure';
import type { Sender } from './sender';

/** Kling counts no further. */
export const LAST_PAGE = 1000;

/** What a service with lists has. */
export type List = NonNullable<Provider['list']>;

/** What is asked for, and what is picked of a page: tasks of one kind, or of all where pages are mixed. */
interface Wanted {
	askedAs: Kind;
	kind: Kind | undefined;
	limit: number;
}

/** The newest tasks, page by page. */
export async function listPages(
	{ read, isStopped }: Sender,
	list: List,
	{ askedAs, kind, limit }: Wanted,
): Promise<Task[]> {
	// A task that is made meanwhile moves the others on, and one of them to the next page.
	const tasks = new Map<string, Task>();
	const ids = new Set<string>();
	const pageSize = list.mixed ? list.maxPageSize : Math.min(limit, list.maxPageSize);
	for (let page = 1; tasks.size < limit && page <= LAST_PAGE && !isStopped(); page += 1) {
		const idsBefore = ids.size;
		const part = await read({
			request: list.encode(askedAs, page, pageSize),
			read: (response) => list.read(kind, response),
		});
		for (const task of part.tasks) tasks.set(task.id, task);
		for (const id of part.ids) ids.add(id);
		// A page of nothing new comes from a service that does not page.
		if (part.size < pageSize || ids.size === idsBefore) break;
	}
	return [...tasks.values()].slice(0, limit);
}

/**
 * The newest tasks of a kind by its own list. Returns the error where the service has no such list; any other failure is
 * thrown, and not taken for a kind without tasks.
 */
export async function listKind(
	sender: Sender,
	list: List,
	kind: Kind,
	limit: number,
): Promise<Task[] | KlingError> {
	try {
		return await listPages(sender, list, { askedAs: kind, kind, limit });
	} catch (thrown) {
		const error = toKlingError(thrown);
		const message = `The tasks of ${KINDS[kind].title} could not be listed: ${error.message}`;
		const told = new KlingError(error.kind, message, error.details);
		if (!isNotFound(error)) throw told;
		return error;
	}
}
