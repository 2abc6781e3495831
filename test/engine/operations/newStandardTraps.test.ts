/** What goes together at Kling's newer API, by the names that models have there: each is refused before anything is sent. */
import type { INodeParameters } from 'n8n-workflow';

import { model } from '../kling';
import {
	CLIP,
	OTHER_PICTURE,
	PICTURE,
	rows,
	useBench,
	type OperationName,
	type Refusal,
} from './support';

const bench = useBench();

const ID = '829836802793406551';
const OTHER_ID = '831457288201461789';
const first = { value: PICTURE, role: 'first_frame' };
const last = { value: OTHER_PICTURE, role: 'end_frame' };
const by = (name: string, more: INodeParameters): INodeParameters => ({
	prompt: 'x',
	model: model(name),
	...more,
});
const bothFrames = { image: PICTURE, imageTailSource: 'text', imageTail: OTHER_PICTURE };
const edited = { videoUrl: CLIP, videoUse: 'base' };
const motion = { image: PICTURE, videoUrl: CLIP, characterOrientation: 'video' };

const CASES: Array<Refusal & { operation: OperationName }> = [
	...['kling-2.5-turbo', 'kling-2.6'].map((name) => ({
		why: `both frames of ${name} in 720p`,
		operation: 'image2video' as const,
		parameters: by(name, bothFrames),
		says: [`Last Frame needs Quality = Professional with ${name}`],
	})),
	...['kling-2.5-turbo', 'kling-2.6', 'kling-3.0', 'kling-4.0', 'kling-4.0-flash'].map((name) => ({
		why: `a last frame of ${name} without a first`,
		operation: 'image2video' as const,
		parameters: by(name, { ...bothFrames, imageSource: 'none', quality: 'std' }),
		says: [/^Last Frame needs (a First Frame|Quality = Professional) with kling-/],
	})),
	{
		why: 'a last frame of 2.6 without a first in 1080p',
		operation: 'image2video',
		parameters: by('kling-2.6', { ...bothFrames, imageSource: 'none', quality: 'pro' }),
		says: ['Last Frame needs a First Frame with kling-2.6'],
	},
	{
		why: 'both frames of 2.6 with sound',
		operation: 'image2video',
		parameters: by('kling-2.6', { ...bothFrames, quality: 'pro', options: { sound: true } }),
		says: ['Last Frame works with kling-2.6 only when Sound is off'],
	},
	...(['text2video', 'image2video'] as const).map((operation) => ({
		why: `sound of 2.6 in 720p, ${operation}`,
		operation,
		parameters: by('kling-2.6', { image: PICTURE, options: { sound: true } }),
		says: ['Sound needs Quality = Professional with kling-2.6'],
	})),
	{
		why: 'voices of 2.6 in silence',
		operation: 'image2video',
		parameters: by('kling-2.6', { image: PICTURE, quality: 'pro', options: { voiceIds: ID } }),
		says: ['Voices (or Voice IDs) work only when Sound is on'],
	},
	{
		why: 'three voices of 2.6',
		operation: 'image2video',
		parameters: by('kling-2.6', {
			image: PICTURE,
			quality: 'pro',
			options: { sound: true, voiceIds: `${ID},${OTHER_ID},835540017283948667` },
		}),
		says: ['Voices (or Voice IDs) must be at most 2, not 3'],
	},
	{
		why: 'four elements of 3.0',
		operation: 'image2video',
		parameters: by('kling-3.0', {
			image: PICTURE,
			options: { elementIds: `${ID},${OTHER_ID},1,2` },
		}),
		says: ['Elements (or Element IDs) must be at most 3, not 4'],
	},
	...['kling-3.0-omni', 'kling-o1', 'kling-4.0'].map((name) => ({
		why: `a last frame among references of ${name} without a first`,
		operation: 'omni-video' as const,
		parameters: by(name, rows(last, PICTURE)),
		says: ['Images with a Last Frame need a First Frame too'],
	})),
	{
		why: 'both frames and a reference of O1',
		operation: 'omni-video',
		parameters: by('kling-o1', rows(first, last, PICTURE)),
		says: ['Images with a Last Frame can only be that and a First Frame with kling-o1'],
	},
	{
		why: 'both frames and an element of O1',
		operation: 'omni-video',
		parameters: by('kling-o1', { ...rows(first, last), options: { elementIds: ID } }),
		says: ['with a Last Frame can only be that and a First Frame with kling-o1, without Element'],
	},
	{
		why: 'both frames and a video of O1',
		operation: 'omni-video',
		parameters: by('kling-o1', { ...rows(first, last), videoUrl: CLIP }),
		says: ['Images cannot have a Last Frame beside a reference video with kling-o1'],
	},
	{
		why: 'seven seconds of O1 from words alone',
		operation: 'omni-video',
		parameters: by('kling-o1', { duration: 7 }),
		says: ['Duration must be 5 or 10 s with kling-o1'],
	},
	{
		why: 'eleven seconds of O1',
		operation: 'omni-video',
		parameters: by('kling-o1', { ...rows(PICTURE), duration: 11 }),
		says: ['Duration must be 3 to 10 s with kling-o1, not 11 s'],
	},
	{
		why: 'sound of O1',
		operation: 'omni-video',
		parameters: by('kling-o1', { ...rows(PICTURE), options: { sound: true } }),
		says: ['Sound does not work with kling-o1'],
	},
	{
		why: 'several shots of O1',
		operation: 'omni-video',
		parameters: by('kling-o1', { ...rows(PICTURE), options: { multiShot: 'intelligence' } }),
		says: ['Multi-Shot does not work with kling-o1'],
	},
	{
		why: 'a frame of a video that is edited',
		operation: 'omni-video',
		parameters: by('kling-3.0-omni', { ...rows(first), ...edited }),
		says: ['Images cannot be First Frame or Last Frame when a video is edited'],
	},
	{
		why: 'several shots of a video that is edited',
		operation: 'omni-video',
		parameters: by('kling-3.0-omni', { ...edited, options: { multiShot: 'intelligence' } }),
		says: ['Multi-Shot does not work when a video is edited'],
	},
	{
		why: 'sound of a video that is edited',
		operation: 'omni-video',
		parameters: by('kling-3.0-omni', { ...edited, options: { sound: true } }),
		says: ['Sound must be off when there is a reference video'],
	},
	{
		why: 'an element of 3.0 that follows the image',
		operation: 'motion-control',
		parameters: by('kling-3.0', {
			...motion,
			characterOrientation: 'image',
			options: { elementIds: ID },
		}),
		says: ['Character Orientation must be Same as Video when Elements (or Element IDs) are given'],
	},
	{
		why: 'two elements of 3.0',
		operation: 'motion-control',
		parameters: by('kling-3.0', { ...motion, options: { elementIds: `${ID},${OTHER_ID}` } }),
		says: ['Elements (or Element IDs) must be at most 1, not 2'],
	},
	{
		why: 'an element of 2.6',
		operation: 'motion-control',
		parameters: by('kling-2.6', { ...motion, options: { elementIds: ID } }),
		says: ['Elements (or Element IDs) do not work with kling-2.6. Models that have it: kling-v3'],
	},
];

describe('refused before anything is sent', () => {
	it.each(CASES)('$why', async ({ operation, ...refusal }) => {
		await bench.refused(operation, refusal);
	});
});
