import { KlingError } from './errors';
import { OPERATIONS } from './operations';
import type { OperationDefinition } from './operations';
import type { ResultType } from './task';

/**
 * The kinds of task Kling makes, named by the last part of the official legacy path
 * (`/v1/videos/text2video`), which is also where a task has to be asked for later.
 */
export type Kind = OperationDefinition['kind'];

/** What is known of each kind. */
export const KINDS = Object.fromEntries(
	OPERATIONS.map((definition) => [definition.kind, definition]),
) as { readonly [K in Kind]: Extract<OperationDefinition, { kind: K }> };

export const ALL_KINDS: readonly Kind[] = OPERATIONS.map(({ kind }) => kind);

/** True for a word that names a kind. */
export function isKind(word: unknown): word is Kind {
	return typeof word === 'string' && Object.hasOwn(KINDS, word);
}

/** What tasks of a kind make, the main thing first. */
export function resultTypesOf(kind: Kind): readonly ResultType[] {
	const { result, besides = [] } = KINDS[kind];
	return [result, ...besides];
}

/** Whether tasks of a kind make files; an element is none. */
export function makesFiles(kind: Kind): boolean {
	return resultTypesOf(kind).some((type) => type !== 'element');
}

/** The legacy path of a kind below the prefix, e.g. `/v1/videos/text2video`. Throws `notOffered` where it has none. */
export function legacyPath(kind: Kind): string {
	const { path, title }: { path?: string; title: string } = KINDS[kind];
	if (path === undefined) throw new KlingError('notOffered', `No legacy API makes ${title}`);
	return `/v1/${path}`;
}
