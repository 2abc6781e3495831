/** Which addresses get the token: those of a Kling Trigger of the same n8n, and no others. */
import fc from 'fast-check';

import {
	readCallbackParams,
	isOwnTrigger,
	addCallbackParams,
} from '../../../nodes/shared/core/callbackUrl';

const ID = '0e9b0f3a-4b52-4c0f-9d7e-5a3c1f2e8b11';
const RESUME = 'https://n8n.example.com/webhook-waiting/123?signature=abc';
const BELOW = 'https://example.com/tools/n8n/webhook-waiting/123';

const OWN: Array<[string, string]> = [
	[`https://n8n.example.com/webhook/${ID}/kling`, RESUME],
	[`https://n8n.example.com/webhook-test/${ID}/kling`, RESUME],
	[`https://n8n.example.com/webhook/${ID}/kling/`, RESUME],
	[`https://n8n.example.com:443/webhook/${ID}/kling`, RESUME],
	[`https://N8N.example.com/webhook/${ID}/kling?note=1`, RESUME],
	[`https://n8n.example.com/webhook/${ID.toUpperCase()}/kling`, RESUME],
	[`https://example.com/tools/n8n/webhook/${ID}/kling`, BELOW],
	[`http://localhost:5678/webhook/${ID}/kling`, 'http://localhost:5678/webhook-waiting/9'],
];

const FOREIGN: Array<[string, string]> = [
	[`https://evil.example.com/webhook/${ID}/kling`, RESUME],
	[`https://n8n.example.com.evil.com/webhook/${ID}/kling`, RESUME],
	[`https://n8n.example.com@evil.com/webhook/${ID}/kling`, RESUME],
	[`https://evil.com#n8n.example.com/webhook/${ID}/kling`, RESUME],
	[`https://me:pass@n8n.example.com/webhook/${ID}/kling`, RESUME],
	[`http://n8n.example.com/webhook/${ID}/kling`, RESUME],
	[`https://n8n.example.com:8443/webhook/${ID}/kling`, RESUME],
	[`https://n8n.example.com/webhook/${ID}/other`, RESUME],
	['https://n8n.example.com/webhook/kling', RESUME],
	// Other nodes of this n8n: a Webhook node with a path of its own.
	['https://n8n.example.com/webhook/orders/kling', RESUME],
	['https://n8n.example.com/webhook/orders/new/kling', RESUME],
	[`https://n8n.example.com/webhook/${ID}/new/kling`, RESUME],
	[`https://n8n.example.com/webhook/${ID}x/kling`, RESUME],
	[`https://n8n.example.com/webhook/${ID.replaceAll('-', '')}/kling`, RESUME],
	[`https://n8n.example.com/${ID}/kling`, RESUME],
	['https://n8n.example.com/kling', RESUME],
	['https://n8n.example.com/webhook-waiting/123?signature=abc', RESUME],
	[`https://n8n.example.com/a/b/webhook/${ID}/kling`, RESUME],
	[`https://example.com/webhook/${ID}/kling`, BELOW],
	[`https://example.com/other/n8n/webhook/${ID}/kling`, BELOW],
	[`https://example.com/tools/n8n/../../x/y/webhook/${ID}/kling`, BELOW],
	['not an address', RESUME],
	[`https://n8n.example.com/webhook/${ID}/kling`, 'not an address'],
	[`file:///webhook/${ID}/kling`, 'file:///webhook-waiting/1'],
];

describe('a Kling Trigger of this n8n', () => {
	it.each(OWN)('%s (%s)', (address, resume) => {
		expect(isOwnTrigger(address, resume)).toBe(true);
		const url = new URL(
			addCallbackParams(address, resume, { token: 'secret', kind: 'text2video' }),
		);
		expect(url.searchParams.get('token')).toBe('secret');
		expect(url.searchParams.get('kind')).toBe('text2video');
		expect(url.origin + url.pathname).toBe(new URL(address).origin + new URL(address).pathname);
	});

	it('is told which API made a task, where that is another one than usual', () => {
		const [address, resume] = OWN[0]!;
		const params = { token: 'secret', kind: 'text2video', api: 'newStandard' } as const;
		const { searchParams } = new URL(addCallbackParams(address, resume, params));
		expect(readCallbackParams(Object.fromEntries(searchParams))).toEqual(params);
		const usual = addCallbackParams(address, resume, { ...params, api: undefined });
		expect(new URL(usual).searchParams.has('api')).toBe(false);
	});

	it('keeps what the address says already', () => {
		const [address, resume] = OWN[0]!;
		const own = `${address}?token=mine&note=1`;
		const url = new URL(addCallbackParams(own, resume, { token: 'secret', kind: 'omni-video' }));
		expect(Object.fromEntries(url.searchParams)).toEqual({
			token: 'mine',
			note: '1',
			kind: 'omni-video',
		});
	});
});

describe('anybody else', () => {
	it.each(FOREIGN)('%s (%s) is given nothing', (address, resume) => {
		expect(isOwnTrigger(address, resume)).toBe(false);
		expect(addCallbackParams(address, resume, { token: 'secret', kind: 'text2video' })).toBe(
			address,
		);
	});

	it('whatever the host', () => {
		fc.assert(
			fc.property(fc.webUrl({ withFragments: true, withQueryParameters: true }), (address) => {
				fc.pre(new URL(address).origin !== new URL(RESUME).origin);
				expect(addCallbackParams(address, RESUME, { token: 'secret' })).toBe(address);
			}),
		);
	});
});

describe('the query of a call', () => {
	it('tells token and kind', () => {
		expect(readCallbackParams({ token: 'a', kind: 'omni-video', x: '1' })).toEqual({
			token: 'a',
			kind: 'omni-video',
		});
	});

	it.each([{}, { token: '', kind: 'toString' }, { token: ['a', 'b'], kind: 7 }])(
		'%j tells nothing',
		(query) => {
			expect(readCallbackParams(query)).toEqual({});
		},
	);
});
