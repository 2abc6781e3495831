import type { z } from 'zod';

import { KlingError } from '../errors';
import type { Kind } from '../kinds';
import { FIELD_NAMES, fieldName } from './fields';
import type { FieldName } from './fields';
import { image2videoRequest } from './image2video';
import { imageGenerationRequest } from './imageGeneration';
import { motionControlRequest } from './motionControl';
import { multiImage2videoRequest } from './multiImage2video';
import { omniVideoRequest } from './omniVideo';
import { text2videoRequest } from './text2video';
import { videoExtendRequest } from './videoExtend';

const REQUESTS = {
	text2video: text2videoRequest,
	image2video: image2videoRequest,
	'multi-image2video': multiImage2videoRequest,
	'video-extend': videoExtendRequest,
	'motion-control': motionControlRequest,
	'omni-video': omniVideoRequest,
	'image-generation': imageGenerationRequest,
} as const satisfies Record<Kind, z.ZodTypeAny>;

/** The checked request of one kind. */
export type RequestOf<K extends Kind> = z.output<(typeof REQUESTS)[K]>;

/** The canonical description of one generation, checked: what providers encode. */
export type GenerationRequest = { [K in Kind]: RequestOf<K> }[Kind];

type ValueOf<F extends string, R = GenerationRequest> = R extends unknown
	? F extends keyof R
		? R[F]
		: never
	: never;

/** A request with the fields of all kinds, those of other kinds being absent: for code that treats kinds alike. */
export type RequestView = { kind: Kind } & { [F in FieldName]?: ValueOf<F> };

/** A request before it was checked: what operations read from the node's parameters. */
export type RequestDraft = { kind: Kind } & Partial<Record<FieldName, unknown>>;

/** The editor's name of a field path, e.g. `['multi_prompt', 0, 'prompt']` → "Shots". */
function displayName(kind: Kind, path: readonly PropertyKey[]): string {
	const field = String(path[0] ?? '');
	return Object.hasOwn(FIELD_NAMES, field) ? fieldName(kind, field as FieldName) : field;
}

/**
 * Checks a draft against the limits that hold at every service.
 * Throws `invalidInput` naming the parameter by its display name and what is allowed.
 */
export function parseRequest(draft: RequestDraft): GenerationRequest {
	const result = REQUESTS[draft.kind].safeParse(draft);
	if (result.success) return result.data;
	const fault = result.error.issues[0];
	const parameter = displayName(draft.kind, fault?.path ?? []);
	throw new KlingError('invalidInput', `${parameter} ${fault?.message ?? 'is not valid'}`, {
		parameter,
	});
}
