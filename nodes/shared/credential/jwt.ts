import { createHmac } from 'crypto';

const VALID_FOR_S = 1800;
/** Tolerates a clock that runs a little ahead of Kling's. */
const SKEW_S = 5;

function base64url(value: object): string {
	return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/**
 * The bearer token that Kling's official API wants for an access key and secret key:
 * HS256 with `iss`, `exp` = now + 1800 s, `nbf` = now − 5 s. Signed anew for every request, because it dies after 30 minutes.
 * `now` in ms.
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
