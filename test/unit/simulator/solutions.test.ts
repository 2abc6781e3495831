/** The Solutions API of official Kling, and its copy at Ace Data Cloud: what is taken, and how tasks are told. */
import { makeJwt, startReceiver, startWithClient, type Caller } from './support';

let caller: Caller;
beforeAll(async () => {
	caller = await startWithClient({ slots: 1000, imageSlots: 1000 });
});
afterEach(() => caller.sim.reset());
afterAll(async () => await caller.sim.stop());

const LINK = 'https://example.com/a.png';
const TRY_ON_PATH = '/solutions/virtual_try_on';
const GOODS_PATH = '/solutions/e-commerce/goods_studio';
const PRODUCT = { type: 'product_image', url: LINK };
const PERSON = { type: 'person_image', url: LINK };
const TRY_ON = { contents: [PRODUCT, PERSON] };
const SETTINGS = { resolution: '720p', aspect_ratio: '9:16', duration: 15 };
const IMAGE = { type: 'ref_image', url: LINK };
const TITLE = { type: 'goods_title', text: 'Mug' };
const GOODS = { contents: [IMAGE, TITLE], settings: SETTINGS };

const about = (text: string) => ({
	...GOODS,
	contents: [IMAGE, TITLE, { type: 'goods_description', text }],
});
const titled = (text: unknown) => ({ ...GOODS, contents: [IMAGE, { type: 'goods_title', text }] });
const set = (more: Record<string, unknown>) => ({ ...GOODS, settings: { ...SETTINGS, ...more } });
const images = (count: number) => ({
	...GOODS,
	contents: [...Array<object>(count).fill(IMAGE), TITLE],
});

type Case = [name: string, path: string, body: unknown, message: RegExp | 'ok'];

const CASES: Case[] = [
	['a try-on', TRY_ON_PATH, TRY_ON, 'ok'],
	['a try-on the other way round', TRY_ON_PATH, { contents: [PERSON, PRODUCT] }, 'ok'],
	[
		'a try-on that keeps nothing',
		TRY_ON_PATH,
		{ ...TRY_ON, settings: { keep_face: false, keep_pose: false, keep_background: false } },
		'ok',
	],
	['no contents', TRY_ON_PATH, {}, /contents is required/],
	['empty contents', TRY_ON_PATH, { contents: [] }, /contents must not be empty/],
	['no person', TRY_ON_PATH, { contents: [PRODUCT] }, /1 of type person_image, not 0/],
	[
		'two garments',
		TRY_ON_PATH,
		{ contents: [PRODUCT, PRODUCT, PERSON] },
		/1 of type product_image, not 2/,
	],
	[
		'a type of another page',
		TRY_ON_PATH,
		{ contents: [PRODUCT, PERSON, TITLE] },
		/type value 'goods_title'/,
	],
	[
		'a person as base64',
		TRY_ON_PATH,
		{ contents: [PRODUCT, { ...PERSON, url: 'iVBORw0KGgo=' }] },
		/url value/,
	],
	[
		'a person without address',
		TRY_ON_PATH,
		{ contents: [PRODUCT, { type: 'person_image' }] },
		/url is required/,
	],
	[
		'a setting as a text',
		TRY_ON_PATH,
		{ ...TRY_ON, settings: { keep_face: 'true' } },
		/settings.keep_face.*boolean/,
	],
	['a watermark', TRY_ON_PATH, { ...TRY_ON, options: { watermark: { enabled: true } } }, 'ok'],
	[
		'a watermark as a text',
		TRY_ON_PATH,
		{ ...TRY_ON, options: { watermark: { enabled: 'yes' } } },
		/enabled.*boolean/,
	],
	[
		'an address for calls that is none',
		TRY_ON_PATH,
		{ ...TRY_ON, options: { callback_url: 'hook' } },
		/callback_url value/,
	],
	[
		'one of 1,025 characters',
		TRY_ON_PATH,
		{ ...TRY_ON, options: { callback_url: `https://e.test/${'x'.repeat(1010)}` } },
		/length of 1024/,
	],
	['a product video', GOODS_PATH, GOODS, 'ok'],
	[
		'one of five images, at the longest',
		GOODS_PATH,
		{ ...images(5), settings: { ...SETTINGS, duration: 60 } },
		'ok',
	],
	['one of no image', GOODS_PATH, images(0), /1 to 5 of type ref_image, not 0/],
	['one of six images', GOODS_PATH, images(6), /1 to 5 of type ref_image, not 6/],
	[
		'one without title',
		GOODS_PATH,
		{ ...GOODS, contents: [IMAGE] },
		/1 of type goods_title, not 0/,
	],
	['an empty title', GOODS_PATH, titled(''), /text is required/],
	['a title of 200 characters', GOODS_PATH, titled('x'.repeat(200)), 'ok'],
	['a title of 201 characters', GOODS_PATH, titled('x'.repeat(201)), /length of 200/],
	['a title that is a number', GOODS_PATH, titled(7), /string expected/],
	['a description of 2,000 characters', GOODS_PATH, about('x'.repeat(2000)), 'ok'],
	['a description of 2,001 characters', GOODS_PATH, about('x'.repeat(2001)), /length of 2000/],
	['no settings', GOODS_PATH, { contents: GOODS.contents }, /settings.resolution is required/],
	['no shape', GOODS_PATH, set({ aspect_ratio: undefined }), /settings.aspect_ratio is required/],
	['no length', GOODS_PATH, set({ duration: undefined }), /settings.duration is required/],
	['20 seconds', GOODS_PATH, set({ duration: 20 }), /duration value '20'/],
	['a length as a text', GOODS_PATH, set({ duration: '15' }), /settings.duration.*number expected/],
	['a length with a fraction', GOODS_PATH, set({ duration: 15.5 }), /integer expected/],
	['4K', GOODS_PATH, set({ resolution: '4k' }), /resolution value '4k'/],
	['another shape', GOODS_PATH, set({ aspect_ratio: '4:3' }), /aspect_ratio value '4:3'/],
	[
		'content that must not be',
		GOODS_PATH,
		{ ...GOODS, contents: [IMAGE, { ...TITLE, text: '[refuse]' }] },
		/content security/,
	],
];

