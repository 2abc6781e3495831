import type { Json } from '../core/json';

/**
 * A signed token is as good as the key for half an hour. The look ahead, once per run of such characters, makes sure that
 * there are three parts: otherwise every "eyJ" in a long run would be tried to its end.
 */
const SIGNED_TOKEN =
	/(?<![\w-])(?=[\w-]+\.[\w-]{8,}\.[\w-]{8,})(?:[\w-]*-)?eyJ[\w-]{8,}\.[\w-]+\.[\w-]+/g;

/** Strikes secrets out of a text that people or logs will see. */
export function redact(text: string, secrets: readonly string[]): string {
	const struck = secrets.reduce((shown, secret) => shown.split(secret).join('*****'), text);
	return struck.replace(SIGNED_TOKEN, '*****');
}

/** The same for a value that may be a number. */
export function redactValue(value: string | number, secrets: readonly string[]): string | number {
	return typeof value === 'string' ? redact(value, secrets) : value;
}

/** The same for every text in a JSON value. Where there is nothing to strike, the very value comes back. */
export function redactJson(value: Json, secrets: readonly string[]): Json {
	const text = JSON.stringify(value);
	if (!secrets.some((secret) => text.includes(JSON.stringify(secret).slice(1, -1)))) return value;
	return JSON.parse(text, (_key, part: Json) =>
		typeof part === 'string' ? redact(part, secrets) : part,
	) as Json;
}
