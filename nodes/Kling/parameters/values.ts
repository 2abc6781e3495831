import { DateTime } from 'luxon';

import { refuseParameter } from '../../shared/core/errors';
import { parseJsonBody } from '../../shared/core/json';
import type { JsonBody } from '../../shared/core/json';

/**
 * Reading of node parameters. Expressions can yield anything, so everything is `unknown` until the request schema has
 * checked it; here it is only tidied: "5" counts as 5, and an empty text as not given.
 */

export type Collection = Record<string, unknown>;

/** A collection as it is; `{}` for anything else. */
export function toCollection(value: unknown): Collection {
	return typeof value === 'object' && value !== null && !Array.isArray(value)
		? (value as Collection)
		: {};
}

/** The rows of a fixed collection with multiple values, e.g. `{shot: [{…}]}`; an expression may give the list itself. */
export function readRows(value: unknown, name: string): Collection[] {
	const rows: unknown = Array.isArray(value) ? value : ((value ?? {}) as Collection)[name];
	const list: unknown[] = Array.isArray(rows) ? rows : rows === undefined ? [] : [rows];
	return list.map((row) => (typeof row === 'object' && row !== null ? (row as Collection) : {}));
}

/** The value as it is, or undefined where nothing was entered. */
export function blankToUndefined(value: unknown): unknown {
	return value === '' || value === null ? undefined : value;
}

/** A number where the value is one or reads as one; anything else as it is, for the schema to complain about. */
export function asNumber(value: unknown): unknown {
	const text = typeof value === 'string' ? value.trim() : undefined;
	if (text === undefined) return blankToUndefined(value);
	if (text === '') return undefined;
	return Number.isFinite(Number(text)) ? Number(text) : value;
}

/** A list from an array or from text separated by commas or new lines; undefined where it is empty. */
export function asList(value: unknown): string[] | undefined {
	const parts: unknown[] = Array.isArray(value)
		? value
		: typeof value === 'string' || typeof value === 'number'
			? String(value).split(/[,\n]/)
			: [];
	const list = parts.map((part) => String(part).trim()).filter((part) => part !== '');
	return list.length > 0 ? list : undefined;
}

/** Whole numbers beyond this have lost their last digits before we see them; many of Kling's ids are larger. */
function isBroken(id: unknown): boolean {
	return typeof id === 'number' && !Number.isSafeInteger(id);
}

/** One id as text; a small one may come as a number. Throws `invalidInput` for a number that has lost digits. */
export function asId(value: unknown, displayName: string): string | undefined {
	if (isBroken(value)) {
		refuseParameter(displayName, 'must be given as text: as a number it has lost its last digits');
	}
	const id = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
	return id === '' ? undefined : id;
}

/** Ids as a list of texts, like `asList`. Throws `invalidInput` for numbers that have lost digits. */
export function asIds(value: unknown, displayName: string): string[] | undefined {
	const given: unknown[] = Array.isArray(value) ? value : [value];
	if (given.some(isBroken)) {
		refuseParameter(
			displayName,
			'must be given as text: as numbers they have lost their last digits',
		);
	}
	return asList(value);
}

/** What the text holds; text that is no JSON stays text, which is no JSON object either. */
function parsedText(text: string): unknown {
	try {
		return parseJsonBody(text);
	} catch {
		return text;
	}
}

/** A JSON parameter as text or object; undefined where it is empty. Throws `invalidInput` when it is not a JSON object. */
export function asJsonObject(
	value: unknown,
	displayName: string,
): { [key: string]: JsonBody } | undefined {
	const parsed =
		typeof value === 'string' && value !== '' ? parsedText(value) : blankToUndefined(value);
	if (parsed === undefined) return undefined;
	if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
		refuseParameter(displayName, 'must be a valid JSON object such as {"field": "value"}');
	}
	return Object.keys(parsed).length > 0 ? (parsed as { [key: string]: JsonBody }) : undefined;
}

/** A JSON list as text or as it is; text that is no JSON becomes an empty list, which no schema takes. */
export function asJsonList(value: unknown): unknown {
	if (typeof value !== 'string') return value;
	try {
		return JSON.parse(value) as unknown;
	} catch {
		return [];
	}
}

/** Text as ms since 1970; in the time zone `zone` unless it names one itself. */
function parseTime(text: string, zone: string): number {
	const read = [DateTime.fromISO(text, { zone }), DateTime.fromSQL(text, { zone })];
	return read.find(({ isValid }) => isValid)?.toMillis() ?? Date.parse(text);
}

/**
 * A date and time in ms since 1970, given as text, as ms, as a Date or as a luxon DateTime; undefined where it is empty.
 * `zone` is the time zone of texts that name none. Throws `invalidInput`.
 */
export function asTime(
	value: unknown,
	{ displayName, zone }: { displayName: string; zone: string },
): number | undefined {
	if (blankToUndefined(value) === undefined) return undefined;
	// The value of a Date, and of a DateTime, is the time in ms.
	const plain: unknown =
		typeof value === 'object' && value !== null ? value.valueOf() : asNumber(value);
	const time = typeof plain === 'string' ? parseTime(plain, zone) : plain;
	if (typeof time !== 'number' || Number.isNaN(time)) {
		refuseParameter(displayName, 'must be a date and time');
	}
	return time;
}

/** The value if it is a number within bounds, both included. Throws `invalidInput`. */
export function withinBounds(
	value: unknown,
	{ displayName, min, max }: { displayName: string; min: number; max: number },
): number {
	if (typeof value !== 'number' || !(value >= min && value <= max)) {
		refuseParameter(displayName, `must be a number from ${min} to ${max}`);
	}
	return value;
}
