import { KlingError, toKlingError } from '../core/errors';
import { ALL_KINDS, KINDS } from '../core/kinds';
import type { Kind } from '../core/kinds';
import type { Task } from '../core/task';
import type { Provider } from '../providers';
import { isNotFound } from '../providers/createFailure';
import type { Sender } from './sender';

/** Kling counts no further. */
const LAST_PAGE = 1000;

type List = NonNullable<Provider['list']>;

/** What is asked for, and what is picked of a page: tasks of one kind, or of all where pages are mixed. */
interface Wanted {
	askedAs: Kind;
	kind: Kind | undefined;
	limit: number;
}

/** The newest tasks, page by page. */
async function listPages(
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
 * The newest tasks of all these kinds, each of which has a list of its own. A kind without a list is left out. Any other
 * failure is told, and not taken for a kind without tasks.
 */
async function listEach(
	sender: Sender,
	list: List,
	kinds: readonly Kind[],
	limit: number,
): Promise<Task[]> {
	const tasks: Task[] = [];
	const missing: KlingError[] = [];
	for (const kind of kinds) {
		if (sender.isStopped()) break;
		try {
			tasks.push(...(await listPages(sender, list, { askedAs: kind, kind, limit })));
		} catch (thrown) {
			const error = toKlingError(thrown);
			const message = `The tasks of ${KINDS[kind].label} could not be listed: ${error.message}`;
			const told = new KlingError(error.kind, message, error.details);
			if (!isNotFound(error)) throw told;
			missing.push(error);
		}
	}
	if (missing[0] && missing.length === kinds.length) throw missing[0];
	const timeOf = ({ createdAt = 0 }: Task) => createdAt;
	return tasks.sort((one, other) => timeOf(other) - timeOf(one)).slice(0, limit);
}

/**
 * The account's newest tasks, newest first, at most `limit`: of one kind, or of all that the service has.
 * Throws `notOffered` where the service has no list.
 */
export async function listTasks(
	sender: Sender,
	kind: Kind | undefined,
	limit: number,
): Promise<Task[]> {
	const { list, offers, label } = sender.provider;
	if (!list) {
		throw new KlingError('notOffered', `${label} has no list of tasks`, {
			advice: 'Only the official Kling API and Ace Data Cloud list tasks',
		});
	}
	const kinds = kind ? [kind] : ALL_KINDS.filter((each) => offers[each] !== undefined);
	const [askedAs] = kinds;
	if (!askedAs) return [];
	if (kind || list.mixed) return await listPages(sender, list, { askedAs, kind, limit });
	return await listEach(sender, list, kinds, limit);
}
