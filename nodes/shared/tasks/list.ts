import { KlingError, toKlingError } from '../core/errors';
import { KINDS } from '../core/kinds';
import type { Kind } from '../core/kinds';
import type { Task } from '../core/task';
import type { Overview, Provider } from '../providers';
import { isNotFound } from '../providers/createFailure';
import { likelyKinds, mayHaveMade } from './likelyKinds';
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
 * The newest tasks of a kind by its own list. Returns the error where the service has no such list; any other failure is
 * thrown, and not taken for a kind without tasks.
 */
async function listKind(
	sender: Sender,
	list: List,
	kind: Kind,
	limit: number,
): Promise<Task[] | KlingError> {
	try {
		return await listPages(sender, list, { askedAs: kind, kind, limit });
	} catch (thrown) {
		const error = toKlingError(thrown);
		const message = `The tasks of ${KINDS[kind].label} could not be listed: ${error.message}`;
		const told = new KlingError(error.kind, message, error.details);
		if (!isNotFound(error)) throw told;
		return error;
	}
}

/** The newest tasks of all these kinds, each of which has a list of its own. A kind without a list is left out. */
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
		const listed = await listKind(sender, list, kind, limit);
		if (listed instanceof KlingError) missing.push(listed);
		else tasks.push(...listed);
	}
	if (missing[0] && missing.length === kinds.length) throw missing[0];
	const timeOf = ({ createdAt = 0 }: Task) => createdAt;
	return tasks.sort((one, other) => timeOf(other) - timeOf(one)).slice(0, limit);
}

/**
 * The newest tasks by the list that has all of them. Undefined where the account or the address may not ask for it. Throws
 * what may pass.
 */
async function listSeen(
	{ read, isStopped }: Sender,
	{ list }: Overview,
	limit: number,
): Promise<Task[] | undefined> {
	const tasks = new Map<string, Task>();
	const pageSize = Math.min(limit, list.maxPageSize);
	let cursor: string | undefined;
	const isUnclear = (error: KlingError) => isNotFound(error) || error.kind === 'unreadable';
	try {
		for (let page = 1; tasks.size < limit && page <= LAST_PAGE && !isStopped(); page += 1) {
			const known = tasks.size;
			const request = list.encode(pageSize, cursor);
			const part = await read({ request, read: (response) => list.read(response) }, isUnclear);
			for (const task of part.tasks) tasks.set(task.id, task);
			cursor = part.next;
			// A page of nothing new comes from a service that does not page.
			if (cursor === undefined || tasks.size === known) break;
		}
	} catch (thrown) {
		const error = toKlingError(thrown);
		if (error.details.retryable && !isUnclear(error)) throw error;
		return undefined;
	}
	return [...tasks.values()].slice(0, limit);
}

/** While the lists of kinds are read, others may make so many tasks, which are newer than those that are looked for. */
const MADE_MEANWHILE = 50;

/**
 * The newest tasks of all kinds, by the list that has them all; each as the list of its kind tells it, which tells more. Only
 * the kinds are asked whose tasks may be among them. One that no kind of ours knows is given without a kind.
 */
async function listByOverview(
	sender: Sender,
	list: List,
	overview: Overview,
	limit: number,
): Promise<Task[] | undefined> {
	const seen = await listSeen(sender, overview, limit);
	if (!seen) return undefined;
	const open = new Map(seen.map((task) => [task.id, task]));
	const told = new Map<string, Task>();
	for (const kind of likelyKinds(sender.provider)) {
		if (sender.isStopped()) break;
		const candidates = [...open.values()].filter(({ results }) => mayHaveMade(kind, results));
		if (candidates.length === 0) continue;
		const listed = await listKind(sender, list, kind, candidates.length + MADE_MEANWHILE);
		if (listed instanceof KlingError) continue;
		for (const task of listed) if (open.delete(task.id)) told.set(task.id, task);
	}
	return seen.map((task) => told.get(task.id) ?? task);
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
	const { list, overview, label } = sender.provider;
	if (!list) {
		throw new KlingError('notOffered', `${label} has no list of tasks`, {
			advice: 'Only the official Kling API and Ace Data Cloud list tasks',
		});
	}
	const kinds = kind ? [kind] : likelyKinds(sender.provider);
	const [askedAs] = kinds;
	if (!askedAs) return [];
	if (kind || list.mixed) return await listPages(sender, list, { askedAs, kind, limit });
	const newest = overview && (await listByOverview(sender, list, overview, limit));
	return newest ?? (await listEach(sender, list, kinds, limit));
}
