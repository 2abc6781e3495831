import { pauseAskedFor, toKlingError, type KlingError } from '../core/errors';
import { inBrief } from '../core/explain';
import { wasStruck } from '../core/quote';
import type { GenerationRequest } from '../core/requests';
import { isFinal } from '../core/task';
import type { Task, TaskRef } from '../core/task';
import { checkRequest } from '../providers/checkRequest';
import { apiOf, canFindByName, findsByName, hasUniqueName } from '../providers/codec';
import { createCall } from './calls';
import type { Call, Created } from './calls';
import {
	ambiguousCreate,
	externalIdTaken,
	idStruck,
	notAskable,
	notSentAgain,
	notSubmitted,
	stoppedBeforeRepeat,
} from './createErrors';
import { findByExternalId, findSoon, getIfKnown } from './find';
import type { Sender } from './sender';

const CREATE_TIMEOUT_MS = 120_000;
/** A task may be that much older than the create that made it: clocks differ. */
const CLOCKS_DIFFER_MS = 15 * 60_000;

/**
 * What is known of earlier creates of the same request.
 * - `none`: there was none.
 * - `possible`: there may have been one, or a task of somebody else has this External Task ID.
 * - `ambiguous`: there was one, and we do not know whether a task was made.
 */
export type Earlier = 'none' | 'possible' | 'ambiguous';

export interface CreateOptions {
	/** True: a task that exists already under the External Task ID is as good as a new one; otherwise it is an error. */
	reuse?: boolean;
	/** `none`, if not given. */
	earlier?: Earlier;
	/** An earlier create was sent with another key, so that not finding its task proves nothing. */
	hasOtherKey?: boolean;
	/** Whether a task is known to have been made for something else, e.g. another item with the same External Task ID. */
	isTaken?: (taskId: string) => boolean;
	/**
	 * Called when nothing stands against sending any more, so after the task of an earlier create was looked for: gives the
	 * request that leaves, where more has to be paid for before. What it throws is thrown.
	 */
	prepare?: () => Promise<GenerationRequest>;
}

/** A create with all it needs. */
interface Creation {
	sender: Sender;
	request: GenerationRequest;
	call: Call<Created>;
	/**
	 * Its External Task ID, as what to find the task by. `unique`: the service refuses a second create with the same one, and not
	 * finding it proves that there is no task.
	 */
	id: { ref: TaskRef; unique: boolean } | undefined;
	reuse: boolean;
	isTaken: (taskId: string) => boolean;
}

/** What is known of earlier creates when one is sent; `ours`: the one of a moment ago was ambiguous. */
type EarlierOrOurs = Earlier | 'ours';

/** How a POST ended, unless it threw: a task, or certainty that the service knows none by its unique id. */
type Attempt = { task: Task } | { notFound: KlingError };

