import { KlingError } from './errors';

/** Any JSON value, as `parseJson` returns it. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

/**
 * An integer that must reach the wire digit by digit.
 * Kling's element ids exceed 2^53, so they live as text here and become a bare number only in `stringifyJson`.
 */
export class RawInteger {
	constructor(readonly digits: string) {
		if (!/^-?\d+$/.test(digits)) {
			throw new KlingError('invalidInput', `"${digits}" is not a whole number`);
		}
	}
}

/** JSON plus `RawInteger`: what request bodies are made of. Members that are `undefined` are left out. */
export type JsonBody =
	| string
	| number
	| boolean
	| null
	| undefined
	| RawInteger
	| JsonBody[]
	| { [key: string]: JsonBody };

/** All integers beyond 2^53 have 16 digits or more. */
const MAYBE_BIG = /\d{16}/;
/** A text, or an integer of 16 digits or more that is no part of another number. */
const STRING_OR_LONG_INTEGER = /"[^"\\]*(?:\\[\s\S][^"\\]*)*"|(?<![\d.eE+-])-?\d{16,}(?![\d.eE])/g;
/** Records have a handful each. Millions of them would stop n8n for seconds. */
const MOST_BIG = 100_000;

/**
 * Puts every integer beyond 2^53 between quotes, with `mark` before its digits. Only for valid JSON: at a text without an end
 * the expression would begin again at every quote, and a call of a stranger would stop n8n for minutes. Throws `SyntaxError`
 * where there are more than anybody needs.
 */
function quoteBigIntegers(text: string, mark: string): string {
	let count = 0;
	return text.replace(STRING_OR_LONG_INTEGER, (token) => {
		if (token.startsWith('"') || Number.isSafeInteger(Number(token))) return token;
		count += 1;
		if (count > MOST_BIG) throw new SyntaxError('Too many integers of more than 16 digits');
		return `"${mark}${token}"`;
	});
}

/**
 * Parses JSON without losing digits: integers beyond 2^53 come back as strings.
 * Throws `SyntaxError` as `JSON.parse` does.
 */
export function parseJson(text: string): Json {
	const rounded = JSON.parse(text) as Json;
	return MAYBE_BIG.test(text) ? (JSON.parse(quoteBigIntegers(text, '')) as Json) : rounded;
}

/** No JSON text can hold this as it is, so it marks what was a bare integer. */
const WAS_INTEGER = 'was-integer\\u0000';

/** Parses JSON that a user wrote for a request body; integers beyond 2^53 stay bare integers. Throws `SyntaxError`. */
export function parseJsonBody(text: string): JsonBody {
	const rounded = JSON.parse(text) as JsonBody;
	if (!MAYBE_BIG.test(text)) return rounded;
	const mark = JSON.parse(`"${WAS_INTEGER}"`) as string;
	return JSON.parse(quoteBigIntegers(text, WAS_INTEGER), (_key, value: JsonBody) =>
		typeof value === 'string' && value.startsWith(mark) && /^-?\d+$/.test(value.slice(mark.length))
			? new RawInteger(value.slice(mark.length))
			: value,
	) as JsonBody;
}

/** Serialises a request body; the counterpart of `parseJson`. */
export function stringifyJson(value: JsonBody): string {
	if (value === undefined) return 'null';
	if (value instanceof RawInteger) return value.digits;
	if (Array.isArray(value)) return `[${value.map(stringifyJson).join(',')}]`;
	if (value !== null && typeof value === 'object') {
		const members = Object.entries(value)
			.filter(([, member]) => member !== undefined)
			.map(([key, member]) => `${JSON.stringify(key)}:${stringifyJson(member)}`);
		return `{${members.join(',')}}`;
	}
	return JSON.stringify(value);
}

/** Narrows to a JSON object (not an array, not null). */
export function isJsonObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A text that holds a JSON object or list as what it holds; everything else as it is. Never throws. */
export function unfolded(value: Json): Json {
	if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
	try {
		return parseJson(value);
	} catch {
		return value;
	}
}
