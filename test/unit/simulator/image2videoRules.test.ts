import { runCases, camera, i2v, LINK, png, jpeg } from './rules';

runCases([
	['no image', 'videos/image2video', { model_name: 'kling-v2-6' }, /can not both be empty/],
	['a link', 'videos/image2video', i2v, 'ok'],
	[
		'a data: prefix',
		'videos/image2video',
		{ ...i2v, image: `data:image/png;base64,${png(300, 300)}` },
		/not in a valid base64 format/,
	],
	['base64 of a PNG', 'videos/image2video', { ...i2v, image: png(300, 750) }, 'ok'],
	['base64 of a JPEG', 'videos/image2video', { ...i2v, image: jpeg(400, 300) }, 'ok'],
	[
		'base64 of text',
		'videos/image2video',
		{ ...i2v, image: Buffer.from('hello').toString('base64') },
		/format is not supported/,
	],
	['a small image', 'videos/image2video', { ...i2v, image: png(299, 600) }, /299x600/],
	['a wide image', 'videos/image2video', { ...i2v, image: jpeg(1000, 399) }, /ratio/],
	[
		'image_tail in std',
		'videos/image2video',
		{ ...i2v, model_name: 'kling-v2-5-turbo', image_tail: LINK },
		/\(kling-v2-5-turbo\/std\/5\) is not supported with image_tail/,
	],
	['image_tail in pro', 'videos/image2video', { ...i2v, image_tail: LINK, mode: 'pro' }, 'ok'],
	[
		'image_tail with sound',
		'videos/image2video',
		{ ...i2v, image_tail: LINK, mode: 'pro', sound: 'on' },
		/sound/,
	],
	[
		'image_tail on v2-master',
		'videos/image2video',
		{ ...i2v, model_name: 'kling-v2-master', image_tail: LINK },
		/Image tail is not supported/,
	],
	[
		'camera on v1-5',
		'videos/image2video',
		{ model_name: 'kling-v1-5', image: LINK, mode: 'pro', ...camera({ zoom: -10 }) },
		'ok',
	],
	[
		'camera presets on v1-5',
		'videos/image2video',
		{ model_name: 'kling-v1-5', image: LINK, mode: 'pro', camera_control: { type: 'down_back' } },
		/only supports simple/,
	],
	[
		'two camera axes',
		'videos/image2video',
		{ model_name: 'kling-v1-5', image: LINK, mode: 'pro', ...camera({ zoom: 1, pan: 1 }) },
		/exactly one/,
	],
	[
		'a camera beyond its range',
		'videos/image2video',
		{ model_name: 'kling-v1-5', image: LINK, mode: 'pro', ...camera({ zoom: 11 }) },
		/between -10 and 10/,
	],
	[
		'camera and end frame',
		'videos/image2video',
		{
			model_name: 'kling-v1-5',
			image: LINK,
			image_tail: LINK,
			mode: 'pro',
			...camera({ zoom: 1 }),
		},
		/used together/,
	],
	[
		'masks',
		'videos/image2video',
		{
			model_name: 'kling-v1-5',
			image: LINK,
			mode: 'pro',
			dynamic_masks: [
				{
					mask: LINK,
					trajectories: [
						{ x: 1, y: 1 },
						{ x: 2, y: 2 },
					],
				},
			],
		},
		'ok',
	],
	[
		'masks with one point',
		'videos/image2video',
		{
			model_name: 'kling-v1-5',
			image: LINK,
			mode: 'pro',
			dynamic_masks: [{ mask: LINK, trajectories: [{ x: 1, y: 1 }] }],
		},
		/at least 2/,
	],
	[
		'masks on v2-6',
		'videos/image2video',
		{ ...i2v, static_mask: LINK },
		/Motion brush is not supported/,
	],
	[
		'a camera whose type is not said',
		'videos/image2video',
		{ model_name: 'kling-v1-5', mode: 'pro', image: LINK, camera_control: { config: { zoom: 5 } } },
		/camera_control.type is required/,
	],
]);
