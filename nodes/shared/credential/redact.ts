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

function strikeSecrets(text: string, secrets: readonly string[]): string {
	return secrets.reduce((shown, secret) => shown.split(secret).join(STRUCK), text);
}

/** Replaces every secret, and every signed token, by `*****` in a text that people or logs will see. */
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
	if (![TOKEN_START, ...escaped].some((part) => text.includes(part))) return value;
	let isChanged = false as boolean;
	const redacted = JSON.parse(text, (_key, part: Json) => {
		if (typeof part !== 'string') return part;
		const shown = LINK.test(part) ? strikeSecrets(part, secrets) : redact(part, secrets);
		isChanged ||= shown !== part;
		return shown;
	}) as T;
	return isChanged ? redacted : value;
}
