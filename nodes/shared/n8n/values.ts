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

/** Units that may stand behind a number. */
const UNITS = { seconds: /^(?:s|secs?\.?|seconds?|秒|秒钟)$/ } as const;

export type Unit = keyof typeof UNITS;

/** A number as it is or as text; NaN for anything else, a decimal comma included. */
export function toNumber(value: unknown, unit?: Unit): number {
	const given = single(value);
	if (typeof given !== 'string') return typeof given === 'number' ? given : NaN;
	const [, digits = '', rest = ''] =
		/^([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s*(.*)$/.exec(folded(given)) ?? [];
	const isRead = digits !== '' && (rest === '' || (unit !== undefined && UNITS[unit].test(rest)));
	return isRead ? Number(digits) : NaN;
}

/** A number within bounds, both included. Throws `invalidInput`. */
export function asNumberWithin(
	value: unknown,
	{ displayName, min, max }: { displayName: string; min: number; max: number },
): number | undefined {
	if (isBlank(value)) return undefined;
	const number = toNumber(value);
	if (number >= min && number <= max) return number;
	return refuseValue(displayName, `must be a number from ${min} to ${max}`, value);
}
