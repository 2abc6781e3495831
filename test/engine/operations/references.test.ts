/** Video → Generate From Mixed References and From Multiple Images: parameters on the wire, and refusals. */
import type { INodeParameters } from 'n8n-workflow';

import { KNOWN_ELEMENT_IDS } from '../../simulator';
import { model } from '../kling';
import { addedTo } from '../support';
import {
	bodyOf,
	CLIP,
	firstFrameRow,
	lastCreate,
	lastFrameRow,
	many,
	OTHER_PICTURE,
	PICTURE,
	rows,
	useBench,
	type Refusal,
} from './support';

const bench = useBench();

const O1 = model('kling-video-o1');
const mixed = (more: INodeParameters = {}): INodeParameters => ({ prompt: 'They dance', ...more });

describe('mixed references', () => {
	it('may be none at all', async () => {
		const body = await bench.wire(
			'omni-video',
			'klingGlobal',
			mixed({ quality: '4k', duration: 15 }),
		);
		expect(body).toEqual({
			model_name: 'kling-v3-omni',
			prompt: 'They dance',
			mode: '4k',
			duration: '15',
			aspect_ratio: '16:9',
			...addedTo('klingGlobal'),
		});
	});

	it.each([
		['klingGlobal', 'kling-video-o1', '5'],
		['relay', 'kling-video-o1', '5'],
		['aceData', 'kling-o1', 5],
	] as const)('go to O1 under the name it has at %s', async (service, name, duration) => {
		const body = await bench.wire('omni-video', service, mixed({ model: O1, ...rows(PICTURE) }));
		expect(body).toMatchObject({
			[service === 'aceData' ? 'model' : 'model_name']: name,
			duration,
		});
	});

	it.each([
		['klingGlobal', 'kling-v3-omni', 7],
		['klingGlobal', 'kling-video-o1', 5],
		['aceData', 'kling-v3-omni', 7],
	] as const)('with roles at %s, %s', async (service, name, duration) => {
		const body = await bench.wire(
			'omni-video',
			service,
			mixed({ model: model(name), duration, ...rows(firstFrameRow, lastFrameRow) }),
		);
		expect(body.image_list).toEqual([
			{ image_url: PICTURE, type: 'first_frame' },
			{ image_url: OTHER_PICTURE, type: 'end_frame' },
		]);
		// The first frame decides the shape.
		expect(body).not.toHaveProperty('aspect_ratio');
	});

	it('edit a video, whose shape and length stay', async () => {
		const body = await bench.wire(
			'omni-video',
			'klingGlobal',
			mixed({
				videoUrl: CLIP,
				videoUse: 'base',
				...rows(PICTURE),
				options: { keepOriginalSound: true },
			}),
		);
		expect(body.video_list).toEqual([
			{ video_url: CLIP, refer_type: 'base', keep_original_sound: 'yes' },
		]);
		expect(body).not.toHaveProperty('aspect_ratio');
	});

	it.each(['klingGlobal', 'klingChina', 'relay'] as const)(
		'hold elements as bare integers at %s',
		async (service) => {
			const [one = '', two = ''] = KNOWN_ELEMENT_IDS;
			await bench.succeed('omni-video', {
				service,
				parameters: mixed({
					waitMode: 'none',
					...rows(firstFrameRow),
					options: { elementIds: `${one}\n${two}` },
				}),
			});
			const { rawBody } = lastCreate(bench.simulator);
			expect(rawBody).toContain(`"element_list":[{"element_id":${one}},{"element_id":${two}}]`);
		},
	);

	it.each([
		['klingGlobal', { sound: 'on' }],
		['aceData', { generate_audio: true }],
	] as const)('sound and shots at %s', async (service, expected) => {
		const shot = [
			{ prompt: '<<<image_1>>> sits', duration: 4 },
			{ prompt: '<<<image_1>>> runs', duration: 4 },
		];
		const body = await bench.wire('omni-video', service, {
			...rows(PICTURE),
			duration: 8,
			options: { sound: true, multiShot: 'customize', shots: { shot } },
		});
		expect(body).toMatchObject({ ...expected, multi_shot: true, shot_type: 'customize' });
		expect(body.multi_prompt).toHaveLength(2);
		expect(body).not.toHaveProperty('prompt');
	});

	const cases: Refusal[] = [
		{
			why: 'no prompt',
			parameters: { ...rows(PICTURE), prompt: '={{ "" }}' },
			says: ['Prompt must not be empty'],
		},
		{
			why: 'eight pictures',
			parameters: mixed(many(8)),
			says: ['Images and Elements (or Element IDs) together may be at most 7, not 8'],
		},
		{
			why: 'five pictures beside a video',
			parameters: mixed({ ...many(5), videoUrl: CLIP }),
			says: [
				'Images and Elements (or Element IDs) together may be at most 4 when there is a reference video, not 5',
			],
		},
		{
			why: 'pictures and elements that are too many together',
			parameters: mixed({ ...many(6), options: { elementIds: '1,2' } }),
			says: ['Images and Elements (or Element IDs) together may be at most 7, not 8'],
		},
		{
			why: 'a last frame without a first',
			parameters: mixed(rows(lastFrameRow)),
			says: ['Images with a Last Frame need a First Frame too'],
		},
		{
			why: 'a first frame of a video that is edited',
			parameters: mixed({ ...rows(firstFrameRow), videoUrl: CLIP, videoUse: 'base' }),
			says: ['Images cannot be First Frame or Last Frame when a video is edited'],
		},
		{
			why: 'a last frame among three pictures of O1',
			parameters: mixed({ model: O1, ...rows(firstFrameRow, lastFrameRow, PICTURE) }),
			says: ['Images with a Last Frame can only be that and a First Frame with kling-video-o1'],
		},
		{
			why: 'four elements with a first frame',
			parameters: mixed({ ...rows(firstFrameRow), options: { elementIds: '1,2,3,4' } }),
			says: ['Elements (or Element IDs) may be at most 3 when there is a First Frame, not 4'],
		},
		{
			why: 'sound beside a video',
			parameters: mixed({ videoUrl: CLIP, options: { sound: true } }),
			says: ['Sound must be off when there is a reference video'],
		},
		{
			why: '4k with O1',
			parameters: mixed({ model: O1, quality: '4k' }),
			says: ['Quality must be Standard or Professional with kling-video-o1, not 4K'],
		},
		{
			why: 'seven seconds of O1 from words alone',
			parameters: mixed({ model: O1, duration: 7 }),
			says: [
				'Duration must be 5 or 10 s with kling-video-o1 when there are no reference images, not 7 s',
			],
		},
		{
			why: 'seven seconds of O1 from a first frame alone',
			parameters: mixed({ model: O1, duration: 7, ...rows(firstFrameRow) }),
			says: ['Duration must be 5 or 10 s with kling-video-o1 when there are no reference images'],
		},
		{
			why: 'eleven seconds of O1',
			parameters: mixed({ model: O1, duration: 11, ...rows(PICTURE) }),
			says: ['Duration must be 3 to 10 s with kling-video-o1, not 11 s'],
		},
		{
			why: 'shots with O1',
			parameters: mixed({ model: O1, options: { multiShot: 'intelligence' } }),
			says: [/Multi-Shot does not work with kling-video-o1\. Models that have it: kling-v3-omni/],
		},
		{
			why: 'a model for other things',
			parameters: mixed({ model: model('kling-v3') }),
			says: [
				'Model kling-v3 does not offer Video → Generate From Mixed References. With it use Video → Generate From Text or Video → Generate From Image. Models that do: kling-video-o1, kling-v3-omni',
			],
		},
		{
			why: 'a video that is no address',
			parameters: mixed({ videoUrl: 'dance.mp4' }),
			says: ['Reference Video URL must be a web address'],
		},
		{
			why: 'a role that does not exist',
			parameters: mixed(rows({ value: PICTURE, role: 'middle' })),
			says: [
				'Use As must be first_frame (First Frame), end_frame (Last Frame) or reference, not "middle"',
			],
		},
		{
			why: '4k with references at Ace Data Cloud',
			service: 'aceData',
			parameters: mixed({ quality: '4k', ...rows(PICTURE) }),
			says: [
				'Quality cannot be 4K together with a camera movement or references at Ace Data Cloud',
			],
		},
		{
			why: 'ten seconds of O1 at Ace Data Cloud',
			service: 'aceData',
			parameters: mixed({ model: O1, duration: 10, ...rows(PICTURE) }),
			says: ['Duration must be 5 s with kling-video-o1 at Ace Data Cloud'],
		},
		{
			why: 'sound of O1 at Ace Data Cloud',
			service: 'aceData',
			parameters: mixed({ model: O1, ...rows(PICTURE), options: { sound: true } }),
			says: ['Sound does not work with kling-video-o1 at Ace Data Cloud'],
		},
	];
	it.each(cases)('refused before anything is sent: $why', async (refusal) => {
		await bench.refused('omni-video', refusal);
	});
});

