/** What goes to Kling's newer API, in which words, and what is refused before. */
import type { INodeParameters } from 'n8n-workflow';

import { png } from '../../unit/simulator/rules';
import { model } from '../kling';
import { OUR_EXTERNAL_ID, words } from '../support';
import {
	bodyOf,
	CLIP,
	lastCreate,
	OTHER_PICTURE,
	PICTURE,
	rows,
	useBench,
	type Body,
	type OperationName,
	type Refusal,
} from './support';

const bench = useBench();

const HERO = '829836802793406551';
const HELPER = '831457288201461789';
const VOICE_ID = '829836802793406551';
const lastFrame = { imageTailSource: 'text', imageTail: OTHER_PICTURE };
const shot = (prompt: string, duration: number) => ({ prompt, duration });
const custom = (...shot: Array<{ prompt: string; duration: number }>) => ({
	multiShot: 'customize',
	shots: { shot },
});
const first = { value: PICTURE, role: 'first_frame' };
const last = { value: OTHER_PICTURE, role: 'end_frame' };
const prompt = (text: string) => ({ type: 'prompt', text });
const named = { external_task_id: expect.stringMatching(OUR_EXTERNAL_ID) as string };

/** A PNG that is read as one, with so many MB behind its head. */
function large(mb: number): string {
	const head = Buffer.from(png(400, 400), 'base64');
	return Buffer.concat([head, Buffer.alloc(mb * 1024 * 1024)]).toString('base64');
}

type Sent = [
	what: string,
	operation: OperationName,
	parameters: INodeParameters,
	path: string,
	body: Body,
];

const fromWords: Sent[] = [
	...['kling-v3-turbo', 'kling-3.0-turbo', 'Kling 3.0 Turbo'].map((name): Sent => [
		`words by ${name}`,
		'text2video',
		{ prompt: 'A fox', model: model(name), aspectRatio: '9:16', duration: 3, quality: 'pro' },
		'/text-to-video/kling-3.0-turbo',
		{ prompt: 'A fox', settings: { resolution: '1080p', aspect_ratio: '9:16', duration: 3 } },
	]),
	[
		'sound that Turbo has anyhow, and long words',
		'text2video',
		{ prompt: 'x'.repeat(3072), model: model('kling-v3-turbo'), options: { sound: true } },
		'/text-to-video/kling-3.0-turbo',
		{
			prompt: 'x'.repeat(3072),
			settings: { resolution: '720p', aspect_ratio: '16:9', duration: 5 },
		},
	],
	[
		'shots as words, of which a semicolon would end one',
		'text2video',
		{
			model: model('kling-v3-turbo'),
			options: custom(shot('A fox; it runs', 3), shot('An owl', 2)),
		},
		'/text-to-video/kling-3.0-turbo',
		{
			prompt: 'shot 1, 3, A fox, it runs; shot 2, 2, An owl;',
			settings: { resolution: '720p', aspect_ratio: '16:9', duration: 5 },
		},
	],
	[
		'3.0, whose shots are on unless said',
		'text2video',
		{ prompt: 'A fox', model: model('kling-3.0'), quality: '4k', options: { sound: true } },
		'/text-to-video/kling-3.0',
		{
			prompt: 'A fox',
			settings: {
				multi_shot: false,
				audio: 'native',
				resolution: '4k',
				aspect_ratio: '16:9',
				duration: 5,
			},
		},
	],
	[
		'3.0 that cuts by itself, in silence',
		'text2video',
		{
			prompt: 'A fox',
			model: model('kling-3.0'),
			options: { multiShot: 'intelligence', sound: false },
		},
		'/text-to-video/kling-3.0',
		{
			prompt: 'A fox',
			settings: {
				multi_shot: true,
				audio: 'off',
				resolution: '720p',
				aspect_ratio: '16:9',
				duration: 5,
			},
		},
	],
	[
		'2.6 with sound',
		'text2video',
		{ prompt: 'A fox', model: model('kling-2.6'), quality: 'pro', options: { sound: true } },
		'/text-to-video/kling-2.6',
		{
			prompt: 'A fox',
			settings: { audio: 'native', resolution: '1080p', aspect_ratio: '16:9', duration: 5 },
		},
	],
	[
		'2.5 Turbo',
		'text2video',
		{ prompt: 'A fox', model: model('kling-2.5-turbo'), duration: 10 },
		'/text-to-video/kling-2.5-turbo',
		{ prompt: 'A fox', settings: { resolution: '720p', aspect_ratio: '16:9', duration: 10 } },
	],
	[
		'4.0: longer, wider, and more words',
		'text2video',
		{ prompt: 'x'.repeat(26_000), model: model('kling-4.0'), duration: 30, aspectRatio: '21:9' },
		'/text-to-video/kling-4.0',
		{
			prompt: 'x'.repeat(26_000),
			settings: { resolution: '720p', aspect_ratio: '21:9', duration: 30 },
		},
	],
	[
		'4.0 Flash',
		'text2video',
		{ prompt: 'A fox', model: model('kling-4.0-flash'), duration: 20, aspectRatio: '3:4' },
		'/text-to-video/kling-4.0-flash',
		{ prompt: 'A fox', settings: { resolution: '720p', aspect_ratio: '3:4', duration: 20 } },
	],
];

