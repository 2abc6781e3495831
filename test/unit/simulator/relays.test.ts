import { GOOD_BODY, startWithClient, type Caller } from './support';

let caller: Caller;
beforeAll(async () => {
	caller = await startWithClient({ slots: 3 });
});
afterEach(() => caller.sim.reset());
afterAll(async () => await caller.sim.stop());

const LINK = 'https://example.com/a.png';

describe('OpenAI-HK', () => {
	const path = '/kling/v1/videos/text2video';

	it('answers in its own words, with one result null', async () => {
		const made = await caller.post('openaiHk', path, {
			prompt: 'x',
			external_task_id: 'ignored',
			duration: '5',
		});
		const id = String(made.data.task_id);
		expect(made.json).toMatchObject({ code: 0, message: '成功', request_id: id });
		expect(id).toMatch(/^Cl.*-.*_/);
		expect(made.data).not.toHaveProperty('task_info');
		caller.clock.advance(20_000);
		expect((await caller.get('openaiHk', `${path}/${id}`)).data).toMatchObject({
			task_status: 'succeed',
			task_result: { images: null, videos: [{ duration: '5.1' }] },
		});
		expect((await caller.get('openaiHk', `${path}/ignored`)).status).toBe(400);
	});

	it('makes images', async () => {
		const made = await caller.post('openaiHk', '/kling/v1/images/generations', {
			prompt: 'x',
			n: 2,
		});
		caller.clock.advance(20_000);
		const done = await caller.get(
			'openaiHk',
			`/kling/v1/images/generations/${String(made.data.task_id)}`,
		);
		expect(done.data.task_result).toMatchObject({
			images: [{ index: 0 }, { index: 1 }],
			videos: null,
		});
	});

	it.each<[string, Record<string, unknown>]>([
		['a long prompt', { prompt: 'x'.repeat(501) }],
		['a newer model', { model_name: 'kling-v2-6' }],
		['a number as duration', { duration: 5 }],
		['a fraction as camera value', { camera_control: { type: 'simple', config: { zoom: 0.5 } } }],
		['a camera in pro', { mode: 'pro', camera_control: { type: 'simple', config: { zoom: 5 } } }],
	])('refuses %s', async (_name, more) => {
		expect(await caller.post('openaiHk', path, { prompt: 'x', ...more })).toMatchObject({
			status: 400,
		});
	});

	it('may be told to take newer models', async () => {
		caller.sim.settings.openaiHkNewerModels = true;
		expect((await caller.post('openaiHk', path, GOOD_BODY)).status).toBe(200);
	});

	it('has nothing else', async () => {
		expect((await caller.get('openaiHk', path)).status).toBe(404);
		expect((await caller.post('openaiHk', '/kling/v1/videos/omni-video', {})).status).toBe(404);
		expect((await caller.get('openaiHk', '/kling/account/costs')).status).toBe(404);
		expect((await caller.post('openaiHk', path, { prompt: 'x' }, 'junk')).status).toBe(401);
	});
});

describe('relay', () => {
	const path = '/kling/v1/videos/text2video';

	it('passes official calls and answers through, numbers included', async () => {
		const made = await caller.post('relay', path, {
			...GOOD_BODY,
			duration: 5,
			external_task_id: 'e',
		});
		expect(made.json).toMatchObject({
			code: 0,
			message: 'SUCCEED',
			data: { task_status: 'submitted' },
		});
		expect((await caller.post('relay', path, { ...GOOD_BODY, duration: '10' })).status).toBe(200);
		expect((await caller.get('relay', `${path}/e`)).data.task_id).toBe(made.data.task_id);
		expect((await caller.get('relay', `${path}/unknown`)).json.code).toBe(1201);
	});

	it('has neither list nor costs, and says so with a web page', async () => {
		for (const missing of [
			path,
			'/kling/account/costs',
			'/account/costs',
			'/v1/videos/text2video/1',
		]) {
			const answer = await caller.get('relay', missing);
			expect(answer.status).toBe(404);
			expect(answer.text).toContain('<html>');
		}
	});
});

