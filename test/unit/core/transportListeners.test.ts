/** Every request listens to the Stop of its execution, and an execution may send thousands: none leaves anything behind. */
import { getEventListeners } from 'node:events';
import { Readable } from 'node:stream';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { IExecuteFunctions } from 'n8n-workflow';

import { n8nTransport } from '../../../nodes/shared/n8n/transport';
import { provider } from './support';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const connection = {
	service: 'relay',
	prefix: '/kling',
	authentication: 'apiKey',
	baseUrl: 'https://relay.example.com',
} as const;
const GET = { method: 'GET', path: '/v1/videos/text2video/1' } as const;

it('requests at the same time stop listening when they are answered, or have failed', async () => {
	const stop = new AbortController();
	const answers: Array<() => void> = [];
	const context = {
		getExecutionCancelSignal: () => stop.signal,
		helpers: {
			async httpRequestWithAuthentication() {
				const isLast = answers.length === 2;
				await new Promise<void>((resolve) => answers.push(resolve));
				if (isLast) throw new Error('socket hang up');
				return { statusCode: 200, headers: {}, body: Readable.from([Buffer.from('{}')]) };
			},
		},
	} as unknown as IExecuteFunctions;
	const send = n8nTransport(context, connection, provider('relay'), []);
	const listeners = () => getEventListeners(stop.signal, 'abort').length;
	const before = listeners();
	const sent = [1, 2, 3].map(async () => await send(GET, 1000).catch(() => 'failed'));
	await new Promise((resolve) => setImmediate(resolve));
	expect(listeners()).toBe(before + 3);
	// Node keeps only one of several weak listeners of a signal.
	collectGarbage();
	for (const answer of answers) answer();
	expect(await Promise.all(sent)).toMatchObject([{ status: 200 }, { status: 200 }, 'failed']);
	expect(listeners()).toBe(before);
});
