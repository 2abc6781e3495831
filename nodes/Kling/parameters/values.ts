import type { IExecuteFunctions } from 'n8n-workflow';

import { KlingError } from '../../shared/core/errors';
import { parseJsonBody } from '../../shared/core/json';
import type { JsonBody } from '../../shared/core/json';

/**
 * Reading of node parameters. Expressions can yield anything, so everything is `unknown` until the request schema has
 * checked it; here it is only tidied: "5" counts as 5, and an empty text as not given.
 */

export type Collection = Record<string, unknown>;

/** A collection parameter; `{}` where nothing was added. */
export function readCollection(
	context: IExecuteFunctions,
	name: string,
	itemIndex: number,
): Collection {
	const value: unknown = context.getNodeParameter(name, itemIndex, {});
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
		throw new KlingError(
			'invalidInput',
			`${displayName} must be given as text: as a number it has lost its last digits`,
			{ parameter: displayName },
		);
	}
	const id = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
	return id === '' ? undefined : id;
}

/** Ids as a list of texts, like `asList`. Throws `invalidInput` for numbers that have lost digits. */
export function asIds(value: unknown, displayName: string): string[] | undefined {
	const given: unknown[] = Array.isArray(value) ? value : [value];
	if (given.some(isBroken)) {
		throw new KlingError(
			'invalidInput',
			`${displayName} must be given as text: as numbers they have lost their last digits`,
			{ parameter: displayName },
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

/** A JSON parameter as text or object. Throws `invalidInput` when it is not a JSON object. */
export function asJsonObject(
	value: unknown,
	displayName: string,
): { [key: string]: JsonBody } | undefined {
	const parsed =
		typeof value === 'string' && value !== '' ? parsedText(value) : blankToUndefined(value);
	if (parsed === undefined) return undefined;
	if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
		throw new KlingError(
			'invalidInput',
			`${displayName} must be a valid JSON object such as {"field": "value"}`,
			{ parameter: displayName },
		);
	}
	return Object.keys(parsed).length > 0 ? (parsed as { [key: string]: JsonBody }) : undefined;
}

/** A number within bounds. Throws `invalidInput` naming the parameter. */
export function boundedNumber(
	value: unknown,
	displayName: string,
	fallback: number,
	min: number,
	max: number,
): number {
	const number = asNumber(value) ?? fallback;
	if (typeof number !== 'number' || !(number >= min && number <= max)) {
		throw new KlingError('invalidInput', `${displayName} must be a number from ${min} to ${max}`, {
			parameter: displayName,
		});
	}
	return number;
}
