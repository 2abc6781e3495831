/** What proves a call to the Kling Trigger: the token in the address, or Kling's signature. */
import { createHmac } from 'crypto';

import { checkSignature, isSigned } from '../../../nodes/KlingTrigger/request/signature';
import { deriveToken, isSameSecret } from '../../../nodes/shared/credential/callbackToken';
import { Rejection } from '../../../nodes/KlingTrigger/request/rejection';
import {
	authenticate,
	authenticateSigned,
	type Sender,
	type SignedCall,
	type TrustSettings,
} from '../../../nodes/KlingTrigger/request/authenticate';
import { webhookHeaders } from '../../simulator/webhookSignature';

/** The example in Kling's documents. */
const SECRET = 'whsec_dGVzdHNlY3JldHRlc3RzZWNyZXR0ZXN0c2VjcmV0MTI=';
const BODY = Buffer.from(
	'{"id":"1234567890","status":"succeeded","message":"","create_time":1781080778802,"update_time":1781080794151}',
);
const SIGNATURE = 'v1,UsKlJP00XoQyOn410NM9xv34sP+Gl0jnOO9Lcpr7NJ4=';
const HEADERS = {
	'webhook-id': '9876543210',
	'webhook-timestamp': '1781080794',
	'webhook-signature': SIGNATURE,
};
const NOW = 1781080794_000;
const MINUTE = 60_000;

function verdict(change: Record<string, string | string[] | undefined> = {}, now = NOW): boolean {
	return checkSignature(SECRET, { ...HEADERS, ...change }, BODY, now).ok;
}

describe('the signature', () => {
	it("fits Kling's own example", () => {
		expect(checkSignature(SECRET, HEADERS, BODY, NOW)).toEqual({ ok: true, id: '9876543210' });
	});

	it('does not depend on the prefix of the secret', () => {
		expect(checkSignature(SECRET.slice('whsec_'.length), HEADERS, BODY, NOW).ok).toBe(true);
	});

	it.each([
		[200, true],
		[201, false],
	])('with an id of %i characters, which is stored, fits: %s', (length, fits) => {
		const id = 'm'.repeat(length);
		const signature = createHmac('sha256', Buffer.from(SECRET.slice(6), 'base64'))
			.update(`${id}.${HEADERS['webhook-timestamp']}.`)
			.update(BODY)
			.digest('base64');
		expect(verdict({ 'webhook-id': id, 'webhook-signature': `v1,${signature}` })).toBe(fits);
	});

	it('is of every byte', () => {
		const spaced = Buffer.from(BODY.toString().replace(':', ': '));
		expect(JSON.parse(spaced.toString())).toEqual(JSON.parse(BODY.toString()));
		expect(checkSignature(SECRET, HEADERS, spaced, NOW).ok).toBe(false);
	});

	it.each([
		[{ 'webhook-id': '9876543211' }],
		[{ 'webhook-timestamp': '1781080795' }],
		[{ 'webhook-signature': SIGNATURE.replace('Us', 'Ut') }],
		[{ 'webhook-signature': SIGNATURE.replace('v1,', 'v2,') }],
		[{ 'webhook-signature': SIGNATURE.slice('v1,'.length) }],
		[{ 'webhook-signature': '' }],
		[{ 'webhook-id': undefined }],
		[{ 'webhook-timestamp': undefined }],
		[{ 'webhook-timestamp': 'now' }],
	])('does not fit with %j', (change) => {
		expect(verdict(change)).toBe(false);
	});

	it('may be one of several, while a secret is being replaced', () => {
		const other = `v1,${createHmac('sha256', 'other').update('x').digest('base64')}`;
		expect(verdict({ 'webhook-signature': `${other} ${SIGNATURE}` })).toBe(true);
		expect(verdict({ 'webhook-signature': `v1a,xyz ${SIGNATURE} ${other}` })).toBe(true);
		expect(verdict({ 'webhook-signature': `${other} ${other}` })).toBe(false);
	});

	it('is valid for five minutes, either way', () => {
		expect(verdict({}, NOW + 5 * MINUTE)).toBe(true);
		expect(verdict({}, NOW - 5 * MINUTE)).toBe(true);
		expect(verdict({}, NOW + 5 * MINUTE + 1)).toBe(false);
		expect(verdict({}, NOW - 5 * MINUTE - 1)).toBe(false);
	});

	it('fits what others make by the same rules', () => {
		const headers = webhookHeaders(SECRET, NOW, BODY.toString());
		expect(checkSignature(SECRET, headers, BODY, NOW).ok).toBe(true);
		expect(checkSignature('whsec_b3RoZXI=', headers, BODY, NOW).ok).toBe(false);
	});

	it('of an empty secret never fits', () => {
		const forged = createHmac('sha256', '').update(`1.1781080794.`).update(BODY).digest('base64');
		const headers = { ...HEADERS, 'webhook-id': '1', 'webhook-signature': `v1,${forged}` };
		expect(checkSignature('whsec_', headers, BODY, NOW)).toEqual({
			ok: false,
			why: 'the Webhook Secret is not valid',
		});
	});

	it('is there or not', () => {
		expect(isSigned(HEADERS)).toBe(true);
		expect(isSigned({ 'webhook-id': '1' })).toBe(false);
	});
});

