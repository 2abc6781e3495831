import { createHmac } from 'crypto';

const VALID_FOR_S = 1800;
/** Tolerates a clock that runs a little ahead of Kling's. */
const SKEW_S = 5;

function base64url(value: object): string {
	return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/**
 * The bearer token (JWT, HS256) that Kling's official API wants for an access key and secret key. `now` in ms.
 * Made for every request, because it is good for 30 minutes only. At 1,700,000,000,000 ms its claims are
 * `{iss: accessKey, exp: 1700001800, nbf: 1699999995}`.
 */
export function signJwt(accessKey: string, secretKey: string, now: number): string {
	const seconds = Math.floor(now / 1000);
	const header = base64url({ alg: 'HS256', typ: 'JWT' });
	const claims = base64url({ iss: accessKey, exp: seconds + VALID_FOR_S, nbf: seconds - SKEW_S });
	const signature = createHmac('sha256', secretKey)
		.update(`${header}.${claims}`)
		.digest('base64url');
	return `${header}.${claims}.${signature}`;
}
