import { createHash, createHmac, timingSafeEqual } from 'crypto';

/** Ties the token to its purpose, so that it tells nothing about other uses of the key. */
const PURPOSE = 'n8n-nodes-kling callback token';

/**
 * The secret token of callback addresses for an API key or secret key: the same wherever the key is, and the key cannot
 * be found out by it. Safe in an address as it is.
 */
export function deriveToken(key: string): string {
	return createHmac('sha256', key).update(PURPOSE).digest('base64url');
}

/** Compares in a time that tells nothing about how much of a guess was right. An empty secret equals nothing. */
export function isSameSecret(guess: string, secret: string): boolean {
	// Texts of different lengths cannot be compared in constant time, their hashes can.
	const [one, other] = [guess, secret].map((text) => createHash('sha256').update(text).digest());
	return secret !== '' && one !== undefined && other !== undefined && timingSafeEqual(one, other);
}
