import type { Json } from '../core/json';
import { CUT } from '../core/quote';

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

/** The text without the beginning of a secret that it ends in. */
function withoutEnd(text: string, secret: string): string {
	for (let length = secret.length - 1; length >= SHORTEST_PART; length -= 1) {
		if (text.endsWith(secret.slice(0, length))) return text.slice(0, -length) + STRUCK;
	}
	return text;
}

function strikeSecret(text: string, secret: string): string {
	const shown = text.split(secret).join(STRUCK);
	const parts = shown.split(CUT);
	const last = parts.pop() ?? '';
	return [...parts.map((part) => withoutEnd(part, secret)), last].join(CUT);
}

function strikeSecrets(text: string, secrets: readonly string[]): string {
	return secrets.reduce(strikeSecret, text);
}

/** Replaces every secret, and every signed token, by `*****` in a text that people or logs will see; also of a secret that a quoted value was cut off in. */
export function redact(text: string, secrets: readonly string[]): string {
	return strikeSecrets(text, secrets).replace(SIGNED_TOKEN, STRUCK);
}

/**
 * The same as `redact` for every text in a JSON value; returns the value itself where there is nothing to strike.
 * A text that is one link keeps its signed token: ours only ever travels in a header, and without theirs,
 * links of some storage services do not work.
 */
export function redactJson<T extends Json>(value: T, secrets: readonly string[]): T {
	const text = JSON.stringify(value);
	const escaped = secrets.map((secret) => JSON.stringify(secret).slice(1, -1));
	if (![TOKEN_START, CUT, ...escaped].some((part) => text.includes(part))) return value;
	let isChanged = false as boolean;
	const redacted = JSON.parse(text, (_key, part: Json) => {
		if (typeof part !== 'string') return part;
		const shown = LINK.test(part) ? strikeSecrets(part, secrets) : redact(part, secrets);
		isChanged ||= shown !== part;
		return shown;
	}) as T;
	return isChanged ? redacted : value;
}
