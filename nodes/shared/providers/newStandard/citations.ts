import { KlingError } from '../../core/errors';

/**
 * Prompts cite what they are given as `<<<image_1>>>`; the newer API wants `@` and an id that the request gives to the thing.
 * No id may be a part of another one, so their numbers have two digits; nor may it be mistaken for other words with an `@`.
 */

export type Cited = 'image' | 'video' | 'element' | 'voice';

const CITATION = /<<<(image|video|element|voice)_(\d+)>>>/g;
const MENTION = /@[\p{L}\p{N}_]+/gu;
/** Put before all ids of a request, if they would be mistaken for a word of the prompt without. */
const PREFIXES = ['', 'a', 'b', 'c', 'd', 'f', 'g', 'h', 'k', 'm', 'n', 'p', 'q', 'r', 's', 't'];

/** The ids of one request. */
export interface Ids {
	/** Of the first, second … thing of its sort. */
	of(sort: Cited, number: number): string;
	/** Words with their citations as this API wants them. Throws `invalidInput` for one of a thing that is not there. */
	cite(words: string, parameter: string): string;
}

/** What to say of a citation of a thing that is not there: why it is not, and what to do. */
export type Missing = (sort: Cited) => { because: string; advice?: string } | undefined;

/** `counts`: how many things of each sort there are; `texts`: all words that cite them. */
export function idsFor(
	counts: Readonly<Partial<Record<Cited, number>>>,
	texts: readonly string[],
	missing: Missing = () => undefined,
): Ids {
	const mentions = texts.flatMap((text) => text.match(MENTION) ?? []).map((one) => one.slice(1));
	const name = (prefix: string, sort: Cited, number: number) =>
		`${prefix}${sort}_${String(number).padStart(2, '0')}`;
	const given = Object.entries(counts).flatMap(([sort, count]) =>
		Array.from({ length: count }, (_, index) => ({ sort: sort as Cited, number: index + 1 })),
	);
	const isFree = (prefix: string) =>
		given.every(({ sort, number }) => {
			const id = name(prefix, sort, number);
			return mentions.every((word) => !word.startsWith(id) && !id.startsWith(word));
		});
	const prefix = PREFIXES.find(isFree) ?? '';
	const of = (sort: Cited, number: number) => name(prefix, sort, number);
	return {
		of,
		cite: (words, parameter) =>
			words.replace(CITATION, (citation, sort: Cited, digits: string, at: number) => {
				const [number, count = 0] = [Number(digits), counts[sort]];
				if (number < 1 || number > count) {
					const { because = `there are ${count} of these`, advice } = missing(sort) ?? {};
					const message = `${parameter} cites ${citation}, but ${because}`;
					throw new KlingError('invalidInput', message, { parameter, advice });
				}
				// A letter behind it would belong to the id.
				const isGlued = /^[\p{L}\p{N}_]/u.test(words.slice(at + citation.length));
				return `@${of(sort, number)}${isGlued ? ' ' : ''}`;
			}),
	};
}
