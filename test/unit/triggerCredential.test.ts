/** Reading the credential of a trigger: what cannot be shown on virtual time. The rest is in test/engine/triggerCredential.test.ts. */
import type { IWebhookFunctions } from 'n8n-workflow';

import { readCredentialOnce } from '../../nodes/KlingTrigger/request/credential';
import { Rejection } from '../../nodes/KlingTrigger/request/rejection';

const time = { now: 1_700_000_000_000, isOver: false };
jest.mock('../../nodes/shared/n8n/clock', () => ({
	clock: { now: () => time.now },
	alarm: async () => await Promise.resolve(time.isOver),
}));

const CREDENTIAL = {
	service: 'klingGlobal',
	authentication: 'apiKey',
	apiKey: 'api-key-of-a-test',
};
const HOUR_MS = 60 * 60_000;
const never = async () => await new Promise<never>(() => {});

let triggers = 0;

/** A trigger whose credential n8n reads so. */
function trigger() {
	triggers += 1;
	const id = String(triggers);
	const getCredentials = jest.fn<Promise<object>, []>(
		async () => await Promise.resolve(CREDENTIAL),
	);
	const context = {
		getNode: () => ({ id, credentials: { klingApi: { id: '1' } } }),
		getWorkflow: () => ({ id }),
		getCredentials,
	} as unknown as IWebhookFunctions;
	return {
		getCredentials,
		read: async (most = Infinity) => await readCredentialOnce(context, () => most),
	};
}

beforeEach(() => {
	time.isOver = false;
});

it('is given up after some seconds, and tried anew by the next call', async () => {
	const { getCredentials, read } = trigger();
	getCredentials.mockImplementationOnce(never);
	time.isOver = true;
	await expect(read()).rejects.toMatchObject({ code: 'ETIMEDOUT' });
	time.isOver = false;
	expect(await read()).toMatchObject({ connection: { service: 'klingGlobal' } });
});

it('lets 32 calls wait after one that failed', async () => {
	const { getCredentials, read } = trigger();
	getCredentials.mockRejectedValueOnce(new Error('The database is away'));
	await expect(read()).rejects.toThrow('The database is away');
	let answer = (_: object) => {};
	getCredentials.mockImplementationOnce(
		async () => await new Promise((resolve) => (answer = resolve)),
	);
	const calls = Array.from({ length: 40 }, async () => await read());
	answer(CREDENTIAL);
	const rejected = (await Promise.all(calls)).filter((outcome) => outcome instanceof Rejection);
	expect(rejected).toHaveLength(8);
});

it('lets all calls wait for the first one', async () => {
	const { read } = trigger();
	const calls = Array.from({ length: 40 }, async () => await read());
	const rejected = (await Promise.all(calls)).filter((outcome) => outcome instanceof Rejection);
	expect(rejected).toEqual([]);
});

it('counts no longer when the clock was set back', async () => {
	const { getCredentials, read } = trigger();
	await read();
	time.now -= HOUR_MS;
	await read();
	expect(getCredentials).toHaveBeenCalledTimes(2);
});

it('lets as many wait as their proof allows, those without a limit not counted', async () => {
	const { getCredentials, read } = trigger();
	await read();
	time.now += HOUR_MS;
	let answer = (_: object) => {};
	getCredentials.mockImplementationOnce(
		async () => await new Promise((resolve) => (answer = resolve)),
	);
	const known = Array.from({ length: 10 }, async () => await read());
	const strangers = Array.from({ length: 10 }, async () => await read(4));
	answer(CREDENTIAL);
	const rejections = async (calls: typeof known) =>
		(await Promise.all(calls)).filter((outcome) => outcome instanceof Rejection).length;
	expect(await rejections(known)).toBe(0);
	expect(await rejections(strangers)).toBe(6);
});
