/** How long, how large and how many the bodies may be that are read for strangers. */
import { PassThrough } from 'node:stream';
import type { IWebhookFunctions } from 'n8n-workflow';

import { readBody } from '../../../nodes/KlingTrigger/request/readBody';

const MOST_UNPROVEN = 32;

/** A call whose body comes bit by bit; n8n's reader resolves when it has ended. */
function slowCall(headers: Record<string, string> = {}) {
	const request = Object.assign(new PassThrough(), {
		rawBody: undefined as Buffer | undefined,
		async readRawBody() {
			const chunks: Buffer[] = [];
			request.on('data', (chunk: Buffer) => chunks.push(chunk));
			await new Promise((ended) => request.once('end', ended));
			request.rawBody = Buffer.concat(chunks);
		},
	});
	const context = {
		getHeaderData: () => headers,
		getRequestObject: () => request,
	} as unknown as IWebhookFunctions;
	return { request, context };
}

beforeEach(() => {
	jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
});
afterEach(() => {
	jest.useRealTimers();
});

it('is what came, byte by byte', async () => {
	const { request, context } = slowCall();
	const reading = readBody(context, 'proven');
	request.write('{"a"');
	request.end(':1}');
	expect(await reading).toEqual(Buffer.from('{"a":1}'));
});

it('is refused when it does not come within ten seconds', async () => {
	const { request, context } = slowCall();
	const reading = readBody(context, 'proven');
	request.write('{');
	await jest.advanceTimersByTimeAsync(9_000);
	request.write('"');
	await jest.advanceTimersByTimeAsync(1_100);
	expect(await reading).toMatchObject({ status: 408 });
});

it('is refused as soon as more has come than a callback has, though no length was told', async () => {
	const { request, context } = slowCall();
	const reading = readBody(context, 'proven');
	for (let n = 0; n < 11; n += 1) request.write(Buffer.alloc(100_000));
	expect(await reading).toMatchObject({ status: 413 });
});

it('is read for a few at once whom only a signature can prove, and for all whose token is right', async () => {
	const calls = Array.from({ length: MOST_UNPROVEN + 1 }, () => slowCall());
	const reading = calls.map(async ({ context }) => await readBody(context, 'signed'));
	expect(await reading.pop()).toMatchObject({ status: 503 });
	const trusted = slowCall();
	trusted.request.end('x');
	expect(await readBody(trusted.context, 'proven')).toEqual(Buffer.from('x'));

	for (const { request } of calls) request.end('y');
	expect(await Promise.all(reading)).toEqual(reading.map(() => Buffer.from('y')));
	const later = slowCall();
	later.request.end('z');
	expect(await readBody(later.context, 'signed')).toEqual(Buffer.from('z'));
});
