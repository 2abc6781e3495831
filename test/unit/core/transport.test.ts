import fc from 'fast-check';

import { fromWire, toWire, unreachable } from '../../../nodes/shared/tasks/http';

describe('a request on the wire', () => {
	it('is the address, the query escaped, and the body as text', () => {
		const request = {
			method: 'POST',
			path: '/v1/x',
			query: { ids: 'a,b', size: 5 },
			body: { a: 1 },
		} as const;
		expect(toWire('https://x.example.com', request, 1000)).toEqual({
			method: 'POST',
			url: 'https://x.example.com/v1/x?ids=a%2Cb&size=5',
			headers: { Accept: 'application/json', 'Content-Type': 'application/json' },
			body: '{"a":1}',
			timeout: 1000,
		});
	});

	it('has neither body nor content type where there is nothing to send', () => {
		const wire = toWire('https://x.example.com', { method: 'GET', path: '/v1/x' }, 1000);
		expect(wire).not.toHaveProperty('body');
		expect(wire.headers).toEqual({ Accept: 'application/json' });
	});
});

describe('an answer from the wire', () => {
	it('is read whatever a helper hands back', () => {
		fc.assert(
			fc.property(fc.anything(), (given) => {
				const { status, headers, text } = fromWire(given);
				expect([typeof status, typeof headers, typeof text]).toEqual([
					'number',
					'object',
					'string',
				]);
			}),
		);
	});

	it('has the names of its headers in lower case', () => {
		const given = { statusCode: 429, headers: { 'Retry-After': 5 }, body: 'x' };
		expect(fromWire(given)).toEqual({ status: 429, headers: { 'retry-after': '5' }, text: 'x' });
	});
});

describe('no answer', () => {
	it.each(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'CERT_HAS_EXPIRED'])(
		'%s: nothing can have been made',
		(code) => {
			const { details } = unreachable('Kling', 'https://x', { cause: { errors: [{ code }] } });
			expect(details).toMatchObject({ code, maybeCreated: false, retryable: true });
			expect(details.advice).toContain('Check Base URL');
		},
	);

	it.each(['ECONNRESET', 'ECONNABORTED', 'ETIMEDOUT', 'EPIPE', 'EWHATEVER', undefined])(
		'%s: something may have been made',
		(code) => {
			const { details, message } = unreachable(
				'Kling',
				'https://x',
				Object.assign(new Error(), { code }),
			);
			expect(details).toMatchObject({ maybeCreated: true, retryable: true });
			expect(message).not.toContain('undefined');
		},
	);

	it('keeps nothing of the original error, which holds the key', () => {
		const thrown = Object.assign(new Error('secret-key'), { config: { headers: 'secret-key' } });
		expect(JSON.stringify(unreachable('Kling', 'https://x', thrown))).not.toContain('secret-key');
	});

	it('is understood whatever was thrown', () => {
		fc.assert(
			fc.property(fc.anything(), (thrown) => {
				expect(unreachable('Kling', 'https://x', thrown).kind).toBe('unreachable');
			}),
		);
	});
});
