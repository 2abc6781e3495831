import { createHmac, randomUUID } from 'node:crypto';

/**
 * Signs a callback the way of Standard Webhooks.
 * @param timestamp seconds since 1970, as sent in `webhook-timestamp`
 */
export function signWebhook(
	secret: string,
	id: string,
	timestamp: number,
	rawBody: string,
): string {
	const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
	const signature = createHmac('sha256', key)
		.update(`${id}.${timestamp}.${rawBody}`)
		.digest('base64');
	return `v1,${signature}`;
}

/**
 * The three headers of a signed callback.
 * @param now ms since 1970
 */
export function webhookHeaders(
	secret: string,
	now: number,
	rawBody: string,
): Record<string, string> {
	const id = randomUUID();
	const timestamp = Math.floor(now / 1000);
	return {
		'webhook-id': id,
		'webhook-timestamp': String(timestamp),
		'webhook-signature': signWebhook(secret, id, timestamp, rawBody),
	};
}
