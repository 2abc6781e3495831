import { refuseValue, isMoment } from '../../shared/core/quote';
import { either } from '../../shared/core/words';
import { parseJsonBody } from '../../shared/core/json';
import type { JsonBody } from '../../shared/core/json';
import { folded, isBlank, single, toNumber } from '../../shared/n8n/values';
import type { Unit } from '../../shared/n8n/values';

/**
 * Reading of node parameters, one reader per type. Expressions can yield anything, so everything is `unknown` at first.
 * What can mean one thing only is read as that: "5 s" is 5, and "Professional" is `pro`. All else is refused, with the value
 * that came; nothing is guessed, since it may be paid for. Blank is not given: undefined.
 */

export type Collection = Record<string, unknown>;

/** An object with members, and no list, date or other thing. */
export function isCollection(value: unknown): value is Collection {
	return typeof value === 'object' && value !== null && !Array.isArray(value) && !isMoment(value);
}

/** What a text of JSON holds, where it is a list or an object; undefined for any other text. Keeps the digits of long integers. */
export function jsonIn(text: string): unknown {
	if (!/^\s*[[{]/.test(text)) return undefined;
	try {
		return parseJsonBody(text);
	} catch {
		return undefined;
	}
}

function parsed(value: unknown): unknown {
	return typeof value === 'string' ? (jsonIn(value) ?? value) : value;
}

/** A collection, also as JSON text. Throws `invalidInput`. */
export function asCollection(value: unknown, displayName: string): Collection {
	if (isBlank(value)) return {};
	const given = parsed(value);
	return isCollection(given) ? given : refuseValue(displayName, 'must be an object', value);
}

/**
 * The rows of a fixed collection with multiple values, e.g. `{shot: [{…}]}`; an expression may give the list itself, also as
 * JSON text. Throws `invalidInput`.
 */
export function asRows(value: unknown, displayName: string, name: string): Collection[] {
	if (isBlank(value)) return [];
	const given = parsed(value);
	// A collection without rows is empty; members of any other name would be lost without a word.
	const isWrapped = isCollection(given) && (name in given || Object.keys(given).length === 0);
	const rows = isWrapped ? given[name] : given;
	if (isBlank(rows)) return [];
	const list: unknown[] = Array.isArray(rows) ? rows : [rows];
	return list.map((row) =>
		isCollection(row) ? row : refuseValue(displayName, 'must hold an object for each row', row),
	);
}

/** Free text as it is; a number or a switch as its text. Throws `invalidInput`. */
export function asText(value: unknown, displayName: string): string | undefined {
	if (isBlank(value)) return undefined;
	const given = single(value);
	if (typeof given === 'string') return given;
	if (['number', 'boolean', 'bigint'].includes(typeof given)) return String(given);
	return refuseValue(displayName, 'must be text', value);
}

interface NumberSpec {
	displayName: string;
	min?: number;
	max?: number;
	unit?: Unit;
}

/** A number; its bounds, which refusals tell, are checked by whoever knows them better. Throws `invalidInput`. */
export function asNumber(
	value: unknown,
	{ displayName, min, max, unit }: NumberSpec,
): number | undefined {
	if (isBlank(value)) return undefined;
	const number = toNumber(value, unit);
	if (Number.isFinite(number)) return number;
	// Named as the request schema names it.
	const title = displayName.replace(/ \(Seconds\)$/, '');
	const bounds = min === undefined || max === undefined ? '' : ` from ${min} to ${max}`;
	return refuseValue(
		title,
		`must be ${unit ? `a whole number of ${unit}` : `a number${bounds}`}`,
		value,
	);
}

/** Width to height, as people write it: `16:9`, `16x9`, `16/9`. */
const RATIO = /^(\d+) ?[:x×/] ?(\d+)$/;

interface Option {
	name: string;
	value: unknown;
}

/** What a choice may be called: its value, and what the panel shows for it, also without what stands in brackets there. */
function namesOf({ name, value }: Option): string[] {
	return [String(value), name, name.replace(/ \(.*\)$/, '')].map(folded);
}

/** A choice as a message names it: "std (Standard)", or "16:9" where the panel shows its value. */
function shownAs(option: Option): string {
	const [value = '', , label = ''] = namesOf(option);
	return value === label ? String(option.value) : `${String(option.value)} (${option.name})`;
}

/** One of several values, in any case, or what the panel shows for it. Throws `invalidInput`. */
export function asChoice(
	value: unknown,
	{ displayName, options }: { displayName: string; options: readonly Option[] },
): string | undefined {
	if (isBlank(value)) return undefined;
	const given = single(value);
	const text = typeof given === 'number' ? String(given) : given;
	const word = typeof text === 'string' ? folded(text).replace(RATIO, '$1:$2') : undefined;
	const chosen = options.find((option) => word !== undefined && namesOf(option).includes(word));
	if (chosen) return String(chosen.value);
	const values = options.map((option) => String(option.value));
	const isSpoilt = values.some((one) => RATIO.test(one)) && !RATIO.test(word ?? '');
	const advice =
		'Spreadsheets turn a ratio such as 16:9 into a time or a number: format the cell as plain text';
	return refuseValue(
		displayName,
		`must be ${either(options.map(shownAs))}`,
		value,
		isSpoilt ? advice : undefined,
	);
}

/** What JSON makes of an object. Throws `invalidInput` where it cannot. */
function toPlainJson(given: Collection, displayName: string): unknown {
	try {
		return parseJsonBody(JSON.stringify(given));
	} catch {
		return refuseValue(displayName, 'must hold nothing but JSON', given);
	}
}

/** A JSON object, also as text; undefined where it has no members. Throws `invalidInput`. */
export function asJsonObject(
	value: unknown,
	displayName: string,
): { [key: string]: JsonBody } | undefined {
	if (isBlank(value)) return undefined;
	const given = parsed(value);
	if (!isCollection(given)) {
		refuseValue(displayName, 'must be a valid JSON object such as {"field": "value"}', value);
	}
	if (Object.keys(given).length === 0) return undefined;
	// What an expression gives may hold dates and other things that are no JSON as they are.
	const json = typeof value === 'string' ? given : toPlainJson(given, displayName);
	return json as { [key: string]: JsonBody };
}

/** A JSON list, also as text. Throws `invalidInput`. */
export function asJsonList(value: unknown, displayName: string): unknown[] {
	const given = parsed(value);
	return Array.isArray(given) ? given : refuseValue(displayName, 'must be a JSON list', value);
}
