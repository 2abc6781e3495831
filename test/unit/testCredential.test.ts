/** The Test of a credential at a server that never ends: n8n's helper has no limit of its own, so ours is that of the user. */
import { PassThrough } from 'node:stream';
import type { ICredentialsDecrypted, ICredentialTestFunctions } from 'n8n-workflow';

import { testKlingApi } from '../../nodes/shared/n8n/testCredential';

beforeEach(() => {
	jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] });
});
afterEach(() => {
	jest.useRealTimers();
});

/** Presses Test, and lets a minute pass. `request`: what n8n's helper does. */
async function press(request: () => Promise<unknown>) {
	const context = { helpers: { request } } as unknown as ICredentialTestFunctions;
	const data = {
		service: 'relay',
		relayBaseUrl: 'https://relay.example.com',
		apiKey: 'sk-0123456789',
	};
	const credential: ICredentialsDecrypted = { id: '1', name: 'Kling', type: 'klingApi', data };
	let said: unknown;
	void testKlingApi.call(context, credential).then((result) => (said = result));
	for (let passed = 0; passed < 60 && said === undefined; passed += 1) {
		await jest.advanceTimersByTimeAsync(1000);
	}
	return said;
}

const LATE = {
	status: 'Error',
	message: expect.stringContaining('no answer came in time') as string,
};

it('an answer of one byte per second is given up, and its connection closed', async () => {
	const body = new PassThrough();
	const drip = setInterval(() => body.write('a'), 1000);
	const said = await press(
		async () => await Promise.resolve({ statusCode: 200, headers: {}, body }),
	);
	clearInterval(drip);
	expect(said).toMatchObject(LATE);
	expect(body.destroyed).toBe(true);
});

it('an answer that begins when time is up is closed as it comes', async () => {
	const body = new PassThrough();
	const response = { statusCode: 200, headers: {}, body };
	const said = await press(async () => {
		return await new Promise((resolve) => setTimeout(() => resolve(response), 50_000));
	});
	expect(said).toMatchObject(LATE);
	expect(body.destroyed).toBe(false);
	await jest.advanceTimersByTimeAsync(15_000);
	expect(body.destroyed).toBe(true);
});

it('what an n8n hands out that knows no streams is read as it is', async () => {
	const body = '{"code":1201,"message":"Task not found"}';
	const said = await press(
		async () => await Promise.resolve({ statusCode: 404, headers: {}, body }),
	);
	expect(said).toMatchObject({ status: 'OK' });
});
