import { KlingError, toKlingError } from '../core/errors';
import type { Task } from '../core/task';
import type { Overview } from '../providers';
import { isNotFound } from '../providers/createFailure';
import { likelyKinds, mayHaveMade } from './likelyKinds';
import { LAST_PAGE, listKind } from './listPages';
import type { List } from './listPages';
import type { Sender } from './sender';

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
