import { LINK } from './rules';
import { startReceiver, startWithClient, type Caller } from './support';

let caller: Caller;
beforeAll(async () => {
	caller = await startWithClient({ slots: 1000 });
});
afterEach(() => caller.sim.reset());
afterAll(async () => await caller.sim.stop());

const FILE = Buffer.from('a picture').toString('base64');
const CLIP = 'https://a.test/dress-12s.mp4';
const one = (type: string, more: object) => ({ type, ...more });
const text = (type: string, value: string) => one(type, { text: value });
const link = (type: string, url = LINK) => one(type, { url });

const AVATAR = text('avatar_id', 'avatar_lee_male');
const IMAGE = link('avatar_image');
const SCRIPT = text('speech_script', 'x'.repeat(80));
const PRODUCT = [link('ref_image'), text('goods_title', 'Mug')];
const SOURCE = link('source_video', CLIP);
const CLOTHES = [SOURCE, link('product_image'), text('product_info', 'Dress')];
const many = (count: number, content: object) => Array.from({ length: count }, () => content);
const x = (length: number) => 'x'.repeat(length);

type Body = { contents?: unknown[]; settings?: object };
const VOICE = { settings: { voice_id: 'female_warm_rich' } };

const PATHS = {
	seller: ['/solutions/talking_agent', '/kling/video-commerce'],
	clothes: ['/solutions/e-commerce/clothing_dupe', '/kling/apparel'],
	subtitles: ['/solutions/drama_subtitle', undefined],
} as const;
type Name = keyof typeof PATHS;

async function ask(name: Name, body: Body, service: 'klingGlobal' | 'aceData' = 'klingGlobal') {
	const path = PATHS[name][service === 'aceData' ? 1 : 0] ?? '';
	const more = service === 'aceData' ? { async: true } : {};
	return await caller.post(service, path, { ...body, ...more });
}
const charges = () => caller.sim.ledger.charges;

describe('is taken', () => {
	it.each<[string, Name, Body, units: number, credits: number]>([
		['a seller alone', 'seller', { contents: [AVATAR, SCRIPT] }, 10, 14],
		[
			'a seller at 1080p',
			'seller',
			{ contents: [AVATAR, SCRIPT], settings: { resolution: '1080p', aspect_ratio: '16:9' } },
			...([12, 16.8] as const),
		],
		[
			'a seller who speaks fast',
			'seller',
			{ contents: [AVATAR, SCRIPT], settings: { speech_rate: 1.2 } },
			9,
			12.6,
		],
		['a seller by an image', 'seller', { contents: [IMAGE, SCRIPT], ...VOICE }, 10, 14],
		['a seller with a product', 'seller', { contents: [AVATAR, SCRIPT, ...PRODUCT] }, 14, 19.6],
		[
			'all of a product',
			'seller',
			{
				contents: [
					...[AVATAR, SCRIPT, ...PRODUCT, text('goods_price', '5')],
					...many(20, text('goods_target_audience', 'x')),
					...many(20, text('goods_selling_point', 'x')),
				],
				settings: { action_prompt: 'Nods', allow_polish: true, bgm_enabled: false },
			},
			...([14, 19.6] as const),
		],
		['clothes', 'clothes', { contents: CLOTHES }, 15.6, 21.84],
		[
			'clothes with a voice',
			'clothes',
			{
				contents: [
					...[...CLOTHES, ...many(5, link('model_image')), link('bgm')],
					one('voice', { voice_id: 'calm_sales_man' }),
				],
				settings: { resolution: '1080p', aspect_ratio: '21:9' },
			},
			...([24, 33.6] as const),
		],
		['subtitles', 'subtitles', { contents: [SOURCE] }, 1.2, 0],
		[
			'all of subtitles',
			'subtitles',
			{
				contents: [SOURCE, ...many(200, one('glossary', { source: 'a', target: 'b' }))],
				settings: { target_cps: 10, target_language: 'en', margin_v: 1, font_size: 512 },
			},
			...([1.2, 0] as const),
		],
	])('%s', async (_what, name, body, units, credits) => {
		const answer = await ask(name, body);
		expect(answer.json.message).toBe('SUCCEED');
		expect(charges()).toMatchObject([{ units, taskId: answer.data.id }]);
		if (credits === 0) return;
		expect((await ask(name, body, 'aceData')).json.success).toBe(true);
		expect(charges()[1]).toMatchObject({ units: credits });
	});

	it.each<[Name, Body]>([
		['seller', { contents: [one('avatar_image', { url: FILE }), SCRIPT], ...VOICE }],
		['seller', { contents: [AVATAR, SCRIPT, one('ref_image', { url: FILE }), PRODUCT[1]] }],
		['clothes', { contents: [...CLOTHES, one('model_image', { url: FILE })] }],
		['clothes', { contents: [SOURCE, one('product_image', { url: FILE }), CLOTHES[2]] }],
	])('a file as base64 (%s), but not by Ace Data Cloud', async (name, body) => {
		expect((await ask(name, body)).json.message).toBe('SUCCEED');
		expect((await ask(name, body, 'aceData')).status).toBe(400);
		expect(charges()).toHaveLength(1);
	});
});