const fromPictures: Sent[] = [
	[
		'a first frame by Turbo, without words',
		'image2video',
		{ image: PICTURE, model: model('kling-v3-turbo'), duration: 15 },
		'/image-to-video/kling-3.0-turbo',
		{
			contents: [{ type: 'first_frame', url: PICTURE }],
			settings: { resolution: '720p', duration: 15 },
		},
	],
	[
		'the sample: an element that the prompt cites',
		'image2video',
		{
			image: PICTURE,
			prompt: '<<<element_1>>> turns to the camera, <<<element_2>>>s dog waits',
			model: model('kling-3.0'),
			quality: 'pro',
			duration: 6,
			options: {
				elementIds: `${HERO}, ${HELPER}`,
				sound: true,
				externalTaskId: 'wf-17',
				callbackUrl: 'http://127.0.0.1:9/cb',
				watermark: true,
			},
		},
		'/image-to-video/kling-3.0',
		{
			contents: [
				prompt('@element_01 turns to the camera, @element_02 s dog waits'),
				{ type: 'first_frame', url: PICTURE },
				{ type: 'element', element_id: HERO, id: 'element_01' },
				{ type: 'element', element_id: HELPER, id: 'element_02' },
			],
			settings: { multi_shot: false, audio: 'native', resolution: '1080p', duration: 6 },
			options: {
				external_task_id: 'wf-17',
				callback_url: 'http://127.0.0.1:9/cb',
				watermark_info: { enabled: true },
			},
		},
	],
	[
		'both frames by 2.5 Turbo',
		'image2video',
		{
			image: PICTURE,
			...lastFrame,
			prompt: 'It turns',
			model: model('kling-2.5-turbo'),
			quality: 'pro',
		},
		'/image-to-video/kling-2.5-turbo',
		{
			contents: [
				prompt('It turns'),
				{ type: 'first_frame', url: PICTURE },
				{ type: 'last_frame', url: OTHER_PICTURE },
			],
			settings: { resolution: '1080p', duration: 5 },
		},
	],
	[
		'voices by 2.6',
		'image2video',
		{
			image: PICTURE,
			prompt: '<<<voice_1>>> says hello',
			model: model('kling-2.6'),
			quality: 'pro',
			options: { voiceIds: VOICE_ID, sound: true },
		},
		'/image-to-video/kling-2.6',
		{
			contents: [
				prompt('@voice_01 says hello'),
				{ type: 'first_frame', url: PICTURE },
				{ type: 'voice', voice_id: VOICE_ID, id: 'voice_01' },
			],
			settings: { audio: 'native', resolution: '1080p', duration: 5 },
		},
	],
	[
		'a motion by 3.0, with an element',
		'motion-control',
		{
			image: PICTURE,
			videoUrl: CLIP,
			characterOrientation: 'video',
			prompt: 'On a stage',
			model: model('kling-3.0'),
			quality: 'pro',
			options: { elementIds: HERO, keepOriginalSound: false },
		},
		'/motion-control/kling-3.0',
		{
			contents: [
				prompt('On a stage'),
				{ type: 'image', url: PICTURE },
				{ type: 'video', url: CLIP },
				{ type: 'element', element_id: HERO, id: 'element_01' },
			],
			settings: { character_orientation: 'video', audio: 'off', resolution: '1080p' },
		},
	],
	[
		'a motion by 2.6, with its sound',
		'motion-control',
		{
			image: PICTURE,
			videoUrl: CLIP,
			characterOrientation: 'image',
			model: model('kling-2.6'),
			options: { keepOriginalSound: true },
		},
		'/motion-control/kling-2.6',
		{
			contents: [
				{ type: 'image', url: PICTURE },
				{ type: 'video', url: CLIP },
			],
			settings: { character_orientation: 'image', audio: 'original', resolution: '720p' },
		},
	],
];

