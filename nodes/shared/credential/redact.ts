import { parseJson } from '../core/json';
import type { Json } from '../core/json';
import { CUT } from '../core/cut';
import { STRUCK } from '../core/quote';
import type { HttpResponse } from '../providers';

/**
 * The characters of base64 that come from a text alone, whatever stands before and behind it: so it is found in what was
 * encoded together with other text, such as `key:secret` or `Bearer key`. In both alphabets.
 */
function inBase64(text: string): string[] {
	return [0, 1, 2].flatMap((before) => {
		const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(text)]);
		const [first, end] = [Math.ceil((before * 8) / 6), Math.floor((bytes.length * 8) / 6)];
		return (['base64', 'base64url'] as const).map((alphabet) =>
			bytes.toString(alphabet).slice(first, end),
		);
	});
}

/** What every signed token (JWT) begins with: `{"` in base64. */
const TOKEN_START = 'eyJ';

/**
 * A signed token is as good as the key for half an hour. The lookahead, once per run of such characters, makes sure that
 * there are three parts: otherwise every "eyJ" in a long run would be tried to its end.
 */
const SIGNED_TOKEN =
	/(?<![\w-])(?=[\w-]+\.[\w-]{8,}\.[\w-]{8,})(?:[\w-]*-)?eyJ[\w-]{8,}\.[\w-]+\.[\w-]+/g;

/** What ours begin with, and `{"alg":` is: in base64 once more. */
const ENCODED_START = [...new Set(inBase64('eyJhbGciOi'))].join('|');
const ENCODED_TOKEN = new RegExp(`(?:${ENCODED_START})[\\w+/-]*=*`, 'gi');

/** What needs a closer look, beside the secrets. */
const SUSPECT = new RegExp([TOKEN_START, CUT, ENCODED_START].join('|'), 'i');

/** Without their own token, links of some storage services do not work. */
const LINK = /^\s*https?:\/\/\S+\s*$/i;

/** The id of a task may be a signed token. */
const ONE_TOKEN = /^\s*[\w-]+\.[\w-]+\.[\w-]+\s*$/;

/** So much of a secret, in characters, is struck out where a text was cut off in its middle. */
const SHORTEST_PART = 4;

/** What to strike out, and how to find it. */
interface Secrets {
	forms: readonly string[];
	/** Of a form, in characters. */
	longest: number;
	/** Undefined where there are none. */
	pattern?: RegExp;
	/** What a beginning of one of them begins with. */
	beginning?: RegExp;
	/** Whether signed tokens that were not made with the secrets stay, wherever they stand. */
	keepsForeign: boolean;
}

/** A secret as it is, and as an address, a header or JSON within JSON may show it. */
function formsOf(secret: string): string[] {
	const bytes = Buffer.from(secret);
	const base64 = bytes.toString('base64').replace(/=+$/, '');
	const inAddresses = [secret, base64].map(encodeURIComponent);
	const inJson = [secret.replaceAll('/', '\\/'), JSON.stringify(secret).slice(1, -1)];
	const asBase64 = [base64, bytes.toString('base64url'), ...inBase64(secret)];
	return [secret, ...inAddresses, ...inJson, ...asBase64];
}