it.each<[string, Name, Body, RegExp]>([
	['nothing', 'seller', {}, /contents is required/],
	['nobody', 'seller', { contents: [SCRIPT] }, /One of avatar_image and avatar_id/],
	['two people', 'seller', { contents: [AVATAR, IMAGE, SCRIPT], ...VOICE }, /One of avatar_image/],
	['an unknown avatar', 'seller', { contents: [text('avatar_id', 'x'), SCRIPT] }, /'x' is invalid/],
	['a voice for an avatar', 'seller', { contents: [AVATAR, SCRIPT], ...VOICE }, /voice_id is not/],
	['an image without a voice', 'seller', { contents: [IMAGE, SCRIPT] }, /voice_id is required/],
	[
		'a voice of clothes',
		'seller',
		{ contents: [IMAGE, SCRIPT], settings: { voice_id: 'calm_sales_man' } },
		/voice_id value/,
	],
	['no script', 'seller', { contents: [AVATAR] }, /1 of type speech_script/],
	['a long script', 'seller', { contents: [AVATAR, text('speech_script', x(2001))] }, /of 2000/],
	['no image', 'seller', { contents: [AVATAR, SCRIPT, PRODUCT[1]] }, /type ref_image in product/],
	['no title', 'seller', { contents: [AVATAR, SCRIPT, PRODUCT[0]] }, /type goods_title in product/],
	[
		'a price alone',
		'seller',
		{ contents: [AVATAR, SCRIPT, text('goods_price', '5')] },
		/ref_image/,
	],
	[
		'six images',
		'seller',
		{ contents: [AVATAR, SCRIPT, ...many(6, link('ref_image')), PRODUCT[1]] },
		/0 to 5 of type ref_image/,
	],
	[
		'a long title',
		'seller',
		{ contents: [AVATAR, SCRIPT, PRODUCT[0], text('goods_title', x(501))] },
		/of 500/,
	],
	[
		'21 points',
		'seller',
		{ contents: [AVATAR, SCRIPT, ...PRODUCT, ...many(21, text('goods_selling_point', 'x'))] },
		/0 to 20 of type goods_selling_point/,
	],
	[
		'a speed with a product',
		'seller',
		{ contents: [AVATAR, SCRIPT, ...PRODUCT], settings: { speech_rate: 1 } },
		/speech_rate is not supported/,
	],
	...([0.9, '1'] as const).map((speech_rate): [string, Name, Body, RegExp] => [
		`a speed of ${JSON.stringify(speech_rate)}`,
		'seller',
		{ contents: [AVATAR, SCRIPT], settings: { speech_rate } },
		/speech_rate/,
	]),
	['4K', 'seller', { contents: [AVATAR, SCRIPT], settings: { resolution: '4k' } }, /resolution/],
	[
		'a square',
		'seller',
		{ contents: [AVATAR, SCRIPT], settings: { aspect_ratio: '1:1' } },
		/ratio/,
	],
	['a word', 'seller', { contents: [AVATAR, SCRIPT], settings: { bgm_enabled: 'on' } }, /boolean/],
	[
		'a type of others',
		'seller',
		{ contents: [AVATAR, SCRIPT, SOURCE] },
		/'source_video' is invalid/,
	],
	['no video', 'clothes', { contents: CLOTHES.slice(1) }, /1 of type source_video/],
	['no clothes', 'clothes', { contents: [SOURCE, CLOTHES[2]] }, /1 to 5 of type product_image/],
	['no words', 'clothes', { contents: CLOTHES.slice(0, 2) }, /1 of type product_info/],
	[
		'a short video',
		'clothes',
		{ contents: [link('source_video', 'https://a.test/a-4s.mp4'), ...CLOTHES.slice(1)] },
		/between 5 and 180/,
	],
	[
		'a long video',
		'clothes',
		{ contents: [link('source_video', 'https://a.test/a-181s.mp4'), ...CLOTHES.slice(1)] },
		/between 5 and 180/,
	],
	[
		'a video in base64',
		'clothes',
		{ contents: [one('source_video', { url: FILE }), ...CLOTHES.slice(1)] },
		/url value/,
	],
	[
		'music in base64',
		'clothes',
		{ contents: [...CLOTHES, one('bgm', { url: FILE })] },
		/url value/,
	],
	[
		'a voice of sellers',
		'clothes',
		{ contents: [...CLOTHES, one('voice', { voice_id: 'female_warm_rich' })] },
		/voice_id value/,
	],
	['six models', 'clothes', { contents: [...CLOTHES, ...many(6, link('model_image'))] }, /0 to 5/],
	['another ratio', 'clothes', { contents: CLOTHES, settings: { aspect_ratio: '5:4' } }, /ratio/],
	[
		'a long video',
		'subtitles',
		{ contents: [link('source_video', 'https://a.test/a-301s.mp4')] },
		/exceed 300/,
	],
	['half a term', 'subtitles', { contents: [SOURCE, one('glossary', { source: 'a' })] }, /target/],
	[
		'a long term',
		'subtitles',
		{ contents: [SOURCE, one('glossary', { source: 'a', target: x(101) })] },
		/of 100/,
	],
	['a fast reader', 'subtitles', { contents: [SOURCE], settings: { target_cps: 21 } }, /10 and 20/],
	['half a pixel', 'subtitles', { contents: [SOURCE], settings: { margin_v: 1.5 } }, /integer/],
	['a size as text', 'subtitles', { contents: [SOURCE], settings: { font_size: '9' } }, /number/],
])('refuses %s (%s)', async (_why, name, body, message) => {
	const answer = await ask(name, body);
	expect(answer.status).toBe(400);
	expect(answer.json.message).toMatch(message);
	expect(charges()).toEqual([]);
	if (name === 'subtitles') return;
	expect((await ask(name, body, 'aceData')).status).toBe(400);
	expect(charges()).toEqual([]);
});

