import { refuseValue } from '../core/quote';

/** What expressions give is of any type, and what spreadsheets give is mostly text; both nodes read it by these rules. */

/** Whether nothing was given: no value, white space, or a list of such. That holds for all parameters alike. */
export function isBlank(value: unknown): boolean {
	if (Array.isArray(value)) return value.every(isBlank);
	return value === undefined || value === null || (typeof value === 'string' && !value.trim());
}

/** The only entry of a list of one, which is what some databases give for a single choice; anything else as it is. */
export function single(value: unknown): unknown {
	const given = Array.isArray(value) ? value.filter((entry) => !isBlank(entry)) : [];
	return given.length === 1 ? given[0] : value;
}

/** A text as it is compared: without white space around it, in small letters, full-width characters as the usual ones. */
export function folded(text: string): string {
	return text.normalize('NFKC').trim().toLowerCase();
}

const YES: readonly unknown[] = [true, 1, 'true', 'yes', 'on', '1'];
const NO: readonly unknown[] = [false, 0, 'false', 'no', 'off', '0'];

/** A switch; undefined where it is blank. Throws `invalidInput` for what is neither yes nor no. */
export function asYesNo(value: unknown, displayName: string): boolean | undefined {
	if (isBlank(value)) return undefined;
	const only = single(value);
	const given = typeof only === 'string' ? folded(only) : only;
	if (YES.includes(given)) return true;
	if (NO.includes(given)) return false;
	return refuseValue(displayName, 'must be true or false', value);
}