function anyOf(texts: readonly string[], flags = ''): RegExp {
	const escaped = texts.map((text) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'));
	return new RegExp(escaped.join('|'), flags);
}

/** In any case: a host name that holds a key comes back in small letters. */
function findable(secrets: readonly string[]): Omit<Secrets, 'keepsForeign'> {
	const forms = [...new Set(secrets.flatMap(formsOf))];
	if (forms.length === 0) return { forms, longest: 0 };
	const longest = Math.max(...forms.map(({ length }) => length));
	const beginnings = new Set(forms.map((form) => form.slice(0, SHORTEST_PART)));
	return { forms, longest, pattern: anyOf(forms, 'gi'), beginning: anyOf([...beginnings]) };
}

/** By the list of a session, which clears all its answers, items and errors with the same one. */
const found = new WeakMap<readonly string[], Omit<Secrets, 'keepsForeign'>>();

function secretsIn(secrets: readonly string[], { keepsForeign = false } = {}): Secrets {
	const known = found.get(secrets) ?? findable(secrets);
	found.set(secrets, known);
	return { ...known, keepsForeign };
}

/** Whether a signed token was made with one of the secrets: ours names the access key. */
function isOurs(token: string, { pattern }: Secrets): boolean {
	const [, payload = ''] = token.split('.');
	return pattern !== undefined && Buffer.from(payload, 'base64').toString().search(pattern) >= 0;
}

/** The same of a token in base64, whose first characters may belong to what was encoded before it. */
function holdsOurs(encoded: string, secrets: Secrets): boolean {
	return ['', 'AA', 'AAA'].some((before) =>
		isOurs(Buffer.from(before + encoded, 'base64').toString('latin1'), secrets),
	);
}

/**
 * The text without the beginning of a secret that it ends in. An answer may hold a million texts that were cut off: nearly
 * all of them cost one look.
 */
function withoutEnd(text: string, { forms, longest, beginning }: Secrets): string {
	if (!beginning || text.length < SHORTEST_PART) return text;
	const first = Math.max(0, text.length - longest);
	const at = text.slice(first).search(beginning);
	if (at < 0) return text;
	for (let start = first + at; start <= text.length - SHORTEST_PART; start += 1) {
		const end = text.slice(start);
		if (forms.some((form) => form.startsWith(end))) return text.slice(0, start) + STRUCK;
	}
	return text;
}

/** A text without signed tokens. */
function withoutTokens(text: string, secrets: Secrets): string {
	const keepsForeign = secrets.keepsForeign || LINK.test(text);
	return text
		.replace(SIGNED_TOKEN, (token) => (keepsForeign && !isOurs(token, secrets) ? token : STRUCK))
		.replace(ENCODED_TOKEN, (token) =>
			keepsForeign && !holdsOurs(token, secrets) ? token : STRUCK,
		);
}

function strike(text: string, secrets: Secrets): string {
	const { pattern } = secrets;
	// First the tokens: a part of ours is the access key in base64.
	const tokenless = SUSPECT.test(text) ? withoutTokens(text, secrets) : text;
	const shown = pattern ? tokenless.replace(pattern, STRUCK) : tokenless;
	if (!shown.includes(CUT)) return shown;
	const parts = shown.split(CUT);
	const last = parts.pop() ?? '';
	return [...parts.map((part) => withoutEnd(part, secrets)), last].join(CUT);
}

/**
 * Replaces every secret, and every signed token, by `*****` in a text that people or logs will see; also the beginning of a
 * secret at the end of a value that was cut off. A text that is one link keeps a signed token that was not made with the
 * secrets.
 */
export function redact(text: string, secrets: readonly string[]): string {
	return strike(text, secretsIn(secrets));
}

function redactValue(value: Json, secrets: Secrets): Json {
	if (typeof value === 'string') {
		return strike(value, ONE_TOKEN.test(value) ? { ...secrets, keepsForeign: true } : secrets);
	}
	if (typeof value === 'number') {
		const digits = String(value);
		const shown = strike(digits, secrets);
		return shown === digits ? value : shown;
	}
	if (typeof value !== 'object' || value === null) return value;
	if (Array.isArray(value)) return value.map((part) => redactValue(part, secrets));
	const entries = Object.entries(value).map(([name, part]): [string, Json] => [
		strike(name, secrets),
		redactValue(part, secrets),
	]);
	return Object.fromEntries(entries);
}

function isClean(text: string, { pattern }: Secrets): boolean {
	return !SUSPECT.test(text) && (!pattern || text.search(pattern) < 0);
}

function redactIn<T extends Json>(value: T, secrets: Secrets): T {
	const text = JSON.stringify(value);
	if (isClean(text, secrets)) return value;
	const redacted = redactValue(value, secrets) as T;
	return JSON.stringify(redacted) === text ? value : redacted;
}

/**
 * The same as `redact` for every text, number and name in a JSON value; the value itself where there is nothing to strike. A
 * text that is one signed token, as an id may be, stays unless it was made with the secrets.
 */
export function redactJson<T extends Json>(value: T, secrets: readonly string[]): T {
	return redactIn(value, secretsIn(secrets));
}

/** The body of an answer. As JSON, because escapes hide what they stand for. */
function redactBody(text: string, secrets: Secrets): string {
	if (!text.includes('\\') && isClean(text, secrets)) return text;
	try {
		// This takes away the mark of UTF-8, too, which JSON does not know.
		const json = parseJson(text.trim());
		const shown = redactIn(json, secrets);
		return shown === json ? text : JSON.stringify(shown);
	} catch {
		// No JSON, or nested too deeply.
		return strike(text, secrets);
	}
}

/**
 * An answer without the secrets that it repeats, be it in its body, a header or its address; before anything else reads it.
 * Signed tokens of others stay wherever they stand: results may be told in any form, and what of an answer is shown to
 * people as an error is cleared by `redact` again.
 */
export function redactResponse(response: HttpResponse, secrets: readonly string[]): HttpResponse {
	const all = secretsIn(secrets, { keepsForeign: true });
	const { url, headers, text } = response;
	const shown = Object.entries(headers).map(([name, value]) => [
		strike(name, all),
		value === undefined ? value : strike(value, all),
	]);
	return {
		...response,
		url: url === undefined ? url : strike(url, all),
		headers: Object.fromEntries(shown) as HttpResponse['headers'],
		text: redactBody(text, all),
	};
}