describe('what it tells', () => {
	async function outputsOf(name: Name, contents: unknown[], options = {}) {
		const { data } = await caller.post('klingGlobal', PATHS[name][0], { contents, options });
		const id = String(data.id);
		caller.clock.advance(20_000);
		const [record] = (await caller.get('klingGlobal', `/solutions?task_ids=${id}`)).json
			.data as Array<{ outputs: Array<Record<string, string>> }>;
		return { id, outputs: record?.outputs ?? [] };
	}

	it('of clothes: the video, and the images in other files', async () => {
		const options = { watermark_info: { enabled: true } };
		const { id, outputs } = await outputsOf('clothes', CLOTHES, options);
		expect(outputs.map(({ type }) => type)).toEqual([
			...['product_image', 'model_images', 'model_images', 'product_video'],
		]);
		const files = await Promise.all(outputs.map(async ({ url }) => await bytesAt(url)));
		const images = [0, 1, 2].map((index) => caller.sim.imageBytes(id, index));
		expect(files).toEqual([...images, caller.sim.videoBytes(id)]);
		expect(outputs[3]?.watermark_url).toContain('-watermark.mp4');
		expect(outputs[3]?.duration).toBe('12.1');
	});

	it('of subtitles: the video and two files of text', async () => {
		const { id, outputs } = await outputsOf('subtitles', [SOURCE]);
		expect(outputs.map(({ type }) => type)).toEqual(['subbed_video', 'srt', 'ass']);
		const files = await Promise.all(outputs.map(async ({ url }) => await bytesAt(url)));
		const { sim } = caller;
		expect(files).toEqual([
			...[sim.videoBytes(id), sim.subtitleBytes(id, 'srt'), sim.subtitleBytes(id, 'ass')],
		]);
		expect(files[1]?.toString()).toMatch(/^1\n00:00:00,000 --> /);
		expect(files[2]?.toString()).toMatch(/^\[Script Info\]\n/);
	});

	it.each<[Name, unknown[], string[]]>([
		['clothes', CLOTHES, ['submitted', 'processing', 'succeeded']],
		['subtitles', [SOURCE], ['succeeded']],
	])('to a callback: of %s', async (name, contents, statuses) => {
		const receiver = await startReceiver();
		await outputsOf(name, contents, { callback_url: receiver.url });
		await caller.sim.settled();
		expect(receiver.received.map(({ body }) => body.status)).toEqual(statuses);
		expect(receiver.received.at(-1)?.body.outputs).not.toEqual([]);
		await receiver.stop();
	});

	it('at Ace Data Cloud: a list under data', async () => {
		const made = await ask('clothes', { contents: CLOTHES }, 'aceData');
		caller.clock.advance(20_000);
		const question = { action: 'retrieve', id: made.json.task_id };
		const { json } = await caller.post('aceData', '/kling/tasks', question);
		expect(json).toMatchObject({
			type: 'apparel',
			response: { data: [{ type: 'product_image' }, {}, {}, { type: 'product_video' }] },
		});
	});
});

async function bytesAt(url = ''): Promise<Buffer> {
	return Buffer.from(await (await fetch(url)).arrayBuffer());
}
