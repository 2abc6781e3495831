import type { JsonValue } from './types';

// JSON.parse rounds 829836802793406551 to ...500. The real services do not, so a client that
// rounds must be caught, and one that does not must be seen to be right.

const MARK = '\u0000exact:';

/** Parses JSON and keeps whole numbers beyond 2^53 as bigint; undefined when it is no JSON. */
export function parseExactJson(text: string): JsonValue | undefined {
	try {
		return JSON.parse(markLongIntegers(text), (_key, value: unknown) =>
			typeof value === 'string' && value.startsWith(MARK)
				? BigInt(value.slice(MARK.length))
				: value,
		) as JsonValue;
	} catch {
		return undefined;
	}
}

/** The inverse: a bigint is written as a bare number. */
export function stringifyExactJson(value: unknown, indent?: number): string {
	const text = JSON.stringify(
		value,
		(_key, inner: unknown) => {
			if (typeof inner === 'bigint') return MARK + inner.toString();
			if (inner instanceof RegExp) return String(inner);
			return inner;
		},
		indent,
	);
	return text.replace(/"\\u0000exact:(-?\d+)"/g, '$1');
}

/** Walks the text by hand: a regular expression would overflow on base64 of several megabytes. */
function markLongIntegers(text: string): string {
	let result = '';
	let copied = 0;
	let at = 0;
	while (at < text.length) {
		const character = text[at] ?? '';
		if (character === '"') {
			at = endOfString(text, at);
		} else if (character === '-' || (character >= '0' && character <= '9')) {
			const end = endOfNumber(text, at);
			const token = text.slice(at, end);
			if (/^-?\d{16,}$/.test(token) && !Number.isSafeInteger(Number(token))) {
				result += `${text.slice(copied, at)}"\\u0000exact:${token}"`;
				copied = end;
			}
			at = end;
		} else {
			at += 1;
		}
	}
	return result + text.slice(copied);
}

function endOfString(text: string, start: number): number {
	let at = start + 1;
	for (;;) {
		const quote = text.indexOf('"', at);
		if (quote < 0) return text.length;
		let backslashes = 0;
		while (text[quote - 1 - backslashes] === '\\') backslashes += 1;
		if (backslashes % 2 === 0) return quote + 1;
		at = quote + 1;
	}
}

function endOfNumber(text: string, start: number): number {
	let at = start + 1;
	while (at < text.length && /[0-9.eE+-]/.test(text[at] ?? '')) at += 1;
	return at;
}
