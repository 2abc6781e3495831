import { signWebhook } from '../../simulator/webhookSignature';
import {
	GOOD_BODY,
	startReceiver,
	startWithClient,
	TEXT2VIDEO,
	type Caller,
	type Received,
} from './support';

let caller: Caller;
let receiver: Awaited<ReturnType<typeof startReceiver>>;
beforeAll(async () => {
	caller = await startWithClient();
	receiver = await startReceiver();
});
afterEach(() => {
	caller.sim.reset();
	receiver.received.length = 0;
});
afterAll(async () => {
	await caller.sim.stop();
	await receiver.stop();
});

const words = () => receiver.received.map(({ body }) => body.task_status);

async function run(more: Record<string, unknown> = {}): Promise<string> {
	const { data } = await caller.post('klingGlobal', TEXT2VIDEO, {
		...GOOD_BODY,
		callback_url: receiver.url,
		...more,
	});
	caller.clock.advance(20_000);
	await caller.sim.settled();
	return String(data.task_id);
}

it('posts the bare record at each change of status', async () => {
	const id = await run();
	expect(words()).toEqual(['submitted', 'processing', 'succeed']);
	const last = receiver.received[2]?.body;
	expect(last).toMatchObject({
		task_id: id,
		final_unit_deduction: '2',
		task_result: { videos: [{ duration: '5.1' }] },
	});
	expect(last).not.toHaveProperty('code');
	expect(receiver.received[0]?.headers).not.toHaveProperty('webhook-signature');
	expect(caller.sim.ledger.callbacks.map(({ status }) => status)).toEqual([200, 200, 200]);
});

it('tells failures', async () => {
	await run({ prompt: '[fail]' });
	expect(receiver.received.at(-1)?.body).toMatchObject({
		task_status: 'failed',
		task_status_msg: expect.stringMatching(/./) as string,
	});
});

it('signs when there is a secret', async () => {
	const secret = 'whsec_dGVzdHNlY3JldHRlc3RzZWNyZXR0ZXN0c2VjcmV0MTI=';
	caller.sim.settings.webhookSecret = secret;
	await run();
	const { headers, rawBody } = receiver.received[0] as Received;
	const expected = signWebhook(
		secret,
		String(headers['webhook-id']),
		Number(headers['webhook-timestamp']),
		rawBody,
	);
	expect(headers['webhook-signature']).toBe(expected);
});

it('signs as the official example does', () => {
	const body =
		'{"id":"1234567890","status":"succeeded","message":"","create_time":1781080778802,"update_time":1781080794151}';
	const secret = 'whsec_dGVzdHNlY3JldHRlc3RzZWNyZXR0ZXN0c2VjcmV0MTI=';
	expect(signWebhook(secret, '9876543210', 1781080794, body)).toBe(
		'v1,UsKlJP00XoQyOn410NM9xv34sP+Gl0jnOO9Lcpr7NJ4=',
	);
});

it('posts the record of the new standard if told to', async () => {
	caller.sim.settings.officialCallbackForm = 'unified';
	const id = await run();
	expect(receiver.received[2]?.body).toMatchObject({
		id,
		status: 'succeeded',
		outputs: [{ type: 'video', duration: '5.1' }],
		billing: [{ charge_type: 'unit', amount: '2' }],
	});
});

it('posts what the console posts for a try', async () => {
	caller.sim.settings.webhookSecret = 'whsec_YQ==';
	expect(await caller.sim.testCallback(receiver.url)).toBe(200);
	expect(receiver.received[0]?.body).toMatchObject({ status: 'submitted', outputs: [] });
	expect(receiver.received[0]?.headers['webhook-signature']).toMatch(/^v1,/);
	await expect(caller.sim.testCallback('http://192.0.2.1/')).rejects.toThrow('this machine only');
});

it('posts to this machine only', async () => {
	await run({ callback_url: 'http://192.0.2.1/hook' });
	expect(receiver.received).toHaveLength(0);
	expect(caller.sim.ledger.callbacks).toMatchObject(
		Array(3).fill({ refused: expect.stringMatching(/this machine/) as string }),
	);
});

it('writes down a receiver that is not there', async () => {
	await run({ callback_url: 'http://127.0.0.1:1/hook' });
	expect(caller.sim.ledger.callbacks[0]).toMatchObject({
		status: 0,
		error: expect.stringMatching(/ECONNREFUSED/) as string,
	});
});

it.each<[string, boolean]>([
	['a cat', true],
	['[fail]', false],
])('Ace Data Cloud posts once, at the end (%s)', async (prompt, success) => {
	const made = await caller.post('aceData', '/kling/videos', {
		action: 'text2video',
		prompt,
		callback_url: receiver.url,
	});
	caller.clock.advance(20_000);
	await caller.sim.settled();
	expect(receiver.received.map(({ body }) => body)).toMatchObject([
		{ success, task_id: made.json.task_id },
	]);
});

it('OpenAI-HK posts to notify_hook and ignores callback_url', async () => {
	const path = '/kling/v1/videos/text2video';
	await caller.post('openaiHk', path, { prompt: 'x', callback_url: receiver.url });
	await caller.post('openaiHk', path, { prompt: 'x', notify_hook: receiver.url });
	caller.clock.advance(20_000);
	await caller.sim.settled();
	expect(words()).toEqual(['submitted', 'processing', 'succeed']);
});

it('behind new-api, Kling posts its own task id', async () => {
	const made = await caller.post('newApi', '/kling/v1/videos/text2video', {
		...GOOD_BODY,
		callback_url: receiver.url,
	});
	caller.clock.advance(20_000);
	await caller.sim.settled();
	expect(receiver.received[0]?.body.task_id).toMatch(/^\d+$/);
	expect(receiver.received[0]?.body.task_id).not.toBe(made.json.task_id);
});

describe('faults', () => {
	it('drops one', async () => {
		caller.sim.faults.add({ action: { kind: 'callbackDrop' }, match: { taskStatus: 'succeed' } });
		await run();
		expect(words()).toEqual(['submitted', 'processing']);
		expect(caller.sim.ledger.callbacks.at(-1)).toMatchObject({
			taskStatus: 'succeed',
			refused: 'dropped by a fault',
		});
	});

	it('repeats one', async () => {
		caller.sim.faults.add({
			action: { kind: 'callbackDuplicate', copies: 5 },
			match: { taskStatus: 'succeed' },
		});
		await run();
		expect(words().filter((word) => word === 'succeed')).toHaveLength(6);
	});

	it('reorders them', async () => {
		caller.sim.faults.add({ action: { kind: 'callbackReorder' } });
		await run();
		expect(words()).toEqual(['succeed', 'processing', 'submitted']);
	});

	it('forges one', async () => {
		caller.sim.faults.add({
			action: { kind: 'callbackForge' },
			match: { taskStatus: 'submitted' },
		});
		await run();
		expect(words()).toEqual(['succeed', 'submitted', 'processing', 'succeed']);
		expect(caller.sim.ledger.callbacks[0]).toMatchObject({ forged: true });
	});

	it('posts the end before the create is answered', async () => {
		caller.sim.faults.add({ action: { kind: 'callbackBeforeAnswer' } });
		const { data } = await caller.post('klingGlobal', TEXT2VIDEO, {
			...GOOD_BODY,
			callback_url: receiver.url,
		});
		expect(receiver.received.map(({ body }) => body)).toMatchObject([
			{ task_status: 'succeed', task_id: data.task_id },
		]);
	});
});
