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

	it.each([
		'EPROTO',
		'ERR_SSL_WRONG_VERSION_NUMBER',
		'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE',
		'ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE',
		'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION',
		'ERR_SSL_UNSUPPORTED_PROTOCOL',
		'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED',
		'ERR_SSL_TLSV1_UNRECOGNIZED_NAME',
		'CERT_NOT_YET_VALID',
		'CERT_SIGNATURE_FAILURE',
		'UNABLE_TO_GET_ISSUER_CERT',
		'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
		'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
		'DEPTH_ZERO_SELF_SIGNED_CERT',
		'SELF_SIGNED_CERT_IN_CHAIN',
		'ERR_TLS_CERT_ALTNAME_INVALID',
		'ERR_TLS_HANDSHAKE_TIMEOUT',
		'HOSTNAME_MISMATCH',
	])('%s: no secure connection, so nothing was sent', (code) => {
		const { details, message } = unreachable('Kling', 'https://x', { cause: { code } });
		expect(details).toMatchObject({ code, maybeCreated: false });
		expect(message).not.toContain('error ');
	});

	it.each([
		'ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC',
		'ERR_SSL_SSL/TLS_ALERT_BAD_RECORD_MAC',
		'ERR_SSL_UNEXPECTED_EOF_WHILE_READING',
		'ERR_SSL_TLSV1_ALERT_INTERNAL_ERROR',
		'HPE_INVALID_CONSTANT',
		'HPE_HEADER_OVERFLOW',
	])('%s: may come after the request has left', (code) => {
		expect(unreachable('Kling', 'https://x', { code }).details).toMatchObject({
			code,
			maybeCreated: true,
		});
	});

	it.each(['ETIMEDOUT', 'EADDRNOTAVAIL', 'ECONNRESET'])(
		'%s while connecting: nothing was sent',
		(code) => {
			const attempts = [{ code, syscall: 'connect' }];
			const thrown = { cause: { code, errors: attempts } };
			expect(unreachable('Kling', 'https://x', thrown).details.maybeCreated).toBe(false);
			expect(unreachable('Kling', 'https://x', { cause: { code } }).details.maybeCreated).not.toBe(
				false,
			);
		},
	);

	it('a connection that is cut while it is made secure: nothing was sent', () => {
		const message =
			'Client network socket disconnected before secure TLS connection was established';
		const cause = Object.assign(new Error(message), { code: 'ECONNRESET' });
		expect(unreachable('Kling', 'https://x', { cause }).details.maybeCreated).toBe(false);
	});

	// nocodb #2664, n8n #13475: https typed for a host that speaks http.
	it.each([
		['EPROTO', 'https://relay.example.com:3000', 'try http://relay.example.com:3000'],
		['HPE_INVALID_CONSTANT', 'http://relay.example.com', 'try https://relay.example.com'],
	])('%s at %s: %s', (code, baseUrl, advice) => {
		expect(unreachable('The relay', baseUrl, { code }).details.advice).toContain(advice);
	});

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
