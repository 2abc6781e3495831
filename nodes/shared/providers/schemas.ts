import { z } from 'zod';

import { fitsInPath } from '../core/ids';

/** Schema pieces for answers. Optional values of a wrong type count as absent; an id of a wrong type does not. */

/** Ids become parts of paths. */
export const idText = z
	.union([z.string().trim().min(1).refine(fitsInPath), z.number().int()])
	.transform((id) => String(id));

export const optionalText = z
	.union([z.string(), z.number()])
	.transform((value) => String(value))
	.optional()
	.catch(undefined);

/** Whether a text is an address that can be fetched; relays put other text into the same place. */
export function isWebAddress(text: string): boolean {
	return /^https?:\/\//i.test(text);
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
