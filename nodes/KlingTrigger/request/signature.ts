import { createHmac } from 'crypto';

import { isSameSecret } from '../../shared/credential/callbackToken';
import { LONGEST_ID } from '../../shared/providers/schemas';

/** How far the time of a signed call may lie from ours, in ms; older ones could be copies. */
const TOLERANCE_MS = 5 * 60_000;

/** Headers of a call by lower-case names, as Node gives them. */
export type Headers = Readonly<Record<string, string | string[] | undefined>>;

export type SignatureVerdict = { ok: true; id: string } | { ok: false; why: string };

function headerOf(headers: Headers, name: string): string {
	const value = headers[name];
	return (Array.isArray(value) ? value[0] : value) ?? '';
}

/** Whether the sender claims to have signed the call. */
export function isSigned(headers: Headers): boolean {
	return headerOf(headers, 'webhook-signature') !== '';
}

/**
 * Checks a call signed the way of Standard Webhooks, which Kling's console calls Webhook Secret: over the id, the time
 * and the body byte by byte. While a secret is being replaced, a call carries several signatures, of which one has to fit.
 * `secret` begins with `whsec_` or not; `now` in ms.
 */
export function checkSignature(
	secret: string,
	headers: Headers,
	rawBody: Buffer,
	now: number,
): SignatureVerdict {
	const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
	if (key.length === 0) return { ok: false, why: 'the Webhook Secret is not valid' };
	const id = headerOf(headers, 'webhook-id');
	const timestamp = headerOf(headers, 'webhook-timestamp');
	if (id === '' || !/^\d{1,15}$/.test(timestamp)) {
		return { ok: false, why: 'webhook-id or webhook-timestamp is missing' };
	}
	// It is stored.
	if (id.length > LONGEST_ID) return { ok: false, why: 'webhook-id is too long' };
	const expected = createHmac('sha256', key)
		.update(`${id}.${timestamp}.`)
		.update(rawBody)
		.digest('base64');
	const signatures = headerOf(headers, 'webhook-signature').split(' ');
	if (!signatures.some((signature) => isSameSecret(signature, `v1,${expected}`))) {
		return { ok: false, why: 'the signature does not fit' };
	}
	// Only after the signature: others must not learn what our clock says.
	if (Math.abs(now - Number(timestamp) * 1000) > TOLERANCE_MS) {
		return { ok: false, why: 'the call was signed too long ago, or the clocks differ' };
	}
	return { ok: true, id };
}
