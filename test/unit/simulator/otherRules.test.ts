import { runCases, omni, motion, images, LINK } from './rules';

runCases([
	[
		'several images',
		'videos/multi-image2video',
		{ model_name: 'kling-v1-6', prompt: 'x', image_list: [{ image: LINK }, { image: LINK }] },
		'ok',
	],
	[
		'no images',
		'videos/multi-image2video',
		{ model_name: 'kling-v1-6', prompt: 'x', image_list: [] },
		/image_list must not be empty/,
	],
	[
		'five images',
		'videos/multi-image2video',
		{ model_name: 'kling-v1-6', prompt: 'x', image_list: Array(5).fill({ image: LINK }) },
		/exceed 4/,
	],
	[
		'images as image_url',
		'videos/multi-image2video',
		{ model_name: 'kling-v1-6', prompt: 'x', image_list: [{ image_url: LINK }] },
		/image is required/,
	],
	['a motion', 'videos/motion-control', motion, 'ok'],
	[
		'a motion without mode',
		'videos/motion-control',
		{ ...motion, mode: undefined },
		/mode is required/,
	],
	[
		'a motion without video',
		'videos/motion-control',
		{ ...motion, video_url: 'AAAA' },
		/video_url value/,
	],
	['omni', 'videos/omni-video', omni, 'ok'],
	[
		'omni without ratio',
		'videos/omni-video',
		{ ...omni, aspect_ratio: undefined },
		/aspect_ratio is required/,
	],
	[
		'omni from a first frame',
		'videos/omni-video',
		{ ...omni, aspect_ratio: undefined, image_list: [{ image_url: LINK, type: 'first_frame' }] },
		'ok',
	],
	[
		'omni with an end frame only',
		'videos/omni-video',
		{ ...omni, image_list: [{ image_url: LINK, type: 'end_frame' }] },
		/requires first_frame/,
	],
	[
		'omni with sound and video',
		'videos/omni-video',
		{ ...omni, sound: 'on', video_list: [{ video_url: LINK }] },
		/sound must be off/,
	],
	[
		'omni with five references and a video',
		'videos/omni-video',
		{
			...omni,
			image_list: Array(5).fill({ image_url: LINK }),
			video_list: [{ video_url: LINK, refer_type: 'feature' }],
		},
		/exceed 4/,
	],
	[
		'omni o1 with 7 s from text',
		'videos/omni-video',
		{ ...omni, model_name: 'kling-video-o1', duration: '7' },
		/duration value '7'/,
	],
	[
		'omni o1 with 7 s from images',
		'videos/omni-video',
		{ ...omni, model_name: 'kling-video-o1', duration: '7', image_list: [{ image_url: LINK }] },
		'ok',
	],
	['an image', 'images/generations', images, 'ok'],
	['an image with too many copies', 'images/generations', { ...images, n: 10 }, /between 1 and 9/],
	['an image with a text as n', 'images/generations', { ...images, n: '2' }, /number expected/],
	[
		'an image with negative prompt and image',
		'images/generations',
		{ ...images, image: LINK, negative_prompt: 'no' },
		/negative_prompt is not supported/,
	],
	[
		'an image reference it needs',
		'images/generations',
		{ ...images, model_name: 'kling-v2-1', image: LINK },
		/image_reference is required/,
	],
	[
		'an image reference it does not know',
		'images/generations',
		{ ...images, image: LINK, image_reference: 'face' },
		/image_reference is not supported by the current model/,
	],
]);