describe('the token', () => {
	it('is the same for the same key, another for another, and safe in an address', () => {
		expect(deriveToken('key-1')).toBe(deriveToken('key-1'));
		expect(deriveToken('key-1')).not.toBe(deriveToken('key-2'));
		expect(encodeURIComponent(deriveToken('key-1'))).toBe(deriveToken('key-1'));
		expect(deriveToken('key-1')).not.toContain('key');
	});

	it('is compared as a whole', () => {
		expect(isSameSecret('abc', 'abc')).toBe(true);
		expect(isSameSecret('ab', 'abc')).toBe(false);
		expect(isSameSecret('abcd', 'abc')).toBe(false);
		expect(isSameSecret('', '')).toBe(false);
	});
});

describe('a call', () => {
	const TOKEN = 'the-right-token';
	const settings: TrustSettings = {
		token: TOKEN,
		webhookSecret: '',
		requireToken: true,
		requireSignature: false,
		isTest: false,
	};
	type Call = Sender & SignedCall;
	const plain: Call = { headers: {}, rawBody: BODY, receivedAt: NOW };
	const withToken: Call = { ...plain, token: TOKEN };
	const wrongToken: Call = { ...plain, token: 'another-token' };
	const signed: Call = { ...plain, headers: HEADERS };
	const badlySigned: Call = {
		...plain,
		headers: { ...HEADERS, 'webhook-signature': 'v1,AAAA' },
	};
	const secret = { webhookSecret: SECRET };
	const free = { requireToken: false };
	const strict = { ...secret, requireSignature: true };
	const test = { isTest: true };

	/** What becomes of a call whose body is read where its signature has to be checked. */
	function outcomeOf(call: Call, given: TrustSettings) {
		const proof = authenticate(call, given);
		return proof === 'signed' ? authenticateSigned(call, given.webhookSecret) : proof;
	}

	const CALLS = { plain, withToken, wrongToken, signed, badlySigned };
	type Row = [string, Partial<TrustSettings>, Array<keyof typeof CALLS>];
	const ROWS: Row[] = [
		['by default', {}, ['withToken']],
		['with a secret', secret, ['withToken', 'signed']],
		['with no token required', free, ['plain', 'withToken', 'wrongToken', 'signed', 'badlySigned']],
		[
			'with no token required and a secret',
			{ ...free, ...secret },
			['plain', 'withToken', 'wrongToken', 'signed'],
		],
		['with a signature required', strict, ['signed']],
		['with only a signature required', { ...strict, ...free }, ['signed']],
		['with a signature required that cannot be checked', { requireSignature: true }, []],
		['as a test event', test, ['plain', 'withToken', 'signed', 'badlySigned']],
		['as a test event with a secret', { ...test, ...secret }, ['plain', 'withToken', 'signed']],
		['as a test event with a signature required', { ...test, ...strict }, ['signed']],
	];

	it.each(ROWS)('%s', (_title, change, trusted) => {
		for (const [name, call] of Object.entries(CALLS)) {
			const outcome = outcomeOf(call, { ...settings, ...change });
			const isTrusted = !(outcome instanceof Rejection);
			expect({ name, isTrusted }).toEqual({
				name,
				isTrusted: (trusted as string[]).includes(name),
			});
			if (outcome instanceof Rejection) {
				expect(outcome.status).toBe(401);
				expect(outcome.message).not.toContain(TOKEN);
			}
		}
	});

	it('that is signed tells its id, so that a copy of it can be refused', () => {
		expect(outcomeOf(signed, { ...settings, ...secret })).toEqual({ messageId: '9876543210' });
	});

	it('has its body read only if it is proven, or if only its signature can prove it', () => {
		expect(authenticate(withToken, settings)).toBe('proven');
		expect(authenticate(wrongToken, settings)).toBeInstanceOf(Rejection);
		expect(authenticate(badlySigned, { ...settings, ...secret })).toBe('signed');
		expect(authenticate({ ...badlySigned, token: undefined }, settings)).toBeInstanceOf(Rejection);
	});
});