const fromReferences: Sent[] = [
	[
		'references and a video to follow, all cited',
		'omni-video',
		{
			...rows(PICTURE, OTHER_PICTURE),
			videoUrl: CLIP,
			prompt: '<<<image_2>>> and <<<image_1>>> dance as in <<<video_1>>>, mail me@example.com',
			model: model('kling-3.0-omni'),
			duration: 7,
		},
		'/omni-video/kling-3.0-omni',
		{
			contents: [
				prompt('@image_02 and @image_01 dance as in @video_01, mail me@example.com'),
				{ type: 'refer_image', url: PICTURE, id: 'image_01' },
				{ type: 'refer_image', url: OTHER_PICTURE, id: 'image_02' },
				{ type: 'feature_video', url: CLIP, id: 'video_01' },
			],
			settings: { multi_shot: false, resolution: '720p', aspect_ratio: '16:9', duration: 7 },
		},
	],
	[
		'a video to edit, as long as it is, with its sound',
		'omni-video',
		{
			videoUrl: CLIP,
			videoUse: 'base',
			prompt: 'At night',
			model: model('kling-3.0-omni'),
			duration: 7,
			options: { keepOriginalSound: true },
		},
		'/omni-video/kling-3.0-omni',
		{
			contents: [prompt('At night'), { type: 'base_video', url: CLIP, id: 'video_01' }],
			settings: { multi_shot: false, audio: 'original', resolution: '720p' },
		},
	],
	[
		'frames and an element by O1',
		'omni-video',
		{
			...rows(first),
			prompt: '<<<element_1>>> walks in',
			model: model('kling-o1'),
			duration: 10,
			options: { elementIds: HERO },
		},
		'/omni-video/kling-o1',
		{
			contents: [
				prompt('@element_01 walks in'),
				{ type: 'first_frame', url: PICTURE, id: 'image_01' },
				{ type: 'element', element_id: HERO, id: 'element_01' },
			],
			settings: { resolution: '720p', duration: 10 },
		},
	],
	[
		'both frames and shots that cite them',
		'omni-video',
		{
			...rows(first, last),
			model: model('kling-3.0-omni'),
			duration: 4,
			options: custom(shot('From <<<image_1>>>', 1), shot('to <<<image_2>>>', 3)),
		},
		'/omni-video/kling-3.0-omni',
		{
			contents: [
				prompt('shot 1, 1, From @image_01; shot 2, 3, to @image_02;'),
				{ type: 'first_frame', url: PICTURE, id: 'image_01' },
				{ type: 'last_frame', url: OTHER_PICTURE, id: 'image_02' },
			],
			settings: { multi_shot: true, resolution: '720p', duration: 4 },
		},
	],
	[
		'ids that the words of the prompt do not take for theirs',
		'omni-video',
		{
			...rows(PICTURE),
			prompt: '<<<image_1>>> beside @image_01b and @im',
			model: model('kling-4.0'),
			aspectRatio: '4:3',
		},
		'/omni-video/kling-4.0',
		{
			contents: [
				prompt('@aimage_01 beside @image_01b and @im'),
				{ type: 'refer_image', url: PICTURE, id: 'aimage_01' },
			],
			settings: { resolution: '720p', aspect_ratio: '4:3', duration: 5 },
		},
	],
	[
		'a Chinese prompt, whose letters would belong to the id',
		'omni-video',
		{ ...rows(PICTURE), prompt: '让<<<image_1>>>在跑', model: model('kling-3.0-omni') },
		'/omni-video/kling-3.0-omni',
		{
			contents: [prompt('让@image_01 在跑'), { type: 'refer_image', url: PICTURE, id: 'image_01' }],
			settings: { multi_shot: false, resolution: '720p', aspect_ratio: '16:9', duration: 5 },
		},
	],
	[
		'several images by the name of an omni model',
		'multi-image2video',
		{ ...rows(PICTURE, OTHER_PICTURE), prompt: 'They meet', model: model('kling-3.0-omni') },
		'/omni-video/kling-3.0-omni',
		{
			contents: [
				prompt('They meet @image_01 @image_02'),
				{ type: 'refer_image', url: PICTURE, id: 'image_01' },
				{ type: 'refer_image', url: OTHER_PICTURE, id: 'image_02' },
			],
			settings: { multi_shot: false, resolution: '720p', aspect_ratio: '16:9', duration: 5 },
		},
	],
];

