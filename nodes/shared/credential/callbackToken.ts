import { createHash, createHmac, timingSafeEqual } from 'crypto';

/** Ties the token to its purpose, so that it tells nothing about other uses of the key. */
const PURPOSE = 'n8n-nodes-kling callback token';

/**
 * The secret token of callback addresses that belongs to an API key or secret key: the same in every n8n that has the key,
 * and the key cannot be computed from it. 43 characters, all of which are safe in an address.
 */
export function deriveToken(key: string): string {
	return createHmac('sha256', key).update(PURPOSE).digest('base64url');
}

/** Whether a guess is the secret, in constant time, so that nobody can find it out bit by bit. An empty secret equals nothing. */
export function isSameSecret(guess: string, secret: string): boolean {
	// Texts of different lengths cannot be compared in constant time, their hashes can.
	const [one, other] = [guess, secret].map((text) => createHash('sha256').update(text).digest());
	return secret !== '' && one !== undefined && other !== undefined && timingSafeEqual(one, other);
}
