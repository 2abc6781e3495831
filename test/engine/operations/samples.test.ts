/** The sample requests that the services print on their pages: what a person enters to send each of them. */
import type { INodeParameters } from 'n8n-workflow';

import type { ServiceName } from '../../simulator';
import { model } from '../kling';
import { addedTo } from '../support';
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
} from './support';

const bench = useBench();

const MUG =
	'White ceramic coffee mug on glossy marble countertop with morning window light. Camera slowly rotates 360 degrees around the mug, pausing briefly at the handle.';
const HOOK = 'http://127.0.0.1:9/hook';

interface Sample {
	what: string;
	service: ServiceName;
	operation: OperationName;
	parameters: INodeParameters;
	path: string;
	body: Body;
	/** Fields that the page leaves out and this package always sends. */
	always?: Body;
}

const aceData: Sample[] = [
	{
		what: 'the mug from words, with the camera',
		service: 'aceData',
		operation: 'text2video',
		parameters: {
			prompt: MUG,
			model: model('kling-v1'),
			options: {
				cfgScale: 0.5,
				negativePrompt: 'blur',
				callbackUrl: HOOK,
				cameraMovement: { movement: { type: 'simple', axis: 'horizontal', amount: 10 } },
			},
		},
		path: '/kling/videos',
		body: {
			action: 'text2video',
			mode: 'std',
			model: 'kling-v1',
			prompt: MUG,
			duration: 5,
			cfg_scale: 0.5,
			aspect_ratio: '16:9',
			callback_url: HOOK,
			camera_control: { type: 'simple', config: { horizontal: 1 } },
			negative_prompt: 'blur',
		},
		always: { async: true },
	},
	{
		what: 'the mug between two pictures',
		service: 'aceData',
		operation: 'image2video',
		parameters: {
			image: PICTURE,
			imageTailSource: 'text',
			imageTail: OTHER_PICTURE,
			prompt: MUG,
			quality: 'pro',
			options: { aspectRatio: '16:9', callbackUrl: HOOK },
		},
		path: '/kling/videos',
		body: {
			action: 'image2video',
			mode: 'pro',
			model: 'kling-v2-5-turbo',
			prompt: MUG,
			duration: 5,
			aspect_ratio: '16:9',
			callback_url: HOOK,
			start_image_url: PICTURE,
			end_image_url: OTHER_PICTURE,
		},
		always: { async: true },
	},
	{
		what: 'the mug with a reference video',
		service: 'aceData',
		operation: 'omni-video',
		parameters: {
			prompt: MUG,
			model: model('kling-video-o1'),
			videoUrl: CLIP,
			options: {
				keepOriginalSound: true,
				// An older page shows a number; the service's own programs send a text.
				elementIds: '829836802793406551',
			},
		},
		path: '/kling/videos',
		body: {
			action: 'text2video',
			mode: 'std',
			model: 'kling-o1',
			prompt: MUG,
			duration: 5,
			aspect_ratio: '16:9',
			video_list: [{ video_url: CLIP, refer_type: 'feature', keep_original_sound: 'yes' }],
		},
		always: { async: true },
	},
	{
		what: 'a motion',
		service: 'aceData',
		operation: 'motion-control',
		parameters: {
			image: PICTURE,
			videoUrl: CLIP,
			characterOrientation: 'image',
			prompt: MUG,
			options: { keepOriginalSound: true, callbackUrl: HOOK },
		},
		path: '/kling/motion',
		body: {
			mode: 'std',
			image_url: PICTURE,
			video_url: CLIP,
			character_orientation: 'image',
			keep_original_sound: 'yes',
			prompt: MUG,
			callback_url: HOOK,
		},
		always: { async: true, model_name: 'kling-v2-6' },
	},
];

const relay: Sample[] = [
	{
		what: 'a day at the beach',
		service: 'relay',
		operation: 'text2video',
		parameters: {
			prompt: '在海滩上度假的快乐场景。',
			model: model('kling-v2-5-turbo'),
			quality: 'pro',
		},
		path: '/kling/v1/videos/text2video',
		body: {
			model_name: 'kling-v2-5-turbo',
			prompt: '在海滩上度假的快乐场景。',
			duration: '5',
			mode: 'pro',
		},
		always: { aspect_ratio: '16:9' },
	},
	{
		what: 'two pictures that flow',
		service: 'relay',
		operation: 'multi-image2video',
		parameters: {
			...rows(PICTURE, PICTURE),
			prompt: 'flow',
			aspectRatio: '1:1',
			model: model('kling-v1-6'),
		},
		path: '/kling/v1/videos/multi-image2video',
		body: {
			model_name: 'kling-v1-6',
			image_list: [{ image: PICTURE }, { image: PICTURE }],
			prompt: 'flow',
			aspect_ratio: '1:1',
			mode: 'std',
			duration: '5',
		},
	},
];