/**
 * Makes a task, and **at most one**.
 * Throws `KlingError`; `details.maybeCreated` is false when certainly nothing was made, true when a paid task may exist.
 *
 * ## Rules that must not regress
 *
 * "Ambiguous" means: we do not know whether a task was made. "Find" asks for the External Task ID, "get" for the task's own.
 * The id is unique at official Kling, but for an API of which that is not documented (`Codec.uniqueNames`); relays may drop it without a word, so that not finding it proves nothing. Where the API
 * of a kind finds tasks by their own id only (`Codec.findsByName`), "find" asks the API that knows all tasks, and the id counts
 * as not unique: it is not documented that each task shows up there by its id, so that not finding it proves nothing, and what
 * is ambiguous is never sent again. Without such an API it is as if there were no id. One is sent all the same, so that the
 * create of an execution that crashed cannot make a second task: "id exists" with `reuse` is an error then, ambiguous.
 *
 * Before the POST, when an earlier create is …
 *
 * | Find says         | possible            | ambiguous, unique id | ambiguous, id not unique | ambiguous, no id |
 * | ----------------- | ------------------- | -------------------- | ------------------------ | ---------------- |
 * | found             | done                | done                 | done                     | –                |
 * | … failed, without `reuse` | POST        | done                 | done                     | –                |
 * | not found         | POST                | POST                 | not sent again           | not sent again   |
 * | stopped meanwhile | stopped, not made   | stopped, ambiguous   | stopped, ambiguous       | –                |
 * | cannot be asked   | error, not made     | error, ambiguous     | error, ambiguous         | –                |
 *
 * An id counts as not unique, too, where the earlier create was sent with another key, whose account may be another one. What
 * is found, and known to be of another item, is not ours unless `reuse`: taken where the id is unique, else not sent again.
 *
 * After the first POST:
 *
 * | Answer to the POST         | unique id                        | id not unique             | no id            |
 * | -------------------------- | -------------------------------- | ------------------------- | ---------------- |
 * | task                       | done                             | done                      | done             |
 * | task, its ID struck out (see idStruck) | error, ambiguous     | error, ambiguous          | error, ambiguous |
 * | plain "no"                 | error, not made                  | error, not made           | error, not made  |
 * | id exists, with `reuse`    | find → done, else ambiguous      | find → done, else ambiguous | taken, not made |
 * | id exists, without         | taken, not made                  | taken, not made           | taken, not made  |
 * | names a task id beside a refusal's code or a failing status | error, ambiguous | error, ambiguous | error, ambiguous |
 * | names a task id in any other odd answer → get ×3 … |          |                           |                  |
 * | … knows it, cannot be asked, or stopped | done                | done                      | done             |
 * | … does not know it         | error, ambiguous                 | error, ambiguous          | error, ambiguous |
 * | ambiguous → find ×3 …      |                                  |                           | error, ambiguous |
 * | … finds it                 | done                             | done                      |                  |
 * | … finds one that is older, or of another item | `reuse` → done, else taken, not made | `reuse` → done, else ambiguous | |
 * | … finds nothing            | POST once more                   | error, ambiguous          |                  |
 * | … cannot ask, or stopped   | error, ambiguous                 | error, ambiguous          |                  |
 *
 * The same after an ambiguous create (an earlier one, or the second POST), except that:
 *
 * | Answer to the POST         | then                                                                            |
 * | -------------------------- | ------------------------------------------------------------------------------- |
 * | plain "no"                 | error, ambiguous: the earlier one may have used up the balance or the slot      |
 * | id exists                  | find → done, else ambiguous: the id is most likely our own                      |
 * | … finds one that is older  | done, for the same reason                                                       |
 * | … finds nothing            | after the second POST: error, ambiguous. There is never a third                 |
 */
export async function createTask(
	sender: Sender,
	request: GenerationRequest,
	options: CreateOptions,
): Promise<Task> {
	const task = await findOrMake(sender, request, options);
	if (wasStruck(task.id) && !isFinal(task)) throw idStruck(sender.provider, request);
	return task;
}

async function findOrMake(
	sender: Sender,
	request: GenerationRequest,
	{
		reuse = false,
		earlier = 'none',
		hasOtherKey = false,
		isTaken = () => false,
		prepare,
	}: CreateOptions,
): Promise<Task> {
	const { provider } = sender;
	checkRequest(provider, request);
	const id = externalIdOf(sender, request);
	const search = { sender, request, id, reuse, isTaken, hasOtherKey };
	const existing = await findEarlier(search, earlier);
	if (existing) return { ...existing, reused: true };

	const call = createCall(provider, prepare ? await prepare() : request);
	const creation: Creation = { sender, request, call, id, reuse, isTaken };
	const first = await attempt(creation, earlier);
	if ('task' in first) return first.task;
	try {
		const second = await attempt(creation, 'ours');
		if ('task' in second) return second.task;
		throw ambiguousCreate(provider, request, second.notFound);
	} catch (thrown) {
		throw toKlingError(thrown).with({ firstAnswer: inBrief(first.notFound) });
	}
}

function externalIdOf({ provider }: Sender, request: GenerationRequest): Creation['id'] {
	const { kind, external_task_id: id } = request;
	if (id === undefined || !canFindByName(provider, request)) return undefined;
	const ref = { id, kind, api: apiOf(provider, request) };
	return { ref, unique: hasUniqueName(provider, request) };
}

function isAmbiguous(earlier: EarlierOrOurs): boolean {
	return earlier === 'ambiguous' || earlier === 'ours';
}

