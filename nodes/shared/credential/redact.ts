import type { Json } from '../core/json';

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

/** A secret as it is, and as an address or a header may show it. */
function formsOf(secret: string): string[] {
	const bytes = Buffer.from(secret);
	const base64 = bytes.toString('base64').replace(/=+$/, '');
	return [secret, encodeURIComponent(secret), base64, bytes.toString('base64url')];
}

/** Finds the texts, in any case: a host name that holds a key comes back in small letters. */
function patternOf(texts: readonly string[]): RegExp | undefined {
	if (texts.length === 0) return undefined;
	const escaped = [...new Set(texts)].map((text) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'));
	return new RegExp(escaped.join('|'), 'gi');
}

/** Whether a signed token was made with one of the secrets: ours names the access key. */
function isOurs(token: string, pattern: RegExp | undefined): boolean {
	const [, payload = ''] = token.split('.');
	return pattern !== undefined && Buffer.from(payload, 'base64').toString().search(pattern) >= 0;
}

function redactBy(pattern: RegExp | undefined, text: string): string {
	const shown = pattern ? text.replace(pattern, STRUCK) : text;
	if (!shown.includes(TOKEN_START)) return shown;
	// Without their own token, links of some storage services do not work.
	const isLink = LINK.test(text);
	return shown.replace(SIGNED_TOKEN, (token) =>
		isLink && !isOurs(token, pattern) ? token : STRUCK,
	);
}

/**
 * Replaces every secret, and every signed token, by `*****` in a text that people or logs will see. A text that is one link
 * keeps a signed token that was not made with the secrets.
 */
export function redact(text: string, secrets: readonly string[]): string {
	return redactBy(patternOf(secrets.flatMap(formsOf)), text);
}

function redactValue(value: Json, pattern: RegExp | undefined): Json {
	if (typeof value === 'string') return redactBy(pattern, value);
	if (typeof value !== 'object' || value === null) return value;
	if (Array.isArray(value)) return value.map((part) => redactValue(part, pattern));
	const entries = Object.entries(value).map(([name, part]): [string, Json] => [
		redactBy(pattern, name),
		redactValue(part, pattern),
	]);
	return Object.fromEntries(entries);
}

/** The same as `redact` for every text and every name in a JSON value; the value itself where there is nothing to strike. */
export function redactJson<T extends Json>(value: T, secrets: readonly string[]): T {
	const text = JSON.stringify(value);
	const forms = secrets.flatMap(formsOf);
	const escaped = patternOf(forms.map((form) => JSON.stringify(form).slice(1, -1)));
	if (!text.includes(TOKEN_START) && (!escaped || text.search(escaped) < 0)) return value;
	const redacted = redactValue(value, patternOf(forms)) as T;
	return JSON.stringify(redacted) === text ? value : redacted;
}
