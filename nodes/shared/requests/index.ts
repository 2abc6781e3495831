import type { z } from 'zod';

import { KlingError } from '../errors';
import { FIELD_NAMES } from './fields';
import type { FieldName } from './fields';
import { text2videoRequest } from './text2video';

const REQUESTS = { text2video: text2videoRequest } as const;

/** The canonical description of one generation, checked: what providers encode. */
export type GenerationRequest = { [K in keyof typeof REQUESTS]: z.output<(typeof REQUESTS)[K]> }[keyof typeof REQUESTS];

/** A request before it was checked: what operations read from the node's parameters. */
export type RequestDraft = { kind: keyof typeof REQUESTS } & Partial<Record<FieldName, unknown>>;

/** The editor's name of a field path, e.g. `['multi_prompt', 0, 'prompt']` → "Shots". */
function displayName(path: ReadonlyArray<PropertyKey>): string {
	const field = String(path[0] ?? '');
	return Object.hasOwn(FIELD_NAMES, field) ? FIELD_NAMES[field as keyof typeof FIELD_NAMES] : field;
}

/**
 * Checks a draft against the limits that hold at every service.
 * Throws `invalidInput` naming the parameter by its display name and what is allowed.
 */
export function checkRequest(draft: RequestDraft): GenerationRequest {
	const result = REQUESTS[draft.kind].safeParse(draft);
	if (result.success) return result.data;
	const fault = result.error.issues[0];
	const parameter = displayName(fault?.path ?? []);
	throw new KlingError('invalidInput', `${parameter} ${fault?.message ?? 'is not valid'}`, {
		parameter,
	});
}
