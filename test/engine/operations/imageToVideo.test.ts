/** Video → Generate From Image: every parameter on the wire, and what is refused before anything is sent. */
import type { INodeParameters } from 'n8n-workflow';

import { KNOWN_ELEMENT_IDS } from '../../simulator';
import { model } from '../kling';
import { lastCreate, OTHER_PICTURE, PICTURE, useBench, type Refusal } from './support';

const bench = useBench();

const LIKE_OFFICIAL = ['klingGlobal', 'klingChina', 'relay'] as const;
const from = (more: INodeParameters = {}): INodeParameters => ({ image: PICTURE, ...more });
const lastFrame = { imageTailSource: 'text', imageTail: OTHER_PICTURE };
/** Where it comes from is known when it runs: the panel offers what a last frame excludes. */
const byExpression = { imageTailSource: '={{ "text" }}' };
const brush = (path: unknown, mask = OTHER_PICTURE) =>
	({ motionBrush: { motion: [{ mask, path }] } }) as unknown as INodeParameters;
const camera = (movement: INodeParameters): INodeParameters => ({ cameraMovement: { movement } });

describe('the frames', () => {
	it('may be the first, the last, or both', async () => {
		const first = await bench.wire('image2video', 'klingGlobal', from());
		expect(first).toMatchObject({ image: PICTURE });
		expect(first).not.toHaveProperty('image_tail');
		const last = await bench.wire('image2video', 'klingGlobal', {
			imageSource: 'none',
			...lastFrame,
			model: model('kling-v1-6'),
			quality: 'pro',
		});
		expect(last).toMatchObject({ image_tail: OTHER_PICTURE });
		expect(last).not.toHaveProperty('image');
	});

	it('leave the shape of the video to the picture', async () => {
		expect(await bench.wire('image2video', 'klingGlobal', from())).not.toHaveProperty(
			'aspect_ratio',
		);
	});

	it.each([
		['kling-v1-6', 'pro', 10],
		['kling-v2-1', 'pro', 10],
		['kling-v2-5-turbo', 'pro', 5],
		['kling-v2-6', 'pro', 10],
		['kling-v3', 'std', 7],
		['kling-v3', '4k', 15],
	])('both with %s, %s, %i s', async (name, mode, duration) => {
		const body = await bench.wire('image2video', 'klingGlobal', {
			...from(lastFrame),
			model: model(name),
			quality: mode,
			duration,
		});
		expect(body).toMatchObject({
			model_name: name,
			image_tail: OTHER_PICTURE,
			duration: String(duration),
		});
	});

	it('both with kling-v3-omni at Ace Data Cloud', async () => {
		const more = { model: model('kling-v3-omni'), prompt: 'It turns' };
		const body = await bench.wire('image2video', 'aceData', { ...from(lastFrame), ...more });
		expect(body).toMatchObject({
			model: 'kling-v3-omni',
			start_image_url: PICTURE,
			end_image_url: OTHER_PICTURE,
		});
	});
});

describe('the words', () => {
	it.each(LIKE_OFFICIAL)('may be missing, or say what to see and what not, %s', async (service) => {
		const silent = await bench.wire('image2video', service, from());
		expect(silent).not.toHaveProperty('prompt');
		expect(silent).not.toHaveProperty('negative_prompt');
		const told = await bench.wire('image2video', service, {
			...from(),
			prompt: 'It turns',
			options: { negativePrompt: 'blur', cfgScale: 0.25 },
		});
		expect(told).toMatchObject({ prompt: 'It turns', negative_prompt: 'blur', cfg_scale: 0.25 });
	});
});

describe('masks', () => {
	beforeEach(() => {
		bench.simulator.settings.discontinuedModels = [];
	});

	it.each([
		['kling-v1', 'std'],
		['kling-v1-5', 'pro'],
	])('with %s', async (name, mode) => {
		const body = await bench.wire('image2video', 'relay', {
			...from(),
			model: model(name),
			quality: mode,
			options: {
				staticMask: PICTURE,
				...brush('[{"x": 1, "y": 2}, {"x": 30, "y": -4}]'),
			},
		});
		expect(body).toMatchObject({
			static_mask: PICTURE,
			dynamic_masks: [
				{
					mask: OTHER_PICTURE,
					trajectories: [
						{ x: 1, y: 2 },
						{ x: 30, y: -4 },
					],
				},
			],
		});
	});

	it('take a path from an expression', async () => {
		const body = await bench.wire('image2video', 'relay', {
			...from(),
			model: model('kling-v1'),
			options: brush('={{ [{ x: 5, y: 6 }, { x: 7, y: 8 }] }}'),
		});
		expect(body.dynamic_masks).toMatchObject([{ trajectories: [{ x: 5 }, { y: 8 }] }]);
	});
});

