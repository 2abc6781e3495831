import type { Json } from '../core/json';
import { CUT } from '../core/cut';

const STRUCK = '*****';

/** What every signed token (JWT) begins with: `{"` in base64. */
const TOKEN_START = 'eyJ';

/**
 * A signed token is as good as the key for half an hour. The lookahead, once per run of such characters, makes sure that
 * there are three parts: otherwise every "eyJ" in a long run would be tried to its end.
 */
const SIGNED_TOKEN =
	/(?<![\w-])(?=[\w-]+\.[\w-]{8,}\.[\w-]{8,})(?:[\w-]*-)?eyJ[\w-]{8,}\.[\w-]+\.[\w-]+/g;

const LINK = /^https?:\/\/\S+$/i;

/** So much of a secret, in characters, is struck out where a text was cut off in its middle. */
const SHORTEST_PART = 4;

/** What to strike out, and how to find it. */
interface Secrets {
	forms: readonly string[];
	/** Undefined where there are none. */
	pattern?: RegExp;
}

/** A secret as it is, and as an address or a header may show it. */
function formsOf(secret: string): string[] {
	const bytes = Buffer.from(secret);
	const base64 = bytes.toString('base64').replace(/=+$/, '');
	return [secret, encodeURIComponent(secret), base64, bytes.toString('base64url')];
}

/** In any case: a host name that holds a key comes back in small letters. */
function secretsIn(texts: readonly string[]): Secrets {
	const forms = [...new Set(texts)];
	if (forms.length === 0) return { forms };
	const escaped = forms.map((text) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'));
	return { forms, pattern: new RegExp(escaped.join('|'), 'gi') };
}

/** Whether a signed token was made with one of the secrets: ours names the access key. */
function isOurs(token: string, { pattern }: Secrets): boolean {
	const [, payload = ''] = token.split('.');
	return pattern !== undefined && Buffer.from(payload, 'base64').toString().search(pattern) >= 0;
}

/** The text without the beginning of a secret that it ends in. */
function withoutEnd(text: string, secret: string): string {
	for (let length = secret.length - 1; length >= SHORTEST_PART; length -= 1) {
		if (text.endsWith(secret.slice(0, length))) return text.slice(0, -length) + STRUCK;
	}
	return text;
}

function strike(text: string, secrets: Secrets): string {
	const { forms, pattern } = secrets;
	let shown = pattern ? text.replace(pattern, STRUCK) : text;
	if (shown.includes(CUT)) {
		const parts = shown.split(CUT);
		const last = parts.pop() ?? '';
		shown = [...parts.map((part) => forms.reduce(withoutEnd, part)), last].join(CUT);
	}
	if (!shown.includes(TOKEN_START)) return shown;
	// Without their own token, links of some storage services do not work.
	const isLink = LINK.test(text);
	return shown.replace(SIGNED_TOKEN, (token) =>
		isLink && !isOurs(token, secrets) ? token : STRUCK,
	);
}

/**
 * Replaces every secret, and every signed token, by `*****` in a text that people or logs will see; also the beginning of a
 * secret at the end of a value that was cut off. A text that is one link keeps a signed token that was not made with the
 * secrets.
 */
export function redact(text: string, secrets: readonly string[]): string {
	return strike(text, secretsIn(secrets.flatMap(formsOf)));
}

function redactValue(value: Json, secrets: Secrets): Json {
	if (typeof value === 'string') return strike(value, secrets);
	if (typeof value !== 'object' || value === null) return value;
	if (Array.isArray(value)) return value.map((part) => redactValue(part, secrets));
	const entries = Object.entries(value).map(([name, part]): [string, Json] => [
		strike(name, secrets),
		redactValue(part, secrets),
	]);
	return Object.fromEntries(entries);
}

/** The same as `redact` for every text and every name in a JSON value; the value itself where there is nothing to strike. */
export function redactJson<T extends Json>(value: T, secrets: readonly string[]): T {
	const text = JSON.stringify(value);
	const forms = secrets.flatMap(formsOf);
	const { pattern } = secretsIn(forms.map((form) => JSON.stringify(form).slice(1, -1)));
	const isClean = ![TOKEN_START, CUT].some((part) => text.includes(part));
	if (isClean && (!pattern || text.search(pattern) < 0)) return value;
	const redacted = redactValue(value, secretsIn(forms)) as T;
	return JSON.stringify(redacted) === text ? value : redacted;
}
