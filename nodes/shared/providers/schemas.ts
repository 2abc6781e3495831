import { z } from 'zod';

import { cut } from '../core/cut';
import { fitsInPath } from '../core/ids';
import { isWebAddress } from '../core/webAddress';

/**
 * Schema pieces for answers. Optional values of a wrong type count as absent; an id of a wrong type does not. None of them is
 * longer than there is use for, because what is read is stored and shown: an answer may have 32 MB, all of it in one text.
 */

/** In characters. */
export const LONGEST_ID = 200;
/** In characters. Longer than any link to a file; those that hold the file itself are bounded by their answer. */
const LONGEST_LINK = 16_000;
/** In characters. Longer than any service takes. */
const LONGEST_PROMPT = 10_000;

/** Ids become parts of paths. */
export const idText = z
	.union([z.string().trim().min(1).max(LONGEST_ID).refine(fitsInPath), z.number().int()])
	.transform((id) => String(id));

const text = z.union([z.string(), z.number()]).transform((value) => String(value));

export const optionalText = text
	.transform((value) => cut(value))
	.optional()
	.catch(undefined);

export const optionalPrompt = text
	.transform((value) => cut(value, LONGEST_PROMPT))
	.optional()
	.catch(undefined);

/** Whether a text is an address that can be fetched; relays put other text into the same place. */
export function isLink(link: string): boolean {
	return link.length <= LONGEST_LINK && isWebAddress(link);
}

/** The first of these members that is a web address. */
export function linkAt(
	fields: ReadonlyMap<string, unknown>,
	...names: string[]
): string | undefined {
	return names
		.map((name) => fields.get(name))
		.find((value): value is string => typeof value === 'string' && isLink(value));
}

/** Whether a link holds the file itself, as base64. */
export function isDataUri(link: string): boolean {
	return /^data:(image|video|audio)\/[\w.+-]+;base64,/i.test(link);
}

/** Seconds, written as a number or as text. */
export const optionalSeconds = z
	.union([z.number(), z.string().regex(/^\d+(\.\d+)?$/)])
	.transform((value) => (Number.isFinite(Number(value)) ? Number(value) : undefined))
	.optional()
	.catch(undefined);

/** How much of something, written as a number or as text. */
export const optionalAmount = z
	.union([z.number(), z.string().regex(/^-?\d+(\.\d+)?$/)])
	.transform(Number)
	.refine(Number.isFinite)
	.optional()
	.catch(undefined);

/** The last moment that a JavaScript Date can hold. */
const LAST_TIME_MS = 8.64e15;

/** A point in time in ms. Services write ms or s, as a number or as text; before the year 5138, s are below 1e11. */
export const optionalTime = z
	.union([z.number(), z.string().regex(/^\d+(\.\d+)?$/)])
	.transform((value) => Number(value))
	.transform((time) =>
		time > 0 && time <= LAST_TIME_MS ? Math.round(time < 1e11 ? time * 1000 : time) : undefined,
	)
	.optional()
	.catch(undefined);

/** The elements of a list that fit; a missing, null or malformed list is an empty one. */
export function listOf<T extends z.ZodTypeAny>(element: T) {
	return z
		.array(z.unknown())
		.catch([])
		.transform((list) =>
			list.flatMap((entry) => {
				const result = element.safeParse(entry);
				return result.success ? [result.data as z.output<T>] : [];
			}),
		);
}