describe('multiple images', () => {
	const V1_6 = model('kling-v1-6');

	it.each([2, 7])('%i of them go to V3 Omni at official Kling, all cited', async (count) => {
		const { simulator } = bench;
		const { json } = await bench.succeed('multi-image2video', {
			parameters: { ...many(count), prompt: 'They meet' },
		});
		const [create] = simulator.ledger.requests;
		expect(create?.path).toBe('/v1/videos/omni-video');
		const numbers = Array.from({ length: count }, (_, index) => index + 1);
		expect(bodyOf(create?.rawBody ?? '')).toEqual({
			model_name: 'kling-v3-omni',
			image_list: numbers.map(() => ({ image_url: PICTURE })),
			prompt: ['They meet', ...numbers.map((number) => `<<<image_${number}>>>`)].join(' '),
			mode: 'std',
			duration: '5',
			aspect_ratio: '16:9',
			...addedTo('klingGlobal'),
		});
		expect(json).toMatchObject([
			{ kind: 'omni-video', model: 'kling-v3-omni', status: 'succeed', taskId: create?.taskId },
		]);
	});

	it.each(['klingGlobal', 'relay'] as const)('with everything %s takes', async (service) => {
		const body = await bench.wire('multi-image2video', service, {
			...many(7),
			prompt: 'They meet',
			quality: 'pro',
			duration: 15,
			aspectRatio: '9:16',
			options: { watermark: true, externalTaskId: 'm-1' },
		});
		expect(body).toMatchObject({
			mode: 'pro',
			duration: '15',
			aspect_ratio: '9:16',
			watermark_info: { enabled: true },
			external_task_id: 'm-1',
		});
		expect(body.image_list).toHaveLength(7);
	});

	it.each([
		['klingGlobal', '/v1/videos/multi-image2video'],
		['relay', '/kling/v1/videos/multi-image2video'],
	] as const)('go to their own path for V1.6 at %s, uncited', async (service, path) => {
		const body = await bench.wire('multi-image2video', service, {
			...many(4),
			prompt: 'They meet',
			model: V1_6,
			quality: 'pro',
			duration: 10,
			aspectRatio: '9:16',
			options: { negativePrompt: 'blur', watermark: true, externalTaskId: 'm-1' },
		});
		expect(lastCreate(bench.simulator).path).toBe(path);
		expect(body).toEqual({
			model_name: 'kling-v1-6',
			image_list: Array.from({ length: 4 }, () => ({ image: PICTURE })),
			prompt: 'They meet',
			negative_prompt: 'blur',
			mode: 'pro',
			duration: '10',
			aspect_ratio: '9:16',
			watermark_info: { enabled: true },
			external_task_id: 'm-1',
		});
	});

	it.each(['klingGlobal', 'aceData'] as const)(
		'are cited at %s, unless the prompt does it itself',
		async (service) => {
			const body = await bench.wire('multi-image2video', service, {
				...many(2),
				prompt: '<<<image_2>>> alone',
			});
			expect(body.prompt).toBe('<<<image_2>>> alone');
		},
	);

	it.each(['klingGlobal', 'aceData'] as const)(
		'leave room for their citations at %s',
		async (service) => {
			const room = 2500 - ' <<<image_1>>> <<<image_2>>>'.length;
			const body = await bench.wire('multi-image2video', service, {
				...many(2),
				prompt: 'x'.repeat(room),
			});
			expect(body.prompt).toHaveLength(2500);
			await bench.refused('multi-image2video', {
				service,
				parameters: { ...many(2), prompt: 'x'.repeat(room + 1) },
				says: [
					`Prompt must have at most ${room} characters with kling-v3-omni (the default model here), not ${room + 1}`,
					'<<<image_1>>>',
				],
			});
		},
	);

	const meet = { ...rows(PICTURE), prompt: 'They meet' };
	const cases: Refusal[] = [
		{
			why: 'no picture',
			parameters: { prompt: 'x' },
			says: ['Images must contain at least 1 image'],
		},
		{
			why: 'eight pictures',
			parameters: { ...many(8), prompt: 'x' },
			says: ['Images must contain at most 7 at Kling (global), not 8'],
		},
		{
			why: 'five pictures with V1.6',
			parameters: { ...many(5), prompt: 'x', model: V1_6 },
			says: ['Images may be at most 4 with kling-v1-6, not 5'],
		},
		...['kling-v3-omni', 'kling-video-o1'].map((name) => ({
			why: `a negative prompt with ${name}`,
			parameters: { ...meet, model: model(name), options: { negativePrompt: 'blur' } },
			says: [`Negative Prompt does not work with ${name}`],
		})),
		{
			why: 'no prompt',
			parameters: { ...rows(PICTURE), prompt: '={{ $json.missing }}' },
			says: ['Prompt must not be empty'],
		},
		{
			why: 'a blank prompt',
			parameters: { ...rows(PICTURE), prompt: ' \n' },
			says: ['Prompt must not be empty'],
		},
		{
			why: 'another model',
			parameters: { ...meet, model: model('kling-v3') },
			says: [
				/Model kling-v3 does not offer Video → Generate From Multiple Images\. .*Models that do: kling-video-o1, kling-v3-omni \|/,
			],
		},
		{
			why: '4k',
			parameters: { ...meet, quality: '={{ "4k" }}' },
			says: ['Quality must be std (Standard) or pro (Professional), not "4k"'],
		},
		{
			why: 'seven seconds with V1.6',
			parameters: { ...meet, model: V1_6, duration: 7 },
			says: ['Duration must be 5 or 10 s with kling-v1-6, not 7 s'],
		},
		{
			why: 'a model that takes no images at Ace Data Cloud',
			service: 'aceData',
			parameters: {
				...rows(PICTURE, OTHER_PICTURE),
				prompt: 'They meet',
				model: model('kling-v1-6'),
			},
			says: ['kling-v3-omni'],
		},
		{
			why: 'a negative prompt at Ace Data Cloud',
			service: 'aceData',
			parameters: { ...meet, options: { negativePrompt: 'blur' } },
			says: [
				'Ace Data Cloud does not offer Negative Prompt for Video → Generate From Multiple Images',
			],
		},
	];
	it.each(cases)('refused before anything is sent: $why', async (refusal) => {
		await bench.refused('multi-image2video', refusal);
	});
});
