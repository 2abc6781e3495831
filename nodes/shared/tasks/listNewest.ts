import { KlingError, toKlingError } from '../core/errors';
import type { Kind } from '../core/kinds';
import type { Task } from '../core/task';
import type { Overview } from '../providers';
import { isNotFound } from '../providers/createFailure';
import { likelyKinds, mayHaveMade, solutionKind } from './likelyKinds';
import { LAST_PAGE, listKind } from './listPages';
import type { List } from './listPages';
import type { Sender } from './sender';

function isUnclear(error: KlingError): boolean {
	return isNotFound(error) || error.kind === 'unreadable';
}

/** The newest tasks by the list of an API, those that are wanted. */
async function listByCursor(
	{ read, isStopped }: Sender,
	{ list }: Overview,
	limit: number,
	isWanted?: (task: Task) => boolean,
): Promise<Task[]> {
	const tasks = new Map<string, Task>();
	const ids = new Set<string>();
	const pageSize = isWanted ? list.maxPageSize : Math.min(limit, list.maxPageSize);
	let cursor: string | undefined;
	for (let page = 1; tasks.size < limit && page <= LAST_PAGE && !isStopped(); page += 1) {
		const known = ids.size;
		const request = list.encode(pageSize, cursor);
		const part = await read({ request, read: (response) => list.read(response) }, isUnclear);
		for (const task of part.tasks) {
			ids.add(task.id);
			if (isWanted?.(task) ?? true) tasks.set(task.id, task);
		}
		cursor = part.next;
		// A page of nothing new comes from a service that does not page.
		if (cursor === undefined || ids.size === known) break;
	}
	return [...tasks.values()].slice(0, limit);
}

/**
 * The newest tasks by the list that has all of them. Undefined where the account or the address may not ask for it. Throws
 * what may pass.
 */
async function listSeen(
	sender: Sender,
	overview: Overview,
	limit: number,
): Promise<Task[] | undefined> {
	try {
		return await listByCursor(sender, overview, limit);
	} catch (thrown) {
		const error = toKlingError(thrown);
		if (error.details.retryable && !isUnclear(error)) throw error;
		return undefined;
	}
}

/** Newest first; one that stands in several lists as the first of them tells it that knows its kind. */
export function newestOf(limit: number, ...lists: ReadonlyArray<readonly Task[]>): Task[] {
	const tasks = new Map<string, Task>();
	for (const task of lists.flat()) {
		if (tasks.get(task.id)?.kind === undefined) tasks.set(task.id, task);
	}
	const timeOf = ({ createdAt = 0 }: Task) => createdAt;
	return [...tasks.values()].sort((one, other) => timeOf(other) - timeOf(one)).slice(0, limit);
}

/**
 * The newest tasks of the API that several kinds share. It does not tell them apart, so those are of a kind that may be; what
 * has no result yet may be of any.
 */
export async function listSolutions(
	sender: Sender,
	solutions: Overview,
	kind: Kind,
	limit: number,
): Promise<Task[]> {
	const tasks = await listByCursor(sender, solutions, limit, ({ results }) =>
		mayHaveMade(kind, results),
	);
	return tasks.map((task) => ({ ...task, kind }));
}

/** The same of all its kinds; none where the account or the address may not ask for them. */
export async function listAllSolutions(sender: Sender, limit: number): Promise<Task[]> {
	const { provider } = sender;
	const { solutions } = provider;
	const tasks = (solutions && (await listSeen(sender, solutions, limit))) ?? [];
	return tasks.map((task) => ({ ...task, kind: solutionKind(provider, task) }));
}

/** While the lists of kinds are read, others may make so many tasks, which are newer than those that are looked for. */
const MADE_MEANWHILE = 50;

/**
 * The newest tasks of all kinds, by the list that has them all; each as the list of its kind tells it, which tells more. Only
 * the kinds are asked whose tasks may be among them. One that no kind of ours knows is given without a kind.
 */
export async function listNewest(
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