describe('what is taken', () => {
	it.each(CASES)('%s', async (_name, path, body, message) => {
		const answer = await caller.post('klingGlobal', path, body);
		expect(answer.status).toBe(message === 'ok' ? 200 : 400);
		if (message !== 'ok') expect(answer.json.message).toMatch(message);
		expect(caller.sim.ledger.charges).toHaveLength(message === 'ok' ? 1 : 0);
	});

	it('a name once', async () => {
		const named = { ...GOODS, options: { external_task_id: 'order-1' } };
		expect((await caller.post('klingChina', GOODS_PATH, named)).status).toBe(200);
		const second = await caller.post('klingChina', GOODS_PATH, named);
		expect(second).toMatchObject({ status: 400, json: { code: 1201 } });
		expect(second.json.message).toMatch(/already exists/);
		expect(caller.sim.ledger.charges).toHaveLength(1);
	});

	it('an API key alone', async () => {
		const { sim, clock } = caller;
		const { accessKey = '', secretKey = '' } = sim.services.klingGlobal;
		const pair = makeJwt(accessKey, secretKey, clock.now());
		for (const [method, path] of [
			['post', TRY_ON_PATH],
			['post', '/solutions'],
			['get', '/solutions?task_ids=1'],
		] as const) {
			const answer =
				method === 'get'
					? await caller.get('klingGlobal', path, pair)
					: await caller.post('klingGlobal', path, TRY_ON, pair);
			expect(answer.status).toBe(401);
		}
		expect(sim.ledger.charges).toEqual([]);
	});

	it.each([
		['klingGlobal', '/solutions/magic'],
		['klingGlobal', `/v1${TRY_ON_PATH}`],
		['klingGlobal', '/v1/images/kolors-virtual-try-on'],
		['relay', `/kling${TRY_ON_PATH}`],
		['relay', `/kling/v1${GOODS_PATH}`],
		['openaiHk', `/kling${GOODS_PATH}`],
	] as const)('nothing at %s%s', async (service, path) => {
		expect((await caller.post(service, path, GOODS)).status).toBe(404);
		expect(caller.sim.ledger.charges).toEqual([]);
	});
});