describe('the newer API is sent', () => {
	it.each([...fromWords, ...fromPictures, ...fromReferences])(
		'%s',
		async (_what, operation, parameters, path, body) => {
			const result = await bench.succeed(operation, { parameters });
			const create = lastCreate(bench.simulator);
			expect(create.path).toBe(path);
			expect(bodyOf(create.rawBody)).toEqual({ options: named, ...body });
			expect(create.headers.authorization).toMatch(/^Bearer api-key /);
			expect(result.json).toMatchObject([
				{
					taskId: create.taskId,
					kind: operation === 'multi-image2video' ? 'omni-video' : operation,
					status: 'succeed',
					unitsDeducted: expect.any(Number) as number,
				},
			]);
			expect(await result.binary()).toEqual(bench.simulator.videoBytes(create.taskId ?? ''));
		},
	);

	it('additional fields in the groups they belong to, whichever API they were written for', async () => {
		await bench.succeed('text2video', {
			parameters: {
				prompt: 'A fox',
				model: model('kling-v3-turbo'),
				waitMode: 'none',
				options: {
					additionalFields: JSON.stringify({
						settings: { seed: 7 },
						external_task_id: 'mine',
						options: { priority: 1 },
						style: 'film',
					}),
				},
			},
		});
		expect(bodyOf(lastCreate(bench.simulator).rawBody)).toEqual({
			prompt: 'A fox',
			settings: { resolution: '720p', aspect_ratio: '16:9', duration: 5, seed: 7 },
			options: { external_task_id: 'mine', priority: 1 },
			style: 'film',
		});
	});
});

describe('pictures of more than 10 MB', () => {
	const picture = large(11);

	it.each([
		[
			'a first frame by the default model',
			'image2video',
			{ image: picture, prompt: 'It turns' },
			'/image-to-video/kling-2.5-turbo',
		],
		[
			'a reference',
			'omni-video',
			{ ...rows(picture), prompt: '<<<image_1>>> turns' },
			'/omni-video/kling-3.0-omni',
		],
		[
			'a character',
			'motion-control',
			{ image: picture, videoUrl: CLIP, characterOrientation: 'image' },
			'/motion-control/kling-2.6',
		],
	] as Array<[string, OperationName, INodeParameters, string]>)(
		'are taken as %s',
		async (_what, operation, parameters, path) => {
			await bench.succeed(operation, { parameters });
			expect(lastCreate(bench.simulator).path).toBe(path);
		},
	);

	it.each([
		['with a pair of keys', 'klingGlobal', { authentication: 'accessKey', apiKey: '' }],
		['by a relay', 'relay', undefined],
	] as const)('are refused %s', async (_how, service, credential) => {
		await bench.refused(
			'image2video',
			{
				service,
				parameters: { image: picture, prompt: 'x' },
				says: ['First Frame must have at most 10 MB, but has 11.1 MB', 'up to 50 MB', 'API key'],
			},
			{ credential },
		);
	});

	it.each([
		['a model that only the legacy API has', { model: model('kling-v2-1') }, 'at most 10 MB'],
		[
			'what only the legacy API takes',
			{ options: { negativePrompt: 'blur' } },
			'Negative Prompt does not work with kling-v2-5-turbo (the default model here) and an image of more than 10 MB | Make the image smaller than that, or give its web address',
		],
		[
			'what the model never has',
			{ options: { sound: true } },
			'Sound does not work with kling-v2-5-turbo (the default model here) and an image of more than 10 MB. Models that have it: kling-v3-turbo, ',
		],
		[
			'a name with a comma',
			{ options: { externalTaskId: 'a,b' } },
			'External Task ID must have no comma with kling-v2-5-turbo and an image of more than 10 MB',
		],
	] as Array<[string, INodeParameters, string]>)(
		'are refused with %s',
		async (_what, more, says) => {
			const parameters = { image: picture, prompt: 'x', ...more };
			await bench.refused('image2video', { parameters, says: [says] });
		},
	);

	it('are refused with the sound of a video to follow', async () => {
		await bench.refused('omni-video', {
			parameters: {
				...rows(picture),
				videoUrl: CLIP,
				prompt: 'x',
				options: { keepOriginalSound: true },
			},
			says: [
				'Keep Original Sound works only when the reference video is edited (Edit It) with kling-v3-omni and an image of more than 10 MB',
			],
		});
	});

	it('are refused above 50 MB, and above 10 MB where no API takes more', async () => {
		await bench.refused('image2video', {
			parameters: { image: large(50) },
			says: ['First Frame must have at most 50 MB, but has 50.1 MB'],
		});
		await bench.refused('avatar', {
			parameters: { image: picture, soundSource: 'url', sound: CLIP },
			says: ['must have at most 10 MB, but has 11.1 MB'],
		});
	});
});

