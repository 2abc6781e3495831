/** Stands where a text was cut off; before it, `redact` strikes the beginning of a secret, too. */
export const CUT = '…';

/** The longest text of a service that is kept for people, in characters: items, errors and logs are stored. */
const LONGEST_MESSAGE = 2000;

/** A text of at most `max` characters; a longer one is cut, not in the middle of an emoji, and ends in "…". */
export function cut(text: string, max = LONGEST_MESSAGE): string {
	if (text.length <= max) return text;
	return text.slice(0, max - CUT.length).replace(/[\uD800-\uDBFF]$/, '') + CUT;
}
