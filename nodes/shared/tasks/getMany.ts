import { KlingError, pauseAskedFor, toKlingError } from '../core/errors';
import type { Task, TaskRef } from '../core/task';
import type { Provider } from '../providers';
import { lacksResult } from '../providers/response';
import { getCall } from './calls';
import type { Sender } from './sender';

type Batch = NonNullable<Provider['batch']>;
type Part = readonly [TaskRef, ...TaskRef[]];

/** What was found by id: the task, or why it could not be read. */
export type FoundTasks = Map<string, Task | KlingError>;

/** What goes into one request each. A task that is alone in its group is got by itself. */
function partsOf(refs: readonly TaskRef[], batch: Batch): Part[] {
	const groups = [...new Set(refs.map((ref) => batch.groupOf(ref)))];
	return groups
		.map((group) => refs.filter((ref) => batch.groupOf(ref) === group))
		.filter((group) => group.length > 1)
		.flatMap((group) => {
			const parts: Part[] = [];
			for (let start = 0; start < group.length; start += batch.maxIds) {
				const [first, ...others] = group.slice(start, start + batch.maxIds);
				if (first) parts.push([first, ...others]);
			}
			return parts;
		});
}

/** A service that asks for a pause, or cannot be reached: what holds for one task holds for all, until the next time. */
function appliesToAll(error: KlingError): boolean {
	return pauseAskedFor(error) > 0 || error.kind === 'unreachable';
}

/** False where the account or address may not ask for many tasks at once. */
function isWorthRepeating({ kind, details }: KlingError): boolean {
	return details.retryable === true && kind !== 'unreadable';
}

async function getOne({ provider, send }: Sender, ref: TaskRef): Promise<Task | KlingError> {
	try {
		return await send(getCall(provider, ref));
	} catch (thrown) {
		return toKlingError(thrown).with({ taskId: ref.id });
	}
}

async function getPart({ send }: Sender, batch: Batch, part: Part): Promise<Task[]> {
	const wanted = new Map(part.map((ref) => [ref.id, ref]));
	const tasks = await send({
		request: batch.encode(
			part.map(({ id }) => id),
			part[0],
		),
		read: (response) => batch.read(response),
	});
	return tasks.flatMap((task) => {
		const ref = wanted.get(task.id);
		// One without its result is got by itself, like one that the answer left out: that tells what is wrong.
		if (!ref || lacksResult(task)) return [];
		return [{ ...task, rawOfBatch: batch.otherShape, kind: ref.kind, api: ref.api }];
	});
}

/**
 * Gets many tasks with as few requests as the service allows, without retrying, as `KlingClient.getMany` says. Asks for the
 * tasks one by one from then on where the service turns out not to answer for many at once.
 */
export function createGetMany(sender: Sender): (refs: readonly TaskRef[]) => Promise<FoundTasks> {
	let { batch } = sender.provider;

	/** Adds to `found` what can be got in batches. Returns the error that applies to all tasks, if there is one. */
	async function getBatches(
		refs: readonly TaskRef[],
		found: FoundTasks,
	): Promise<KlingError | undefined> {
		for (const part of batch ? partsOf(refs, batch) : []) {
			if (!batch) break;
			try {
				for (const task of await getPart(sender, batch, part)) found.set(task.id, task);
			} catch (thrown) {
				const error = toKlingError(thrown);
				if (!isWorthRepeating(error)) batch = undefined;
				else if (appliesToAll(error)) return error;
				else for (const { id } of part) found.set(id, error.with({ taskId: id }));
			}
		}
		return undefined;
	}

	return async (refs) => {
		const found: FoundTasks = new Map();
		let errorForAll = refs.length > 1 ? await getBatches(refs, found) : undefined;
		for (const ref of refs) {
			if (found.has(ref.id)) continue;
			if (sender.isStopped()) break;
			const answer = errorForAll?.with({ taskId: ref.id }) ?? (await getOne(sender, ref));
			if (answer instanceof KlingError && appliesToAll(answer)) errorForAll = answer;
			found.set(ref.id, answer);
		}
		return found;
	};
}