const TURBO = { prompt: 'x', model: model('kling-v3-turbo') };
const REFUSED: Array<Refusal & { operation: OperationName }> = [
	...(
		[
			['Negative Prompt', { negativePrompt: 'blur' }],
			['CFG Scale', { cfgScale: 0.5 }],
		] as Array<[string, INodeParameters]>
	).flatMap(([name, options]) =>
		['kling-v3-turbo', 'kling-3.0', 'kling-4.0', 'kling-5.0'].map((id) => ({
			why: `${name} with ${id}`,
			operation: 'text2video' as const,
			parameters: { prompt: 'x', model: model(id), options },
			says: [`${name} does not work with ${id}. Models that have it: kling-v3, `],
		})),
	),
	{
		why: 'a camera movement',
		operation: 'text2video',
		parameters: {
			prompt: 'x',
			model: model('kling-3.0'),
			options: { cameraMovement: { movement: { type: 'down_back' } } },
		},
		says: ['Camera Movement does not work with kling-3.0. Models that have it: kling-v3'],
	},
	{
		why: 'a mask',
		operation: 'image2video',
		parameters: {
			image: PICTURE,
			model: model('kling-5.0'),
			options: { staticMask: PICTURE },
		},
		says: ['Static Mask and Motion Brush do not work with kling-5.0'],
	},
	{
		why: 'voices of 3.0',
		operation: 'image2video',
		parameters: {
			image: PICTURE,
			prompt: '<<<voice_1>>>',
			model: model('kling-3.0'),
			options: { sound: true, voiceIds: VOICE_ID },
		},
		says: [
			'Voices (or Voice IDs) do not work with kling-3.0. Models that have it: kling-v3, kling-v2-6',
		],
	},
	{
		why: 'voices and words alone',
		operation: 'text2video',
		parameters: {
			prompt: '<<<voice_1>>>',
			model: model('kling-2.6'),
			quality: 'pro',
			options: { sound: true, voiceIds: VOICE_ID },
		},
		says: [
			'Voices (or Voice IDs) do not work with Video → Generate From Text and kling-2.6. Use kling-v2-6',
		],
	},
	{
		why: 'a last frame of Turbo',
		operation: 'image2video',
		parameters: { image: PICTURE, ...lastFrame, model: model('kling-v3-turbo') },
		says: ['Last Frame does not work with kling-v3-turbo. Models that have it: kling-v3, '],
	},
	{
		why: 'a last frame alone',
		operation: 'image2video',
		parameters: { imageSource: 'none', ...lastFrame, model: model('kling-4.0') },
		says: ['Last Frame needs a First Frame with kling-4.0'],
	},
	{
		why: '4K of Turbo',
		operation: 'text2video',
		parameters: { ...TURBO, quality: '4k' },
		says: ['Quality must be Standard or Professional with kling-v3-turbo, not 4K'],
	},
	{
		why: 'silence of Turbo',
		operation: 'text2video',
		parameters: { ...TURBO, options: { sound: false } },
		says: ['Sound cannot be off with kling-v3-turbo'],
	},
	{
		why: '16 s of Turbo',
		operation: 'text2video',
		parameters: { ...TURBO, duration: 16 },
		says: ['Duration must be 3 to 15 s with kling-v3-turbo, not 16 s'],
	},
	{
		why: '31 s of 4.0',
		operation: 'text2video',
		parameters: { prompt: 'x', model: model('kling-4.0'), duration: 31 },
		says: ['Duration must be 3 to 30 s with kling-4.0, not 31 s'],
	},
	{
		why: 'Professional of 4.0 Flash',
		operation: 'text2video',
		parameters: { prompt: 'x', model: model('kling-4.0-flash'), quality: 'pro' },
		says: ['Quality must be Standard with kling-4.0-flash, not Professional'],
	},
	{
		why: 'too many words for Turbo',
		operation: 'text2video',
		parameters: { ...TURBO, prompt: 'x'.repeat(3073) },
		says: ['Prompt must have at most 3072 characters with kling-v3-turbo, not 3073'],
	},
	{
		why: 'too many words in all shots',
		operation: 'text2video',
		parameters: {
			model: model('kling-v3-turbo'),
			duration: 6,
			options: custom(...Array.from({ length: 6 }, () => shot('x'.repeat(512), 1))),
		},
		says: [/Shots must have at most 3072 characters together, not 31\d\d/],
	},
	{
		why: 'a wide video of 3.0',
		operation: 'text2video',
		parameters: { prompt: 'x', model: model('kling-3.0'), aspectRatio: '21:9' },
		says: ['Aspect Ratio must be 16:9, 9:16 or 1:1, not "21:9"'],
	},
	{
		why: 'a wide video of the legacy API',
		operation: 'text2video',
		parameters: { prompt: 'x', aspectRatio: '21:9' },
		says: ['Aspect Ratio must be 16:9, 9:16 or 1:1, not "21:9"'],
	},
	{
		why: 'Turbo that is to cut by itself',
		operation: 'text2video',
		parameters: { ...TURBO, options: { multiShot: 'intelligence' } },
		says: ['Multi-Shot must be Custom with kling-v3-turbo, not Intelligent'],
	},
	{
		why: 'shots of 4.0, of which nothing is known',
		operation: 'text2video',
		parameters: { prompt: 'x', model: model('kling-4.0'), options: { multiShot: 'intelligence' } },
		says: ['Multi-Shot does not work with kling-4.0. Models that have it: kling-v3'],
	},
	{
		why: 'a citation of what is not there',
		operation: 'omni-video',
		parameters: { ...rows(PICTURE), prompt: '<<<image_2>>>', model: model('kling-3.0-omni') },
		says: ['Prompt cites <<<image_2>>>, but there are 1 of these'],
	},
	{
		why: 'the sound of a video to follow',
		operation: 'omni-video',
		parameters: {
			videoUrl: CLIP,
			prompt: 'x',
			model: model('kling-3.0-omni'),
			options: { keepOriginalSound: true },
		},
		says: ['Keep Original Sound works only when the reference video is edited'],
	},
	{
		why: 'the sound of a video to edit by 4.0, which has sound anyhow',
		operation: 'omni-video',
		parameters: {
			videoUrl: CLIP,
			videoUse: 'base',
			prompt: 'x',
			model: model('kling-4.0'),
			options: { keepOriginalSound: false },
		},
		says: ['Keep Original Sound cannot be chosen with kling-4.0'],
	},
	{
		why: '7 s of a first frame by O1',
		operation: 'omni-video',
		parameters: { ...rows(first), prompt: 'x', model: model('kling-o1'), duration: 7 },
		says: ['Duration must be 5 or 10 s with kling-o1'],
	},
	{
		why: 'references of Turbo',
		operation: 'omni-video',
		parameters: { ...rows(PICTURE), prompt: 'x', model: model('kling-3.0-turbo') },
		says: [
			'Model kling-3.0-turbo does not offer Video → Generate From Mixed References. With it use Video → Generate From Text or Video → Generate From Image',
		],
	},
	{
		why: 'a motion by 4.0',
		operation: 'motion-control',
		parameters: {
			image: PICTURE,
			videoUrl: CLIP,
			characterOrientation: 'image',
			model: model('kling-4.0'),
		},
		says: ['Model kling-4.0 does not offer Video → Transfer Motion'],
	},
	{
		why: 'a name with a comma, which the question for it would take for two',
		operation: 'text2video',
		parameters: { ...TURBO, options: { externalTaskId: 'a,b' } },
		says: ['External Task ID must have no comma with kling-v3-turbo, not "a,b"'],
	},
	{
		why: 'a name among the additional fields, by which nobody would find the task',
		operation: 'text2video',
		parameters: {
			...TURBO,
			options: { additionalFields: '{"options":{"external_task_id":"a"}}' },
		},
		says: [
			'Additional Fields (JSON) cannot have external_task_id in options; use External Task ID',
		],
	},
	{
		why: 'options that would take the place of the name',
		operation: 'text2video',
		parameters: { ...TURBO, options: { additionalFields: '{"options":1}' } },
		says: ['Additional Fields (JSON) must have an object as options'],
	},
];

