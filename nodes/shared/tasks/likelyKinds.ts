import { ALL_KINDS, KINDS, resultTypesOf } from '../core/kinds';
import type { Kind } from '../core/kinds';
import type { Result, Task } from '../core/task';
import type { Provider } from '../providers';
import { seenCodec } from '../providers/codec';

/** Of kinds without a place of their own. */
const LAST = ALL_KINDS.length;

function rankOf(kind: Kind): number {
	const { rank = LAST }: { rank?: number } = KINDS[kind];
	return rank;
}

/** The likeliest first. */
const IN_ORDER = [...ALL_KINDS].sort((one, other) => rankOf(one) - rankOf(other));

/** Whether results like these may come from a task of a kind; so may none. */
export function mayHaveMade(kind: Kind, results: readonly Result[]): boolean {
	return results.every(({ type }) => resultTypesOf(kind).includes(type));
}

/** Whether a video among the results is called as those of a kind are, and no others. */
function isCalledAs(kind: Kind, results: readonly Result[]): boolean {
	const { videoRole }: { videoRole?: string } = KINDS[kind];
	const isCalled = (result: Result) => result.type === 'video' && result.role === videoRole;
	return videoRole !== undefined && results.some(isCalled);
}

/**
 * The kind of a task of the API that several kinds share, if one alone can have made its results, the main thing among them, or
 * they are called so.
 */
export function solutionKind({ solutions }: Provider, { results }: Task): Kind | undefined {
	const possible = (solutions?.kinds ?? []).filter(
		(one) => mayHaveMade(one, results) && results.some(({ type }) => type === KINDS[one].result),
	);
	const named = possible.find((kind) => isCalledAs(kind, results));
	return named ?? (possible.length === 1 ? possible[0] : undefined);
}

/** Whether a task must be of the API that some kinds share: nothing that has a place of its own makes such results. */
export function isSolution(provider: Provider, task: Task): boolean {
	const kind = solutionKind(provider, task);
	if (kind === undefined) return false;
	const { results } = task;
	return (
		isCalledAs(kind, results) || !placedKinds(provider).some((one) => mayHaveMade(one, results))
	);
}

/** Whether a task of an API that several kinds share, which does not tell them apart, has made nothing of what a kind makes. */
export function isOfOtherKind(provider: Provider, kind: Kind, { api, results }: Task): boolean {
	const isSeen = api !== undefined && api === seenCodec(provider, kind)?.api;
	const isShared = isSeen || provider.solutions?.kinds.includes(kind) === true;
	return isShared && results.length > 0 && !results.some((one) => mayHaveMade(kind, [one]));
}

/** The kinds that a service has in places of their own, the likeliest first. */
function placedKinds({ offers, solutions }: Provider): Kind[] {
	return IN_ORDER.filter((kind) => offers[kind] !== undefined && !solutions?.kinds.includes(kind));
}

/** The kinds that most tasks are of, as far as a service has them, the likeliest first. */
export function likeliestKinds({ offers }: Provider): Kind[] {
	return IN_ORDER.filter((kind) => rankOf(kind) < LAST && offers[kind] !== undefined);
}

/**
 * The kinds that a service has in places of their own and that may have made `results`, all of them where none makes those
 * together, the likeliest first; those that make something besides come after those that do not.
 */
export function likelyKinds(provider: Provider, results: readonly Result[] = []): Kind[] {
	const typesOf = (kind: Kind) => resultTypesOf(kind).length;
	const offered = placedKinds(provider).sort((one, other) => typesOf(one) - typesOf(other));
	const likely = offered.filter((kind) => mayHaveMade(kind, results));
	return likely.length > 0 ? likely : offered;
}
