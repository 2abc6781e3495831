import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Account, Accounts } from './accounts';
import { Refusal } from './refusal';
import type { ServiceName } from './types';

/** The token may be valid for half an hour; a little more is let pass for clocks that differ. */
const LONGEST_TOKEN_SECONDS = 1800;
const CLOCK_MARGIN_SECONDS = 60;

const API_KEY_ONLY =
	'Authentication error. The current API does not support AK/SK; please go to the console to create API key';

export type OfficialAuth = { account: Account; by: 'apiKey' | 'jwt' };

/** The bearer token of a request; undefined when there is no Authorization header. */
export function bearerToken(headers: Record<string, string>): string | undefined {
	const header = headers.authorization;
	if (header === undefined || header.trim() === '') return undefined;
	const match = /^Bearer\s+(\S+)$/.exec(header);
	return match?.[1] ?? '';
}

/**
 * Who asks, at an official service: by API key anywhere, by JWT on legacy paths only.
 * @param now ms since 1970
 */
export function officialAccount(
	accounts: Accounts,
	service: ServiceName,
	headers: Record<string, string>,
	options: { now: number; apiKeyOnly?: boolean },
): OfficialAuth {
	const token = bearerToken(headers);
	if (token === undefined) throw new Refusal(1001);
	if (token === '') throw new Refusal(1002);
	const byKey = accounts.byApiKey(service, token);
	if (byKey) return { account: byKey, by: 'apiKey' };
	const parts = token.split('.');
	if (options.apiKeyOnly && parts.length === 3) throw new Refusal(1002, API_KEY_ONLY);
	return { account: accountOfJwt(accounts, service, parts, options.now), by: 'jwt' };
}

/** A key that is a JWT by shape but of another region is as unknown here as any other. */
function accountOfJwt(
	accounts: Accounts,
	service: ServiceName,
	parts: string[],
	now: number,
): Account {
	const [header, payload, signature] = parts;
	if (parts.length !== 3 || !header || !payload || signature === undefined) {
		const count = parts.length === 1 ? '0' : parts.length > 3 ? '> 3' : String(parts.length);
		throw new Refusal(1002, `The token was expected to have 3 parts, but got ${count}.`);
	}
	if (decode(header)?.alg !== 'HS256')
		throw new Refusal(1002, 'The algorithm of the token is not HS256');
	const claims = decode(payload);
	const account =
		typeof claims?.iss === 'string' ? accounts.byAccessKey(service, claims.iss) : undefined;
	if (!claims || !account?.secretKey) throw new Refusal(1002, 'access key not found');
	if (!isSignedWith(account.secretKey, `${header}.${payload}`, signature)) {
		throw new Refusal(1002, 'signature is invalid');
	}
	checkTimes(claims, now / 1000);
	return account;
}

function checkTimes(claims: Record<string, unknown>, nowSeconds: number): void {
	const { exp, nbf } = claims;
	if (typeof exp !== 'number') throw new Refusal(1002, 'The claim exp of the token is missing');
	if (nbf !== undefined && typeof nbf !== 'number') {
		throw new Refusal(1002, 'The claim nbf of the token is not a number');
	}
	if (nbf !== undefined && nbf > nowSeconds) {
		throw new Refusal(1003, "The Token can't be used before its nbf");
	}
	if (exp <= nowSeconds) throw new Refusal(1004, 'The Token has expired');
	if (exp > nowSeconds + LONGEST_TOKEN_SECONDS + CLOCK_MARGIN_SECONDS) {
		throw new Refusal(1002, 'The claim exp of the token is too far ahead');
	}
}

function decode(part: string): Record<string, unknown> | undefined {
	try {
		const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
		return typeof value === 'object' && value !== null
			? (value as Record<string, unknown>)
			: undefined;
	} catch {
		return undefined;
	}
}

/** base64url only: padding or `+` and `/` are not what a JWT holds. */
function isSignedWith(secretKey: string, signed: string, signature: string): boolean {
	const expected = Buffer.from(createHmac('sha256', secretKey).update(signed).digest('base64url'));
	const given = Buffer.from(signature);
	return expected.length === given.length && timingSafeEqual(expected, given);
}
