/** How tasks of the new standard live. */
import { makeJwt, startReceiver, startWithClient, type Caller } from './support';

let caller: Caller;
beforeAll(async () => {
	caller = await startWithClient();
});
afterEach(() => caller.sim.reset());
afterAll(async () => await caller.sim.stop());

const PATH = '/text-to-video/kling-3.0-turbo';
const make = async (body: object = { prompt: 'a cat' }, path = PATH, key?: string) =>
	await caller.post('klingGlobal', path, body, key);

function jwt(): string {
	const { accessKey = '', secretKey = '' } = caller.sim.services.klingGlobal;
	return makeJwt(accessKey, secretKey, caller.clock.now());
}

it('answers with a record of its own form, which tells times in ms', async () => {
	const { data } = await make({ prompt: 'a cat', options: { external_task_id: 'wf-17' } });
	expect(data).toEqual({
		id: expect.stringMatching(/^\d{18}$/) as string,
		status: 'submitted',
		create_time: caller.clock.now(),
		update_time: caller.clock.now(),
		external_id: 'wf-17',
	});
});

it('is found by GET /tasks alone, by its id and its name', async () => {
	const { data } = await make({ prompt: 'a cat', options: { external_task_id: 'wf-17' } });
	const id = String(data.id);
	caller.clock.advance(20_000);
	for (const query of [`task_ids=${id}`, 'external_task_ids=wf-17']) {
		const { json } = await caller.get('klingGlobal', `/tasks?${query}`);
		expect(json.data).toMatchObject([
			{
				id,
				status: 'succeeded',
				external_id: 'wf-17',
				outputs: [{ type: 'video', duration: '5.1' }],
				billing: [{ charge_type: 'unit', package_type: 'video', amount: '2' }],
			},
		]);
	}
	expect((await caller.get('klingGlobal', `/v1/videos/text2video/${id}`)).status).toBe(400);
	expect((await caller.get('klingGlobal', '/v1/videos/text2video')).json.data).toEqual([]);
});

it('refuses a name that was given before, also at a legacy path', async () => {
	const named = { prompt: 'a cat', options: { external_task_id: 'wf-17' } };
	await caller.post('klingGlobal', '/v1/videos/text2video', {
		model_name: 'kling-v3',
		prompt: 'a cat',
		external_task_id: 'wf-17',
	});
	const again = await make(named);
	expect([again.status, again.json.code]).toEqual([400, 1201]);
	expect(again.json.message).toMatch(/already exists/);
	expect(caller.sim.ledger.charges).toHaveLength(1);
});

it.each([
	['a model that does not exist', '/text-to-video/kling-9.9', 1203],
	['a model of another path', '/omni-video/kling-3.0-turbo', 1203],
	['a legacy name', '/text-to-video/kling-v3', 1203],
	['no model', '/text-to-video', 1202],
	['another path', '/text2video/kling-3.0', 1202],
])('knows nothing of %s', async (_what, path, code) => {
	const { status, json } = await make({ prompt: 'a cat' }, path);
	expect([status, json.code]).toEqual([404, code]);
});

it('takes no pair of keys', async () => {
	const { status, json } = await make({ prompt: 'a cat' }, PATH, jwt());
	expect([status, json.code]).toEqual([401, 1002]);
	expect(json.message).toMatch(/does not support AK\/SK/);
	// The same pair is good elsewhere.
	const list = await caller.get('klingGlobal', '/v1/videos/text2video', jwt());
	expect(list.status).toBe(200);
});

it('relays have none of it', async () => {
	expect((await caller.post('relay', `/kling${PATH}`, { prompt: 'a cat' })).status).toBe(404);
});

it('calls back in the form of its record', async () => {
	const receiver = await startReceiver();
	try {
		const { data } = await make({ prompt: 'a cat', options: { callback_url: receiver.url } });
		caller.clock.advance(20_000);
		await caller.sim.settled();
		const last = receiver.received.at(-1)?.body;
		expect(last).toMatchObject({ id: data.id, status: 'succeeded', outputs: [{ type: 'video' }] });
		expect(last).not.toHaveProperty('task_id');
	} finally {
		await receiver.stop();
	}
});
