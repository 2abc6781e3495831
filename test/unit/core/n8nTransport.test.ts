/** What n8n throws instead of an answer: whether anything was sent decides whether a paid task may exist. */
import { NodeApiError } from 'n8n-workflow';
import type { IExecuteFunctions, INode, JsonObject } from 'n8n-workflow';

import { KlingError } from '../../../nodes/shared/core/errors';
import { n8nTransport } from '../../../nodes/shared/n8n/transport';
import { checkHost } from '../../../nodes/shared/credential/connection';
import { errorOf, provider } from './support';

const NODE = { name: 'Kling' } as INode;
const connection = {
	service: 'relay',
	prefix: '/kling',
	authentication: 'apiKey',
	baseUrl: 'https://relay.example.com',
} as const;

/** As n8n does it, which wraps whatever is thrown while a request is signed and sent. */
const wrapped = (thrown: Error) => new NodeApiError(NODE, thrown as unknown as JsonObject);

async function failureAfter(thrown: Error): Promise<KlingError> {
	const helpers = { httpRequestWithAuthentication: async () => await Promise.reject(thrown) };
	const context = { helpers } as unknown as IExecuteFunctions;
	const send = n8nTransport(context, connection, provider('relay'));
	return await send({ method: 'POST', path: '/v1/videos/text2video', body: {} }, 1000).then(
		() => Promise.reject(new Error('Nothing was thrown')),
		(error: unknown) => error as KlingError,
	);
}

describe('what the credential refused', () => {
	const refused = errorOf(() =>
		checkHost({ service: 'relay', relayBaseUrl: 'https://other.example.com' }, connection.baseUrl),
	);

	it.each([
		['as it is', refused],
		['wrapped by n8n', wrapped(refused)],
		['wrapped twice', wrapped(new Error('x', { cause: wrapped(refused) }))],
	])('was not sent, and is told in its own words: %s', async (_form, thrown) => {
		const error = await failureAfter(thrown);
		expect(error).toBeInstanceOf(KlingError);
		expect(error.message).toBe(
			'Base URL in the credential is https://other.example.com; the key is sent nowhere else',
		);
		expect(error.kind).toBe('invalidInput');
		expect(error.details).toMatchObject({
			maybeCreated: false,
			advice: 'Open the credential and correct it',
		});
	});
});

describe('what failed on the way', () => {
	it.each([
		['ECONNRESET', true],
		['ECONNREFUSED', false],
	])('%s: may have been made: %s', async (code, maybeCreated) => {
		const error = await failureAfter(wrapped(Object.assign(new Error('x'), { code })));
		expect([error.kind, error.details.maybeCreated]).toEqual(['unreachable', maybeCreated]);
	});

	it('is unclear where nothing is known of it', async () => {
		const error = await failureAfter(wrapped(new Error('x')));
		expect([error.kind, error.details.maybeCreated]).toEqual(['unreachable', true]);
	});
});