describe('camera, sound, voices, elements and shots', () => {
	it('a simple camera with V1.5', async () => {
		const body = await bench.wire('image2video', 'klingGlobal', {
			...from(),
			model: model('kling-v1-5'),
			quality: 'pro',
			options: camera({ type: 'simple', axis: 'zoom', amount: 2.5 }),
		});
		expect(body.camera_control).toEqual({ type: 'simple', config: { zoom: 2.5 } });
	});

	it.each([
		['klingGlobal', { sound: 'on' }],
		['relay', { sound: 'on' }],
		['aceData', { generate_audio: true }],
	] as const)('sound in the words of %s', async (service, expected) => {
		const body = await bench.wire('image2video', service, {
			...from({ prompt: 'It sings' }),
			model: model('kling-v3'),
			options: { sound: true },
		});
		expect(body).toMatchObject(expected);
	});

	it('two voices', async () => {
		const body = await bench.wire('image2video', 'klingGlobal', {
			...from(),
			prompt: '<<<voice_1>>> asks <<<voice_2>>>',
			model: model('kling-v2-6'),
			quality: 'pro',
			options: { sound: true, voiceIds: '829836802793406551,genshin_vindi2' },
		});
		expect(body.voice_list).toEqual([
			{ voice_id: '829836802793406551' },
			{ voice_id: 'genshin_vindi2' },
		]);
	});

	it('a voice that speaks in a shot', async () => {
		const body = await bench.wire('image2video', 'klingGlobal', {
			...from(),
			model: model('kling-v3'),
			options: {
				sound: true,
				voiceIds: 'a',
				multiShot: 'customize',
				shots: { shot: [{ prompt: '<<<voice_1>>> calls', duration: 5 }] },
			},
		});
		expect(body).toMatchObject({ voice_list: [{ voice_id: 'a' }], sound: 'on' });
	});

	it.each(LIKE_OFFICIAL)('elements as bare integers, digit by digit, %s', async (service) => {
		const [one = '', two = ''] = KNOWN_ELEMENT_IDS;
		await bench.succeed('image2video', {
			service,
			parameters: {
				...from(),
				model: model('kling-v3'),
				options: { elementIds: `${one}, ${two}` },
				waitMode: 'none',
			},
		});
		expect(lastCreate(bench.simulator).rawBody).toContain(
			`"element_list":[{"element_id":${one}},{"element_id":${two}}]`,
		);
	});

	it('elements from an expression that yields a list', async () => {
		const [one = '', two = ''] = KNOWN_ELEMENT_IDS;
		await bench.succeed('image2video', {
			items: [{ ids: [one, two] }],
			parameters: {
				...from(),
				model: model('kling-v3'),
				options: { elementIds: '={{ $json.ids }}' },
				waitMode: 'none',
			},
		});
		expect(lastCreate(bench.simulator).rawBody).toContain(
			`[{"element_id":${one}},{"element_id":${two}}]`,
		);
	});

	it('shots of one’s own, without a prompt', async () => {
		const shot = [
			{ prompt: 'A door', duration: 2 },
			{ prompt: 'It opens', duration: 3 },
		];
		const body = await bench.wire('image2video', 'klingGlobal', {
			...from(),
			model: model('kling-v3'),
			options: { multiShot: 'customize', shots: { shot } },
		});
		expect(body.multi_prompt).toEqual([
			{ index: 1, prompt: 'A door', duration: '2' },
			{ index: 2, prompt: 'It opens', duration: '3' },
		]);
	});

	it.each(LIKE_OFFICIAL)('what every create takes, %s', async (service) => {
		const body = await bench.wire('image2video', service, {
			...from(),
			options: {
				callbackUrl: 'http://127.0.0.1:9/hook',
				externalTaskId: 'shop-1',
				watermark: true,
				additionalFields: '{"new_field":[829836802793406551]}',
			},
		});
		expect(body).toMatchObject({
			callback_url: 'http://127.0.0.1:9/hook',
			external_task_id: 'shop-1',
			watermark_info: { enabled: true },
		});
		expect(lastCreate(bench.simulator).rawBody).toContain('"new_field":[829836802793406551]');
	});
});

