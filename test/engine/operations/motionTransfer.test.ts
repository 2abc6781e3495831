/** Video → Transfer Motion: parameters on the wire, and refusals. */
import type { INodeParameters } from 'n8n-workflow';

import { png } from '../../pictures';
import { KNOWN_ELEMENT_IDS } from '../../simulator';
import { model } from '../kling';
import { addedTo } from '../support';
import { CLIP, lastCreate, PICTURE, useBench, type Refusal } from './support';

const bench = useBench();

const dance = (more: INodeParameters = {}): INodeParameters => ({
	image: PICTURE,
	videoUrl: CLIP,
	...more,
});
const v3 = { model: model('kling-v3') };
const [element = ''] = KNOWN_ELEMENT_IDS;

it.each([
	['klingGlobal', 'no'],
	['relay', 'no'],
	['aceData', 'no'],
] as const)('drops the sound at %s', async (service, expected) => {
	const body = await bench.wire(
		'motion-control',
		service,
		dance({ options: { keepOriginalSound: false } }),
	);
	expect(body.keep_original_sound).toBe(expected);
});

it.each(['klingGlobal', 'relay', 'aceData'] as const)('keeps the sound at %s', async (service) => {
	const body = await bench.wire(
		'motion-control',
		service,
		dance({ options: { keepOriginalSound: true } }),
	);
	expect(body.keep_original_sound).toBe('yes');
});

it('says nothing of what was left open, and knows neither length nor shape', async () => {
	const body = await bench.wire('motion-control', 'klingGlobal', dance());
	expect(body).toEqual({
		model_name: 'kling-v2-6',
		image_url: PICTURE,
		video_url: CLIP,
		character_orientation: 'video',
		mode: 'std',
		...addedTo('klingGlobal'),
	});
});

it.each(['klingGlobal', 'klingChina', 'relay'] as const)(
	'takes one element with V3 at %s',
	async (service) => {
		await bench.succeed('motion-control', {
			service,
			parameters: dance({
				...v3,
				quality: 'pro',
				waitMode: 'none',
				options: { elementIds: element },
			}),
		});
		expect(lastCreate(bench.simulator).rawBody).toContain(
			`"element_list":[{"element_id":${element}}]`,
		);
	},
);

it.each([
	[
		'klingGlobal',
		{ external_task_id: 'm-1', watermark_info: { enabled: true } },
		{ externalTaskId: 'm-1' },
	],
	['aceData', { watermark_info: { enabled: true } }, {}],
] as const)('takes the common fields at %s', async (service, expected, options) => {
	const body = await bench.wire(
		'motion-control',
		service,
		dance({ options: { watermark: true, callbackUrl: 'http://127.0.0.1:9/hook', ...options } }),
	);
	expect(body).toMatchObject({ ...expected, callback_url: 'http://127.0.0.1:9/hook' });
});

it('takes the picture of the item as data', async () => {
	const picture = png(512, 512);
	const body = await bench.wire(
		'motion-control',
		'klingGlobal',
		dance({ image: picture.toString('base64') }),
	);
	expect(body.image_url).toBe(picture.toString('base64'));
});

const cases: Refusal[] = [
	{
		why: 'no picture',
		parameters: { image: '={{ "" }}', videoUrl: CLIP },
		says: ['Character Image must not be empty'],
	},
	{
		why: 'no video',
		parameters: dance({ videoUrl: '={{ $json.missing }}' }),
		says: ['Motion Video URL must not be empty'],
	},
	{
		why: 'a video that is no address',
		parameters: dance({ videoUrl: '/home/me/dance.mp4' }),
		says: ['Motion Video URL must be a web address that begins with https:// or http://'],
	},
	{
		why: 'an orientation that does not exist',
		parameters: dance({ characterOrientation: '={{ "left" }}' }),
		says: [
			'Character Orientation must be image (Same as Image) or video (Same as Video), not "left"',
		],
	},
	{
		why: '4k',
		parameters: dance({ ...v3, quality: '={{ "4k" }}' }),
		says: ['Quality must be std (Standard) or pro (Professional), not "4k"'],
	},
	{
		why: 'an element when the orientation follows the picture',
		parameters: dance({
			...v3,
			characterOrientation: '={{ "image" }}',
			options: { elementIds: element },
		}),
		says: ['Character Orientation must be Same as Video when Elements (or Element IDs) are given'],
	},
	{
		why: 'two elements',
		parameters: dance({ ...v3, options: { elementIds: '1,2' } }),
		says: ['Elements (or Element IDs) must be at most 1'],
	},
	{
		why: 'an element with V2.6',
		parameters: dance({ options: { elementIds: element } }),
		says: [
			/Elements \(or Element IDs\) do not work with kling-v2-6 \(the default model here\)\. Models that have it: kling-v3/,
		],
	},
	{
		why: 'a model that cannot',
		parameters: dance({ model: model('kling-v2-5-turbo') }),
		says: [
			'Model kling-v2-5-turbo does not offer Video → Transfer Motion. Models that do: kling-v3, kling-v2-6',
		],
	},
	{
		why: 'a long prompt',
		parameters: dance({ prompt: 'x'.repeat(2501) }),
		says: ['Prompt must have at most 2500 characters'],
	},
	{
		why: 'an element at Ace Data Cloud',
		service: 'aceData',
		parameters: dance({ ...v3, options: { elementIds: element } }),
		says: ['Ace Data Cloud does not offer Elements (or Element IDs) for Video → Transfer Motion'],
	},
	{
		why: 'an external task ID at Ace Data Cloud',
		service: 'aceData',
		parameters: dance({ options: { externalTaskId: 'm-1' } }),
		says: ['Ace Data Cloud does not offer External Task ID for Video → Transfer Motion'],
	},
];

it.each(cases)('refuses before anything is sent: $why', async (refusal) => {
	await bench.refused('motion-control', refusal);
});
