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
	const send = n8nTransport(context, connection, provider('relay'), []);
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

describe('the connection', () => {
	const GET = { method: 'GET', path: '/v1/videos/text2video/1' } as const;

	/** A context whose service never answers; tells what signal n8n was given. */
	function silent(stop?: AbortSignal) {
		const given: AbortSignal[] = [];
		const context = {
			...(stop && { getExecutionCancelSignal: () => stop }),
			helpers: {
				// As n8n does it: the execution's signal, if there is one, takes the place of the request's.
				async httpRequestWithAuthentication(
					this: { getExecutionCancelSignal?: () => AbortSignal },
					_type: string,
					{ abortSignal }: { abortSignal: AbortSignal },
				) {
					const signal = this.getExecutionCancelSignal?.() ?? abortSignal;
					given.push(signal);
					return await new Promise((_resolve, reject) => {
						signal.addEventListener('abort', () => reject(new Error('canceled')));
					});
				},
			},
		} as unknown as IExecuteFunctions;
		return {
			given,
			send: n8nTransport(context, connection, provider('relay'), []),
		};
	}

	beforeEach(() => {
		jest.useFakeTimers();
	});
	afterEach(() => {
		jest.useRealTimers();
	});

	it.each([
		['in an execution', new AbortController().signal],
		['in a call to a webhook', undefined],
	])('is closed when time runs out, %s', async (_where, stop) => {
		const { given, send } = silent(stop);
		const answer = send(GET, 1000).catch((error: unknown) => error);
		await jest.advanceTimersByTimeAsync(5000);
		expect(given[0]?.aborted).toBe(false);
		await jest.advanceTimersByTimeAsync(2000);
		expect(given[0]?.aborted).toBe(true);
		expect(await answer).toMatchObject({ kind: 'unreachable', details: { code: 'ETIMEDOUT' } });
	});

	it('is closed at once when a person presses Stop', async () => {
		const stop = new AbortController();
		const { given, send } = silent(stop.signal);
		const answer = send(GET, 1000).catch((error: unknown) => error);
		stop.abort();
		expect(given[0]?.aborted).toBe(true);
		expect(await answer).toMatchObject({ kind: 'unreachable' });
	});
});