/** The first table: the task of an earlier create, or undefined where it is right to POST. Throws where it is not. */
async function findEarlier(
	{
		sender,
		request,
		id,
		reuse,
		isTaken,
		hasOtherKey,
	}: Omit<Creation, 'call'> & { hasOtherKey: boolean },
	earlier: Earlier,
): Promise<Task | undefined> {
	if (earlier === 'none') return undefined;
	const { provider } = sender;
	const ambiguous = isAmbiguous(earlier);
	if (id) {
		let task: Task | undefined;
		try {
			task = await findByExternalId(sender, id.ref);
		} catch (thrown) {
			const error = toKlingError(thrown).with({ api: id.ref.api });
			throw ambiguous ? ambiguousCreate(provider, request, error) : notAskable(error);
		}
		const isOfAnother = !reuse && task !== undefined && isTaken(task.id);
		// After a crash nobody can tell which of several tasks of one name is whose.
		if (isOfAnother && !id.unique) throw notSentAgain(provider, request, { hasOtherKey });
		if (isOfAnother && ambiguous) {
			throw externalIdTaken(provider, request, notSentAgain(provider, request));
		}
		// A name may be given again that a failed task has, unless that task was asked for.
		const isWanted = !isOfAnother && (reuse || ambiguous || task?.status !== 'failed');
		if (task && isWanted) return task;
		if (sender.isStopped()) {
			throw ambiguous ? stoppedBeforeRepeat(provider, request) : notSubmitted();
		}
	}
	if (ambiguous && (hasOtherKey || !id?.unique)) {
		throw notSentAgain(provider, request, { hasOtherKey });
	}
	return undefined;
}

/** One POST, and what follows from its answer. */
async function attempt(creation: Creation, earlier: EarlierOrOurs): Promise<Attempt> {
	const { sender, call } = creation;
	const sentAt = sender.clock.now();
	let created: Created;
	try {
		created = await sender.send(call, CREATE_TIMEOUT_MS);
	} catch (thrown) {
		return await afterFailure(creation, toKlingError(thrown), { earlier, sentAt });
	}
	return { task: await believed(creation, created) };
}

/** The task that an answer names; an odd answer is believed unless the service does not know the task. Throws where it is not. */
async function believed({ sender, request }: Creation, { task, doubt }: Created): Promise<Task> {
	if (!doubt) return task;
	const { id, api } = task;
	const ref = { id, kind: request.kind, api };
	const find = async () => await getIfKnown(sender, ref);
	const found = await findSoon(sender, find, pauseAskedFor(doubt));
	if (found === 'notFound') throw ambiguousCreate(sender.provider, request, doubt);
	return found === 'unknown' ? task : { ...found, id };
}

/** The second and third table, without "task". `sentAt`: when the POST was sent, in ms. */
async function afterFailure(
	creation: Creation,
	error: KlingError,
	{ earlier, sentAt }: { earlier: EarlierOrOurs; sentAt: number },
): Promise<Attempt> {
	const { sender, request, id, reuse } = creation;
	const { maybeCreated, duplicate, taskId } = error.details;
	const ambiguous = () => ambiguousCreate(sender.provider, request, error);
	const isOurs = reuse || isAmbiguous(earlier);

	if (duplicate) {
		if (isOurs && !id && !findsByName(sender.provider, request)) throw ambiguous();
		const taken = () => externalIdTaken(sender.provider, request, error);
		if (!id || !isOurs) throw taken();
		const task = await findByExternalId(sender, id.ref).catch(() => undefined);
		if (!task) throw ambiguous();
		if (!reuse && creation.isTaken(task.id)) throw id.unique ? taken() : ambiguous();
		return { task: earlier === 'ours' ? task : { ...task, reused: true } };
	}
	if (maybeCreated === false) throw isAmbiguous(earlier) ? ambiguous() : error;
	if (!id || taskId !== undefined) throw ambiguous();

	const find = async () => await findByExternalId(sender, id.ref);
	const found = await findSoon(sender, find, pauseAskedFor(error));
	if (found === 'unknown') throw ambiguous();
	if (found === 'notFound') {
		if (!id.unique) throw ambiguous();
		return { notFound: error };
	}
	if (isOurs || !(isOlder(found, sentAt) || creation.isTaken(found.id))) return { task: found };
	// The id belonged to another task before: where that forbids a second one, none was made.
	throw id.unique ? externalIdTaken(sender.provider, request, error) : ambiguous();
}

/** Whether a task is certainly older than a create that was sent at that time, in ms. */
function isOlder({ createdAt = Infinity }: Task, sentAt: number): boolean {
	return createdAt < sentAt - CLOCKS_DIFFER_MS;
}
