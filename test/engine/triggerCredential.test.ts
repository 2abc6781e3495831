/** How often calls make n8n read the credential: for each reading it makes a V8 isolate, which costs megabytes. */
import { webhookHeaders } from '../simulator/webhookSignature';
import { CredentialsHelper } from './harness/credentialsHelper';
import { credentialFor } from './kling';
import { useSimulator } from './support';
import { foreignId, latch, post, startTrigger } from './trigger';
import { time } from './virtualTime';
import type { WebhookHost } from './webhookHost';

const world = useSimulator();
const TOKEN = 'a-token-of-somebodys-own';
const OTHER_TOKEN = 'another-token-of-somebody';
const FRESH_MS = 2000;
const MOST_UNLIKELY = 4;
const MOST_SIGNED = 32;
const SECRET = 'whsec_dGVzdHNlY3JldHRlc3RzZWNyZXR0ZXN0c2VjcmV0MTI=';

/** A call that starts nothing, whoever sends it. */
const call = async (host: WebhookHost, token: string) =>
	await post(host, `${host.url}?token=${token}`, {
		task_id: foreignId(1),
		task_status: 'processing',
	});

/** From now on n8n reads credentials when it is told to. */
function slowReading() {
	const { open, opened } = latch();
	const { getDecrypted } = CredentialsHelper.prototype;
	jest.spyOn(CredentialsHelper.prototype, 'getDecrypted').mockImplementation(async function (
		this: CredentialsHelper,
		...asked
	) {
		await opened;
		return await getDecrypted.apply(this, asked);
	});
	return { read: open };
}

const trigger = async () =>
	await startTrigger(world.simulator, { credential: { callbackToken: TOKEN } });

it('is once for all calls of two seconds, whatever token they bring', async () => {
	const host = await trigger();
	const reading = jest.spyOn(CredentialsHelper.prototype, 'getDecrypted');
	const tokens = Array.from({ length: 100 }, (_, n) => (n % 2 === 0 ? TOKEN : `wrong-${n}`));
	const answers = await Promise.all(tokens.map(async (token) => await call(host, token)));
	expect(answers.map(({ status }) => status)).toEqual(
		tokens.map((token) => (token === TOKEN ? 200 : 401)),
	);
	expect(reading).toHaveBeenCalledTimes(1);

	time.advance(FRESH_MS);
	expect(await call(host, 'wrong')).toMatchObject({ status: 401 });
	expect(reading).toHaveBeenCalledTimes(2);
});

it('lets a changed token count after that time', async () => {
	const host = await trigger();
	expect(await call(host, TOKEN)).toMatchObject({ status: 200 });
	const klingApi = credentialFor(world.simulator, 'klingGlobal', { callbackToken: OTHER_TOKEN });
	host.options = { ...host.options, credentials: { klingApi } };
	time.advance(FRESH_MS);
	expect(await call(host, OTHER_TOKEN)).toMatchObject({ status: 200 });
	expect(await call(host, TOKEN)).toMatchObject({ status: 401 });
});

it('is waited for by who knew the token before, and by a few others; the rest are to call again', async () => {
	const host = await trigger();
	expect(await call(host, TOKEN)).toMatchObject({ status: 200 });
	time.advance(FRESH_MS);
	const { read } = slowReading();
	const answered: number[] = [];
	const send = async (token: string) => {
		const response = await fetch(`${host.url}?token=${token}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ task_id: foreignId(1), task_status: 'processing' }),
		});
		answered.push(response.status);
		return response.status;
	};
	const strangers = Array.from({ length: 50 }, async (_, n) => await send(`wrong-${n}`));
	while (answered.length < 50 - MOST_UNLIKELY) await new Promise(setImmediate);
	expect(answered).toEqual(answered.map(() => 503));
	const known = Array.from({ length: 20 }, async () => await send(TOKEN));
	read();
	expect(await Promise.all(known)).toEqual(known.map(() => 200));
	expect((await Promise.all(strangers)).filter((status) => status === 401)).toHaveLength(
		MOST_UNLIKELY,
	);
});

it('is waited for by 32 calls that only a signature can prove', async () => {
	const setting = { credential: { callbackToken: TOKEN, webhookSecret: SECRET } };
	const host = await startTrigger(world.simulator, setting);
	expect(await call(host, TOKEN)).toMatchObject({ status: 200 });
	time.advance(FRESH_MS);
	const { read } = slowReading();
	const answered: number[] = [];
	const body = JSON.stringify({ task_id: foreignId(1), task_status: 'processing' });
	const calls = Array.from({ length: 50 }, async () => {
		const headers = webhookHeaders('whsec_b3RoZXI=', time.now(), body);
		const response = await fetch(`${host.url}?token=wrong`, {
			...{ method: 'POST', body },
			headers: { 'content-type': 'application/json', ...headers },
		});
		answered.push(response.status);
	});
	while (answered.length < 50 - MOST_SIGNED) await new Promise(setImmediate);
	expect(answered).toEqual(answered.map(() => 503));
	read();
	await Promise.all(calls);
	expect(answered.filter((status) => status === 401)).toHaveLength(MOST_SIGNED);
});

it('keeps no reading that failed', async () => {
	const host = await trigger();
	jest
		.spyOn(CredentialsHelper.prototype, 'getDecrypted')
		.mockRejectedValueOnce(new Error('The database does not answer'));
	expect(await call(host, TOKEN)).toMatchObject({ status: 503 });
	expect(await call(host, TOKEN)).toMatchObject({ status: 200 });
});

it('is not shared by triggers', async () => {
	const first = await trigger();
	const second = await startTrigger(world.simulator, {
		credential: { callbackToken: OTHER_TOKEN },
	});
	expect(await call(first, TOKEN)).toMatchObject({ status: 200 });
	expect(await call(second, TOKEN)).toMatchObject({ status: 401 });
});
