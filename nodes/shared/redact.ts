/** Strikes secrets out of a text that people or logs will see. */
export function redact(text: string, secrets: readonly string[]): string {
	return secrets.reduce((shown, secret) => shown.split(secret).join('*****'), text);
}