const openaiHk: Sample[] = [
	{
		what: 'a rabbit',
		service: 'openaiHk',
		operation: 'image-generation',
		parameters: { prompt: '漫画兔子吃草', aspectRatio: '4:3', options: { imageFidelity: 0.5 } },
		path: '/kling/v1/images/generations',
		body: { prompt: '漫画兔子吃草', image_fidelity: 0.5, n: 1, aspect_ratio: '4:3' },
	},
	{
		what: 'a spaceship in one line',
		service: 'openaiHk',
		operation: 'text2video',
		parameters: { prompt: '太空飞船在航行' },
		path: '/kling/v1/videos/text2video',
		body: { prompt: '太空飞船在航行' },
		always: { model_name: 'kling-v1', mode: 'std', aspect_ratio: '16:9', duration: '5' },
	},
	{
		what: 'a spaceship with all fields',
		service: 'openaiHk',
		operation: 'text2video',
		parameters: {
			prompt: '太空飞船在航行',
			aspectRatio: '1:1',
			options: {
				cfgScale: 0,
				cameraMovement: { movement: { type: 'simple', axis: 'horizontal', amount: 1 } },
				callbackUrl: HOOK,
			},
		},
		path: '/kling/v1/videos/text2video',
		body: {
			model_name: 'kling-v1',
			prompt: '太空飞船在航行',
			cfg_scale: 0,
			mode: 'std',
			aspect_ratio: '1:1',
			duration: '5',
			camera_control: { type: 'simple', config: { horizontal: 1 } },
			notify_hook: HOOK,
		},
	},
	{
		what: 'a picture in one line',
		service: 'openaiHk',
		operation: 'image2video',
		parameters: { image: PICTURE, model: model('kling-v1') },
		path: '/kling/v1/videos/image2video',
		body: { image: PICTURE },
		always: { model_name: 'kling-v1', mode: 'std', duration: '5' },
	},
	{
		what: 'a picture with all fields',
		service: 'openaiHk',
		operation: 'image2video',
		parameters: {
			image: PICTURE,
			imageTailSource: 'text',
			imageTail: OTHER_PICTURE,
			prompt: 'On and on',
			model: model('kling-v1-5'),
			quality: 'pro',
			options: { negativePrompt: 'blur', cfgScale: 0, aspectRatio: '1:1', callbackUrl: HOOK },
		},
		path: '/kling/v1/videos/image2video',
		body: {
			image: PICTURE,
			image_tail: OTHER_PICTURE,
			prompt: 'On and on',
			negative_prompt: 'blur',
			cfg_scale: 0,
			mode: 'pro',
			aspect_ratio: '1:1',
			duration: '5',
			notify_hook: HOOK,
		},
		always: { model_name: 'kling-v1-5' },
	},
];

it.each([...aceData, ...relay, ...openaiHk])(
	'$service: $what',
	async ({ service, operation, parameters, path, body, always }) => {
		await bench.succeed(operation, { service, parameters: { ...parameters, waitMode: 'none' } });
		const create = lastCreate(bench.simulator);
		expect(create.path).toBe(path);
		const { element_list: elements, ...sent } = bodyOf(create.rawBody);
		expect(sent).toEqual({ ...body, ...always, ...addedTo(service) });
		if (elements !== undefined) {
			const id = service === 'aceData' ? '"829836802793406551"' : '829836802793406551';
			expect(create.rawBody).toContain(`"element_list":[{"element_id":${id}}]`);
		}
	},
);

it('Ace Data Cloud extends by the id of the video', async () => {
	const made = await bench.succeed('text2video', {
		service: 'aceData',
		parameters: { prompt: MUG, model: model('kling-v1') },
	});
	const videoId = String(made.json[0]?.videoId);
	const body = await bench.wire('video-extend', 'aceData', {
		videoId,
		prompt: MUG,
		options: { aceModel: 'kling-v1' },
	});
	expect(body).toEqual({
		action: 'extend',
		model: 'kling-v1',
		video_id: videoId,
		prompt: MUG,
		async: true,
	});
});

it.each(['text2video', 'image2video', 'image-generation'] as const)(
	'OpenAI-HK is asked for a %s task at its two-part path',
	async (kind) => {
		const made = await bench.succeed(kind, {
			service: 'openaiHk',
			parameters: {
				...(kind === 'image2video' ? { image: PICTURE } : { prompt: 'x' }),
				waitMode: 'none',
			},
		});
		const taskId = String(made.json[0]?.taskId);
		await bench.succeed('get', { service: 'openaiHk', parameters: { taskId, taskKind: kind } });
		expect(bench.simulator.ledger.requests.at(-1)).toMatchObject({
			method: 'GET',
			path: `/kling/v1/${kind === 'image-generation' ? 'images/generations' : `videos/${kind}`}/${taskId}`,
			rawBody: '',
		});
	},
);
