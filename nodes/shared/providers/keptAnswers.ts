import { z } from 'zod';

import type { AnsweredIds } from '../core/errors';
import { SESSION_MS } from '../core/faces';
import type { FaceSession } from '../core/faces';
import type { RecognizedParts } from '../core/parts';
import type { Speech } from '../core/speech';
import type { Calls, PaidCall } from './types';

/**
 * The answers of calls that cost money and make no task. Nobody can ask for them again, so they are kept like paid tasks:
 * as long as the service itself knows what they name.
 */

const DAY_MS = 24 * 60 * 60_000;
/** What is about to end is of no use to a create that may have to wait for a free slot. */
const MARGIN_MS = 30 * 60_000;

interface KeptAnswer<N extends PaidCall> {
	/** For how long it can be used, in ms. */
	lasts: number;
	schema: z.ZodType<Calls[N]['output'], z.ZodTypeDef, unknown>;
	/** What was paid for, in words: "the speech (audio ID 7)". */
	tell: (answer: Calls[N]['output']) => string;
	ids: (answer: Calls[N]['output']) => AnsweredIds;
}

const unitsDeducted = z.string().optional();
const raw = z.custom<Speech['raw']>().optional();

const speech: KeptAnswer<'speech'> = {
	lasts: 30 * DAY_MS,
	schema: z.object({
		audioId: z.string().optional(),
		url: z.string(),
		duration: z.number().optional(),
		createdAt: z.number().optional(),
		unitsDeducted,
		raw,
	}),
	tell: ({ audioId, url }) => `the speech (audio ${audioId === undefined ? url : `ID ${audioId}`})`,
	ids: ({ audioId, url }) => ({ audioId, audioUrl: url }),
};

const face = z.object({
	id: z.string(),
	imageUrl: z.string().optional(),
	start: z.number(),
	end: z.number(),
}) satisfies z.ZodType<FaceSession['faces'][number]>;

const faces: KeptAnswer<'faces'> = {
	lasts: SESSION_MS,
	schema: z.object({ sessionId: z.string(), faces: z.array(face), unitsDeducted, raw }),
	tell: ({ sessionId }) => `the search for faces (session ID ${sessionId})`,
	ids: ({ sessionId }) => ({ sessionId }),
};

const part = z.object({
	name: z.string(),
	isContained: z.boolean(),
	url: z.string().optional(),
}) satisfies z.ZodType<RecognizedParts['parts'][number]>;

/** As long as their files can be fetched. */
const parts: KeptAnswer<'parts'> = {
	lasts: 30 * DAY_MS,
	schema: z.object({ parts: z.array(part), unitsDeducted, raw }),
	tell: ({ parts: found }) => {
		const names = found.flatMap(({ name, isContained }) => (isContained ? [name] : []));
		return `the recognition of parts (found: ${names.join(', ') || 'none'})`;
	},
	ids: ({ parts: found }) => ({
		parts: found.map(({ name, isContained, url = null }) => ({ part: name, isContained, url })),
	}),
};

const KEPT: { readonly [N in PaidCall]: KeptAnswer<N> } = { speech, faces, parts };

/** Until when an answer that came at `at` can be used; both in ms. */
export function usableUntil(name: PaidCall, at: number): number {
	return at + KEPT[name].lasts;
}

/** Whether an answer that came at `at` is of no use any more at `now`; both in ms. */
export function isOutdated(name: PaidCall, at: number, now: number): boolean {
	return now > usableUntil(name, at) - MARGIN_MS;
}

/** An answer that was kept; undefined for what cannot be read. */
export function readKept<N extends PaidCall>(
	name: N,
	stored: unknown,
): Calls[N]['output'] | undefined {
	const kept: KeptAnswer<N> = KEPT[name];
	return kept.schema.safeParse(stored).data;
}

/** What an answer has brought, for who has paid it: "the speech (audio ID 7)". */
export function tellPaid<N extends PaidCall>(name: N, answer: Calls[N]['output']): string {
	const kept: KeptAnswer<N> = KEPT[name];
	return kept.tell(answer);
}

/** By what an answer can be used on, for an item that failed behind it. */
export function answeredIds<N extends PaidCall>(name: N, answer: Calls[N]['output']): AnsweredIds {
	const kept: KeptAnswer<N> = KEPT[name];
	return kept.ids(answer);
}