describe('refused before anything is sent', () => {
	it.each(REFUSED)('$why', async ({ operation, ...refusal }) => {
		await bench.refused(operation, refusal);
	});

	it.each([
		['kling-v3-turbo', 'kling-v3'],
		['kling-3.0-turbo', 'kling-v3'],
		['kling-2.6', 'kling-v2-6'],
		['kling-4.0', 'kling-v3'],
	])('%s with a pair of keys', async (name, other) => {
		await bench.refused(
			'text2video',
			{
				parameters: { prompt: 'x', model: model(name) },
				says: [
					`Model ${name} needs an API key at Kling (global): its API takes no access key and secret key`,
					`Choose Authentication = API Key in the credential, or a model such as ${other}`,
				],
			},
			{ credential: { authentication: 'accessKey', apiKey: '' } },
		);
	});
});

it('several images by 4.0 with a pair of keys are refused', async () => {
	await bench.refused(
		'multi-image2video',
		{
			parameters: { ...rows(PICTURE, OTHER_PICTURE), prompt: 'x', model: model('kling-4.0') },
			says: ['Model kling-4.0 needs an API key at Kling (global)', 'such as kling-video-o1'],
		},
		{ credential: { authentication: 'accessKey', apiKey: '' } },
	);
});

describe('the legacy API is told its own name of a model', () => {
	it.each([
		['image-generation', 'kling-3.0', 'kling-v3', {}],
		['omni-image', 'kling-3.0-omni', 'kling-v3-omni', {}],
		['image-generation', 'kling-3.0', 'kling-v3', { authentication: 'accessKey', apiKey: '' }],
	] as const)('%s by %s', async (operation, typed, sent, credential) => {
		const parameters = { prompt: 'x', model: model(typed) };
		const body = await bench.wire(operation, 'klingGlobal', parameters, { credential });
		expect(body.model_name).toBe(sent);
	});
});

