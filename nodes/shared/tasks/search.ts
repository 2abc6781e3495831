import { KlingError, toKlingError } from '../core/errors';
import { ALL_KINDS, isKind } from '../core/kinds';
import type { Kind } from '../core/kinds';
import type { Task, TaskRef } from '../core/task';
import type { Overview, Provider } from '../providers';
import { encodeBoth, readBy, refsOf, seenCodec } from '../providers/codec';
import { isNotFound } from '../providers/createFailure';
import { makesKind } from '../providers/offers';
import { getCall } from './calls';
import type { Call } from './calls';
import { isSolution, likeliestKinds, likelyKinds, solutionKind } from './likelyKinds';
import type { Sender } from './sender';

/** The search for a task of which the kind is not known: by the API that knows all of them, or at the place of each kind. */

/** What a place says: the task, or why it has none. */
type Answer = Task | KlingError;

/** By its id, and by one's own. */
const WAYS_TO_NAME = 2;

/** What Kling says of the key, the account, and the address that calls. */
const SAME_EVERYWHERE = new Set<unknown>([1000, 1001, 1002, 1003, 1004, 1100, 1101, 1304]);

/** The service does not answer now, whatever it is asked. */
function isSilent({ kind, details: { busy } }: KlingError): boolean {
	return kind === 'unreachable' || busy === true;
}

/** What is said of who asks is the same at every place, and so is silence. */
function holdsEverywhere(error: KlingError): boolean {
	const { code, httpStatus } = error.details;
	return isSilent(error) || httpStatus === 401 || SAME_EVERYWHERE.has(code);
}

/**
 * Whether a failure ends the search. A service may refuse the calls for one kind and answer those for another; but a second
 * place in trouble, after all those tries, means that the whole service is. A task without its result is the task.
 */
function endsSearch(error: KlingError, before: KlingError | undefined): boolean {
	const { retryable, resultMissing } = error.details;
	const isTrouble = retryable === true && before?.details.retryable === true;
	return holdsEverywhere(error) || resultMissing === true || isTrouble;
}

async function ask(
	{ read }: Sender,
	call: Call<Task>,
	isAnswer: (error: KlingError) => boolean,
): Promise<Answer> {
	try {
		return await read(call, isAnswer);
	} catch (thrown) {
		return toKlingError(thrown);
	}
}

/** What the places of some kinds say. `failed`: one could not be asked, so that the task may be there. */
interface Searched {
	task?: Task;
	missing?: KlingError;
	failed?: KlingError;
}

/** Asks one place after the other until one has the task. Throws what ends the search. */
async function searchAmong(sender: Sender, id: string, kinds: readonly Kind[]): Promise<Searched> {
	const { provider } = sender;
	let missing: KlingError | undefined;
	let failed: KlingError | undefined;
	for (const ref of refsOf(provider, kinds)) {
		const answer = await ask(sender, getCall(provider, { ...ref, id }), isNotFound);
		if (!(answer instanceof KlingError)) return { task: answer };
		if (isNotFound(answer)) missing = answer.kind === 'notFound' ? answer : (missing ?? answer);
		else if (endsSearch(answer, failed)) throw answer;
		else failed = answer.details.retryable ? answer : (failed ?? answer);
	}
	return { missing, failed };
}

/** The task of one of these kinds. Throws `notFound` only where all places have answered so. */
async function findAmong(sender: Sender, id: string, kinds: readonly Kind[]): Promise<Task> {
	const { task, missing, failed } = await searchAmong(sender, id, kinds);
	if (task) return task;
	const { label } = sender.provider;
	throw failed ?? missing ?? new KlingError('notFound', `${label} keeps no tasks`);
}

/** What the API says that knows all tasks. */
async function askOverview(sender: Sender, overview: Overview, id: string): Promise<Answer> {
	// What is not clear here, the places of the kinds can say.
	const isAnswer = (error: KlingError) => isNotFound(error) || error.kind === 'unreadable';
	const read: Call<Task>['read'] = (response) => readBy(overview, id, response);
	const [likelier, other] = encodeBoth(sender.provider, overview, id);
	const answer = await ask(sender, { request: likelier, read }, isAnswer);
	const isUnknown = answer instanceof KlingError && answer.kind === 'notFound';
	return isUnknown ? await ask(sender, { request: other, read }, isAnswer) : answer;
}

/** Whether there may be a task all the same where no place of a kind knows one: it was seen, or could not be. */
function mayBeThere({ kind, details: { resultMissing, retryable } }: KlingError): boolean {
	return resultMissing === true || (kind === 'refused' && retryable === true);
}

/** The task that the API which knows all could not tell, as it `says`, at the place of its kind. */
async function findElsewhere(sender: Sender, id: string, says: KlingError): Promise<Task> {
	try {
		return await findAmong(sender, id, likelyKinds(sender.provider));
	} catch (thrown) {
		const error = toKlingError(thrown);
		throw isNotFound(error) && mayBeThere(says) ? says : error;
	}
}

/** A task by the API that some kinds share; undefined where that does not know it. */
async function asSolution(
	sender: Sender,
	solutions: Overview | undefined,
	seen: Task,
): Promise<Task | undefined> {
	const { provider } = sender;
	// Of results that several of its kinds make, it tells no more than what was seen.
	const kind = solutionKind(provider, seen);
	if (!solutions || kind === undefined) return undefined;
	const request = solutions.encodeGet(seen.id);
	const read: Call<Task>['read'] = (response) => readBy(solutions, seen.id, response);
	const answer = await ask(sender, { request, read }, isNotFound);
	return answer instanceof KlingError ? undefined : { ...answer, kind };
}

