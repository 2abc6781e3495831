import { ALL_KINDS, resultTypesOf } from '../core/kinds';
import type { Kind } from '../core/kinds';
import type { Result } from '../core/task';
import type { Provider } from '../providers';

/** What most tasks are, the likeliest first. */
const LIKELIEST: readonly Kind[] = [
	'text2video',
	'image2video',
	'omni-video',
	'image-generation',
	'motion-control',
];
const IN_ORDER = [...new Set([...LIKELIEST, ...ALL_KINDS])];

/** Whether results like these may come from a task of a kind; so may none. */
export function mayHaveMade(kind: Kind, results: readonly Result[]): boolean {
	return results.every(({ type }) => resultTypesOf(kind).includes(type));
}

/** The kinds that most tasks are of, as far as a service has them, the likeliest first. */
export function likeliestKinds({ offers }: Provider): Kind[] {
	return LIKELIEST.filter((kind) => offers[kind] !== undefined);
}

/**
 * The kinds that a service has and that may have made `results`, all of its kinds where none makes them together, the
 * likeliest first; those that make something besides come after those that do not.
 */
export function likelyKinds({ offers }: Provider, results: readonly Result[] = []): Kind[] {
	const typesOf = (kind: Kind) => resultTypesOf(kind).length;
	const offered = IN_ORDER.filter((kind) => offers[kind] !== undefined).sort(
		(one, other) => typesOf(one) - typesOf(other),
	);
	const likely = offered.filter((kind) => mayHaveMade(kind, results));
	return likely.length > 0 ? likely : offered;
}
