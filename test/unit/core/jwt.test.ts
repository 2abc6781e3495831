import { createHmac } from 'node:crypto';
import fc from 'fast-check';

import { signJwt } from '../../../nodes/shared/credential/jwt';

function partsOf(token: string): {
	header: unknown;
	claims: unknown;
	signed: string;
	signature: string;
} {
	const [header = '', claims = '', signature = ''] = token.split('.');
	const decode = (part: string): unknown =>
		JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
	return {
		header: decode(header),
		claims: decode(claims),
		signed: `${header}.${claims}`,
		signature,
	};
}

describe('signJwt', () => {
	it('makes the claims that Kling wants, in seconds', () => {
		const { header, claims } = partsOf(signJwt('access', 'secret', 1_781_080_778_999));
		expect(header).toEqual({ alg: 'HS256', typ: 'JWT' });
		expect(claims).toEqual({ iss: 'access', exp: 1_781_080_778 + 1800, nbf: 1_781_080_778 - 5 });
	});

	it('signs so that anybody with the secret can check it', () => {
		fc.assert(
			fc.property(
				fc.string({ minLength: 1 }),
				fc.string({ minLength: 1 }),
				fc.nat(),
				(access, secret, now) => {
					const { claims, signed, signature } = partsOf(signJwt(access, secret, now));
					const expected = createHmac('sha256', secret).update(signed).digest('base64url');
					expect(signature).toBe(expected);
					expect(claims).toMatchObject({ iss: access });
				},
			),
		);
	});

	it('is three parts of base64url without padding', () => {
		expect(signJwt('a+/=ü', 'b', 0)).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
	});
});
