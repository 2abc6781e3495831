import { KlingError } from '../core/errors';
import type { Kind } from '../core/kinds';
import type { Task } from '../core/task';
import { likelyKinds } from './likelyKinds';
import { listAllSolutions, listNewest, listSolutions, newestOf } from './listNewest';
import { listKind, listPages } from './listPages';
import type { List } from './listPages';
import type { Sender } from './sender';

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
	return newestOf(limit, tasks);
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
	const { list, overview, solutions, label } = sender.provider;
	if (!list) {
		throw new KlingError('notOffered', `${label} has no list of tasks`, {
			advice: 'Only the official Kling API and Ace Data Cloud list tasks',
		});
	}
	if (kind && solutions?.kinds.includes(kind)) {
		return await listSolutions(sender, solutions, kind, limit);
	}
	const kinds = kind ? [kind] : likelyKinds(sender.provider);
	const [askedAs] = kinds;
	if (!askedAs) return [];
	if (kind || list.mixed) return await listPages(sender, list, { askedAs, kind, limit });
	const newest = overview && (await listNewest(sender, list, overview, limit));
	const own = newest ?? (await listEach(sender, list, kinds, limit));
	return solutions ? newestOf(limit, own, await listAllSolutions(sender, limit)) : own;
}