describe('new-api', () => {
	const path = '/kling/v1/videos/text2video';
	const body = { model_name: 'kling-v2-6', prompt: 'x', duration: '5' };

	it('answers a create like OpenAI and a query with a wrapped record', async () => {
		const made = await caller.post('newApi', path, { ...body, multi_shot: true });
		expect(made.json).toMatchObject({ object: 'video', status: 'queued', progress: 0 });
		const id = String(made.json.task_id);
		expect(id).toMatch(/^task_/);
		expect((await caller.get('newApi', `${path}/${id}`)).json).toMatchObject({
			code: 'success',
			data: { status: 'SUBMITTED' },
		});
		caller.clock.advance(20_000);
		const done = await caller.get('newApi', `${path}/${id}`);
		expect(done.data).toMatchObject({
			task_id: id,
			status: 'SUCCESS',
			progress: '100%',
			fail_reason: '',
			result_url: expect.stringContaining('http') as string,
			data: { code: 0, data: { task_status: 'succeed' } },
		});
		const inner = (done.data.data as { data: { task_id: string } }).data;
		expect(inner.task_id).toMatch(/^\d+$/);
		expect((await caller.get('newApi', `/v1/videos/${id}`)).json).toMatchObject({
			status: 'completed',
			metadata: { url: done.data.result_url },
		});
	});

	it('put the URL into fail_reason when it was older', async () => {
		caller.sim.settings.newApiOldVersion = true;
		const { json } = await caller.post('newApi', path, body);
		caller.clock.advance(20_000);
		const { data } = await caller.get('newApi', `${path}/${String(json.task_id)}`);
		expect(data.fail_reason).toMatch(/^http/);
		expect(data).not.toHaveProperty('result_url');
	});

	it('goes by the image, not by the path', async () => {
		await caller.post('newApi', path, { ...body, image: LINK });
		expect(caller.sim.ledger.charges[0]?.kind).toBe('videos/image2video');
	});

	it.each<[string, unknown, number, string]>([
		['wrong types', { ...body, duration: 5 }, 500, 'build_request_failed'],
		['a text as cfg_scale', { ...body, cfg_scale: '1' }, 500, 'build_request_failed'],
		['what Kling refuses', { ...body, mode: 'fast' }, 400, 'fail_to_fetch_task'],
	])('has a word for %s', async (_name, sent, status, code) => {
		expect(await caller.post('newApi', path, sent)).toMatchObject({
			status,
			json: { code, data: null },
		});
	});

	it('answers with a word for what it does not find, and its web page for what it does not know', async () => {
		expect(await caller.get('newApi', `${path}/nothing`)).toMatchObject({
			status: 400,
			json: { code: 'task_not_exist' },
		});
		expect(await caller.get('newApi', '/kling/account/costs')).toMatchObject({
			status: 200,
			json: {},
		});
		expect((await caller.get('newApi', `${path}/x`, 'junk')).status).toBe(401);
		expect(await caller.post('newApi', path, body, 'sk-sim-newapi-empty-key')).toMatchObject({
			status: 403,
			json: { code: 'insufficient_user_quota' },
		});
	});
});

describe("samples of the services' own pages", () => {
	it('OpenAI-HK, every field of text to video', async () => {
		const sample = {
			model_name: 'kling-v1',
			prompt: '太空飞船在航行',
			negative_prompt: '',
			cfg_scale: 0,
			mode: 'std',
			aspect_ratio: '1:1',
			duration: '5',
			camera_control: { type: 'simple', config: { horizontal: 1 } },
			notify_hook: '',
		};
		expect((await caller.post('openaiHk', '/kling/v1/videos/text2video', sample)).status).toBe(200);
	});

	it('OpenAI-HK, an image', async () => {
		const sample = {
			prompt: '漫画兔子吃草',
			negative_prompt: '',
			image: '',
			image_fidelity: 0.5,
			n: 1,
			aspect_ratio: '4:3',
			notify_hook: '',
		};
		expect((await caller.post('openaiHk', '/kling/v1/images/generations', sample)).status).toBe(
			200,
		);
	});

	it('a relay, several images', async () => {
		const sample = {
			model_name: 'kling-v1-6',
			image_list: [{ image: LINK }, { image: LINK }],
			prompt: 'flow',
			negative_prompt: '',
			image_tail: '',
			aspect_ratio: '1:1',
			mode: 'std',
			duration: '5',
		};
		expect((await caller.post('relay', '/kling/v1/videos/multi-image2video', sample)).status).toBe(
			200,
		);
	});
});
