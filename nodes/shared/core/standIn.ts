import { RawInteger } from './json';

/**
 * What stands in a request for a file that is put on the web before the create leaves: an address that nobody can own
 * (RFC 2606), made of the content alone. So a request is the same whenever it is tried again, though every upload has another
 * address.
 */

const START = 'https://file.invalid/sha256/';
const STAND_IN = /^https:\/\/file\.invalid\/sha256\/[0-9a-f]{64}$/;

/** The stand-in for a file, by the SHA-256 of its content in hexadecimal digits. */
export function standInFor(sha256: string): string {
	return `${START}${sha256}`;
}

/** A copy of a value in which every text is what `form` makes of it. */
function mapped(value: unknown, form: (text: string) => string): unknown {
	if (typeof value === 'string') return form(value);
	if (typeof value !== 'object' || value === null || value instanceof RawInteger) return value;
	if (Array.isArray(value)) return value.map((part) => mapped(part, form));
	return Object.fromEntries(
		Object.entries(value).map(([name, part]) => [name, mapped(part, form)]),
	);
}

/** The stand-ins that a request holds, each once. */
export function standInsIn(request: object): string[] {
	const found = new Set<string>();
	mapped(request, (text) => {
		if (STAND_IN.test(text)) found.add(text);
		return text;
	});
	return [...found];
}

/** The request with the addresses of its files. */
export function withAddresses<Request extends object>(
	request: Request,
	addresses: ReadonlyMap<string, string>,
): Request {
	if (addresses.size === 0) return request;
	return mapped(request, (text) => addresses.get(text) ?? text) as Request;
}