describe('how tasks are told', () => {
	const make = async (path: string, body: object, options: object = {}) => {
		const { data } = await caller.post('klingGlobal', path, { ...body, options });
		return String(data.id ?? data.task_id);
	};
	const listed = async (path: string, body?: object) => {
		const answer = body
			? await caller.post('klingGlobal', path, body)
			: await caller.get('klingGlobal', path);
		return answer;
	};

	it('in the words of their pages, by their ids and their names', async () => {
		const goods = await make(GOODS_PATH, GOODS, { external_task_id: 'order-1' });
		const tried = await make(TRY_ON_PATH, TRY_ON, { watermark: { enabled: true } });
		caller.clock.advance(20_000);
		const { json } = await listed(`/solutions?task_ids=${goods},${tried},unknown`);
		expect(json.data).toMatchObject([
			{
				id: goods,
				status: 'succeeded',
				external_id: 'order-1',
				outputs: [{ type: 'video', duration: '15.1', watermark_url: '' }],
				billing: [{ charge_type: 'unit', package_type: 'video', amount: '25.5' }],
			},
			{
				task_id: tried,
				status: 'succeed',
				outputs: [{ type: 'image', watermark_url: expect.stringMatching(/^http/) as string }],
				billing: [{ package_type: 'image' }],
			},
		]);
		expect((await listed('/solutions?external_task_ids=order-1')).json.data).toMatchObject([
			{ id: goods },
		]);
		expect((await listed(`/solutions?task_ids=order-1`)).json.data).toEqual([]);
	});

	it('among the other tasks only if so set', async () => {
		const id = await make(GOODS_PATH, GOODS);
		expect((await listed(`/tasks?task_ids=${id}`)).json.data).toEqual([]);
		caller.sim.settings.showsSolutionsAmongTasks = true;
		expect((await listed(`/tasks?task_ids=${id}`)).json.data).toMatchObject([{ id }]);
		await caller.post('klingGlobal', '/v1/videos/text2video', {
			prompt: 'x',
			model_name: 'kling-v3',
		});
		expect((await listed('/solutions', {})).data).toMatchObject({ count: 1 });
	});

	it('by at most 20 ids of one sort', async () => {
		const many = Array.from({ length: 21 }, (_, n) => n).join();
		for (const query of ['', `task_ids=${many}`, 'task_ids=1&external_task_ids=2']) {
			expect((await listed(`/solutions?${query}`)).json).toMatchObject({ code: 1201 });
		}
	});

	it('in a list behind a cursor, which is filtered by status alone', async () => {
		const ids = [await make(GOODS_PATH, GOODS), await make(TRY_ON_PATH, TRY_ON)];
		const first = (await listed('/solutions', { limit: 1 })).data;
		expect(first).toMatchObject({ result: [{ task_id: ids[1] }], has_more: true });
		const { next_cursor: cursor } = first;
		expect((await listed('/solutions', { limit: 1, cursor })).data).toMatchObject({
			result: [{ id: ids[0] }],
			has_more: false,
		});
		const by = (key: string, ...values: string[]) => ({ filters: [{ key, values }] });
		expect((await listed('/solutions', by('status', 'succeeded'))).data).toMatchObject({
			count: 0,
		});
		expect((await listed('/solutions', by('product_type', 'image'))).status).toBe(400);
	});

	it('in calls', async () => {
		const receiver = await startReceiver();
		const id = await make(GOODS_PATH, GOODS, { callback_url: receiver.url });
		caller.clock.advance(20_000);
		await caller.sim.settled();
		await receiver.stop();
		expect(receiver.received.at(-1)?.body).toMatchObject({
			id,
			status: 'succeeded',
			outputs: [{ type: 'video' }],
		});
	});
});

describe('at Ace Data Cloud', () => {
	const run = async (path: string, body: object) => await caller.post('aceData', path, body);

	it.each([
		['/kling/goods-studio', GOODS, { video_url: expect.stringMatching(/mp4/) as string }],
		['/kling/virtual-try-on', TRY_ON, { image_url: expect.stringMatching(/png/) as string }],
	])('%s makes the same', async (path, body, data) => {
		const made = await run(path, { ...body, watermark: true, async: true });
		expect(made.json).toMatchObject({ success: true });
		const id = String(made.json.task_id);
		caller.clock.advance(20_000);
		const { json } = await run('/kling/tasks', { action: 'retrieve', id });
		expect(json).toMatchObject({
			id,
			type: path.replace('/kling/', ''),
			response: { success: true, task_id: id, data },
		});
		expect(caller.sim.ledger.charges).toHaveLength(1);
	});

	it.each([
		[{ ...GOODS, watermark: { enabled: true } }, /watermark.*boolean/],
		[{ ...GOODS, contents: [IMAGE] }, /goods_title/],
		[{ ...GOODS, settings: { ...SETTINGS, duration: '15' } }, /number expected/],
	])('refuses %j', async (body, message) => {
		const { status, json } = await run('/kling/goods-studio', { ...body, async: true });
		expect(status).toBe(400);
		expect(JSON.stringify(json)).toMatch(message);
	});
});

describe('the older try-on of relays', () => {
	const path = '/kling/v1/images/kolors-virtual-try-on';

	it.each([
		[{ human_image: LINK, cloth_image: LINK }, 'ok'],
		[{ model_name: 'kolors-virtual-try-on-v1-5', human_image: LINK, cloth_image: LINK }, 'ok'],
		[{ model_name: 'kling-v3', human_image: LINK, cloth_image: LINK }, /model_name value/],
		[{ cloth_image: LINK }, /human_image is required/],
		[{ human_image: LINK }, /cloth_image is required/],
		[{ human_image: LINK, cloth_image: 'AAAA' }, /Image format/],
	] as const)('%j', async (body, message) => {
		const answer = await caller.post('relay', path, body);
		if (message !== 'ok') expect(answer.json.message).toMatch(message);
		expect(caller.sim.ledger.charges).toHaveLength(message === 'ok' ? 1 : 0);
	});
});