describe('refused before anything is sent', () => {
	const v3 = { model: model('kling-v3') };
	const v1 = { model: model('kling-v1') };
	const cases: Refusal[] = [
		{
			why: 'no frame',
			parameters: { imageSource: 'none' },
			says: ['First Frame or Last Frame must be given'],
		},
		{
			why: 'a last frame where the model has none',
			parameters: from({ ...lastFrame, model: model('kling-v2-master') }),
			says: [
				/Last Frame does not work with kling-v2-master\. Models that have it: kling-v3, kling-v2-6/,
			],
		},
		{
			why: 'a last frame in the cheap mode',
			parameters: from(lastFrame),
			says: [
				'Last Frame needs Quality = Professional with kling-v2-5-turbo (the default model here)',
			],
		},
		{
			why: 'a long video with a last frame of V1',
			service: 'relay',
			parameters: from({ ...lastFrame, ...v1, duration: 10 }),
			says: ['Last Frame needs a Duration of 5 s with kling-v1, not 10 s'],
		},
		{
			why: 'a last frame with sound of V2.6',
			parameters: from({
				...lastFrame,
				model: model('kling-v2-6'),
				quality: 'pro',
				options: { sound: true },
			}),
			says: ['Last Frame works with kling-v2-6 only when Sound is off'],
		},
		{
			why: 'a last frame and a mask',
			service: 'relay',
			parameters: from({ ...lastFrame, ...byExpression, ...v1, options: { staticMask: PICTURE } }),
			says: ['Last Frame cannot be combined with Static Mask or Motion Brush'],
		},
		{
			why: 'a last frame and a camera',
			parameters: from({
				...lastFrame,
				...byExpression,
				...v3,
				options: camera({ type: 'down_back' }),
			}),
			says: ['Last Frame cannot be combined with Camera Movement'],
		},
		{
			why: 'a mask and a camera',
			service: 'relay',
			parameters: from({
				...v1,
				options: { staticMask: PICTURE, ...camera({ type: 'down_back' }) },
			}),
			says: ['Camera Movement cannot be combined with Static Mask or Motion Brush'],
		},
		{
			why: 'masks with a newer model',
			parameters: from({ options: { staticMask: PICTURE } }),
			says: [
				'Static Mask and Motion Brush do not work with kling-v2-5-turbo (the default model here)',
			],
		},
		{
			why: 'a path of one point',
			service: 'relay',
			parameters: from({ ...v1, options: brush('[{"x":1,"y":1}]') }),
			says: ['Motion Brush needs 2 to 77 points per trajectory'],
		},
		{
			why: 'a path that is no JSON',
			service: 'relay',
			parameters: from({ ...v1, options: brush('north') }),
			says: ['Path must be a JSON list, not "north"'],
		},
		{
			why: 'points without numbers',
			service: 'relay',
			parameters: from({ ...v1, options: brush('[{"x":"a","y":1},{"x":1,"y":1}]') }),
			says: ['Motion Brush needs x and y as whole numbers for every point'],
		},
		{
			why: 'half pixels',
			service: 'relay',
			parameters: from({ ...v1, options: brush('[{"x":1.5,"y":1},{"x":1,"y":1}]') }),
			says: ['Motion Brush needs x and y as whole numbers for every point'],
		},
		{
			why: 'a motion without a mask',
			service: 'relay',
			parameters: from({ ...v1, options: brush('[{"x":1,"y":1},{"x":2,"y":2}]', '') }),
			says: ['Motion Brush must not be empty'],
		},
	];
	it.each(cases)('$why', async (refusal) => {
		await bench.refused('image2video', refusal);
	});
});
