/** What is refused before it would go to Kling's newer API. */
import type { INodeParameters } from 'n8n-workflow';

import { model } from '../kling';
import { custom, shot, VOICE_ID } from './newStandard';
import {
	CLIP,
	firstFrameRow,
	lastFrame,
	PICTURE,
	rows,
	useBench,
	type OperationName,
	type Refusal,
} from './support';

const bench = useBench();

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
		parameters: { ...rows(firstFrameRow), prompt: 'x', model: model('kling-o1'), duration: 7 },
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
});
