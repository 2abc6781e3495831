/** Strikes secrets out of a text that people or logs will see. */
export function redact(text: string, secrets: readonly string[]): string {
	const struck = secrets.reduce((shown, secret) => shown.split(secret).join('*****'), text);
	// A signed token is as good as the key for half an hour.
	return struck.replace(/\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]{8,}/g, '*****');
}

/** The same for a value that may be a number. */
export function redactValue(value: string | number, secrets: readonly string[]): string | number {
	return typeof value === 'string' ? redact(value, secrets) : value;
}