describe('what the service alone can know', () => {
	it('a model of tomorrow is sent as it is called, and refused without a charge', async () => {
		const result = await bench.run('text2video', {
			parameters: { prompt: 'x', model: model('kling-5.0-ultra'), duration: 60, quality: '4k' },
		});
		expect(result.status).toBe('error');
		expect(result.error?.description).toContain("The model 'kling-5.0-ultra' does not exist");
		const [create, ...more] = bench.simulator.ledger.requests;
		expect(more).toEqual([]);
		expect(create?.path).toBe('/text-to-video/kling-5.0-ultra');
		expect(bodyOf(create?.rawBody ?? '').settings).toEqual({
			multi_shot: false,
			resolution: '4k',
			aspect_ratio: '16:9',
			duration: 60,
		});
	});

	it('a model of tomorrow makes a video of several images where the known ones do', async () => {
		const result = await bench.run('multi-image2video', {
			parameters: { ...rows(PICTURE, OTHER_PICTURE), prompt: 'x', model: model('kling-5.0') },
		});
		expect(words(result)).toContain("The model 'kling-5.0' does not exist");
		expect(bench.simulator.ledger.requests.map(({ path }) => path)).toEqual([
			'/omni-video/kling-5.0',
		]);
	});

	it('a relay is told the name as ever', async () => {
		const result = await bench.run('text2video', {
			service: 'relay',
			parameters: { prompt: 'x', model: model('kling-3.0-turbo') },
		});
		expect(result.status).toBe('error');
		expect(bench.simulator.ledger.requests[0]).toMatchObject({
			path: '/kling/v1/videos/text2video',
			body: { model_name: 'kling-3.0-turbo' },
		});
	});

	it.each([
		['V3', 'kling-v3', 'text2video'],
		['V2.6', 'kling-v2-6', 'text2video'],
	] as const)('%s stays at the legacy API', async (_title, name, operation) => {
		await bench.wire(operation, 'klingGlobal', { prompt: 'x', model: model(name) });
		expect(lastCreate(bench.simulator).path).toBe(`/v1/videos/${operation}`);
	});
});