/**
 * The task as the API of its kind tells it, which tells more than the one that knows all; without a kind where it is of none
 * of ours.
 */
async function findByOverview(
	sender: Sender,
	overview: Overview,
	id: string,
	solutions: Overview | undefined,
): Promise<Task> {
	const { provider } = sender;
	const seen = await askOverview(sender, overview, id);
	if (seen instanceof KlingError) {
		if (seen.kind === 'notFound' || isSilent(seen)) throw seen;
		// It belongs to the newer API, for which a key may not be good.
		return await findElsewhere(sender, id, seen);
	}
	const isElsewhere = isSolution(provider, seen);
	const solution = isElsewhere ? await asSolution(sender, solutions, seen) : undefined;
	if (solution) return solution;
	const kinds = likelyKinds(provider, seen.results);
	const { task, failed } = await searchAmong(sender, seen.id, kinds);
	if (!task && failed?.details.retryable) throw failed;
	if (task || isElsewhere) return task ?? seen;
	return (await asSolution(sender, solutions, seen)) ?? seen;
}

/**
 * A task of which the API that knows all says nothing, as `missing` tells, by the one that some kinds share. Throws `missing`
 * where that is not to be asked, or does not know it either.
 */
async function findAmongSolutions(
	sender: Sender,
	solutions: Overview | undefined,
	id: string,
	missing: KlingError,
): Promise<Task> {
	if (!solutions || !isNotFound(missing)) throw missing;
	const answer = await askOverview(sender, solutions, id);
	if (!(answer instanceof KlingError)) {
		return { ...answer, kind: solutionKind(sender.provider, answer) };
	}
	const isThere = isSilent(answer) || (!isNotFound(answer) && mayBeThere(answer));
	throw isThere ? answer : missing;
}

/** The kinds that an operation makes at a service, its own first. */
function kindsOf(provider: Provider, operation: Kind): Kind[] {
	const isOffered = (kind: Kind) => provider.offers[kind] !== undefined;
	return ALL_KINDS.filter((kind) => isOffered(kind) && makesKind(provider, operation, kind));
}

/** Whether all that an operation makes is at one place of a service. */
export function isAtOnePlace(provider: Provider, operation: Kind): boolean {
	const kinds = kindsOf(provider, operation);
	return refsOf(provider, kinds).length === 1 && !kinds.some((kind) => seenCodec(provider, kind));
}

/** Where a task is looked for: at the places of a kind, of all kinds, or of those that most tasks are of. */
export type Where = Kind | 'everywhere' | 'likeliest';

/** The kinds at whose places a task is looked for without an overview. */
function kindsAt(provider: Provider, where: Where): Kind[] {
	if (where === 'everywhere') return likelyKinds(provider);
	return where === 'likeliest' ? likeliestKinds(provider) : kindsOf(provider, where);
}

/**
 * The task with an id. An API that knows all tasks is asked first, unless the kind is known. Throws `notFound` when there is
 * none.
 */
export async function findById(sender: Sender, id: string, where: Where): Promise<Task> {
	const { provider } = sender;
	const { overview, solutions } = provider;
	try {
		if (!overview || isKind(where)) return await findAmong(sender, id, kindsAt(provider, where));
		const others = where === 'everywhere' ? solutions : undefined;
		try {
			return await findByOverview(sender, overview, id, others);
		} catch (thrown) {
			return await findAmongSolutions(sender, others, id, toKlingError(thrown));
		}
	} catch (thrown) {
		throw toKlingError(thrown).with({ taskId: id });
	}
}

/**
 * The task with an id that an operation has made. One that only the API knows that knows all is believed to be of its kind,
 * if tasks of the kind are made there. Throws as `findById` does.
 */
export async function findMadeBy(sender: Sender, id: string, operation: Kind): Promise<Task> {
	const { provider } = sender;
	const kind = kindsOf(provider, operation).find((one) => seenCodec(provider, one));
	try {
		return await findById(sender, id, operation);
	} catch (thrown) {
		const error = toKlingError(thrown);
		if (!kind || error.kind !== 'notFound') throw error;
	}
	// Where the API that knows all is asked, but not that of solutions, which are of other kinds.
	const seen = await findById(sender, id, 'likeliest');
	return seen.kind ? seen : { ...seen, kind, api: seenCodec(provider, kind)?.api };
}

/** So many requests the search for a task costs that the service does not know, where every answer is clear. */
export function costOfUnknown(provider: Provider, where: Exclude<Where, Kind>): number {
	const { overview, solutions } = provider;
	if (overview) return WAYS_TO_NAME * (solutions && where === 'everywhere' ? 2 : 1);
	return refsOf(provider, kindsAt(provider, where)).length;
}

/**
 * How to ask for a task again: by the id that came back, which finds it everywhere, unlike an External Task ID. Without a kind
 * it comes from where all tasks are, and there any kind finds it. Undefined where a service has no tasks.
 */
export function refOf({ id, kind, api }: Task, { offers }: Provider): TaskRef | undefined {
	const askedAs = kind ?? ALL_KINDS.find((offered) => offers[offered] !== undefined);
	return askedAs && { id, kind: askedAs, api };
}
