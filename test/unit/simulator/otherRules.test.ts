import { runCases, omni, motion, images, LINK, type Case } from './rules';

const rain = { prompt: 'Rain', duration: 5.5 };
const ofVideo = { video_url: 'https://example.com/a.mp4' };
const [sound, added] = ['audio/text-to-audio', 'audio/video-to-audio'];

const AUDIO: Case[] = [
	['a sound', sound, rain, 'ok'],
	['a sound without prompt', sound, { ...rain, prompt: '' }, /prompt is required/],
	['a sound with a long prompt', sound, { ...rain, prompt: 'x'.repeat(201) }, /length of 200/],
	['a sound without duration', sound, { prompt: 'x' }, /duration is required/],
	['a sound with a text as duration', sound, { ...rain, duration: '5.5' }, /number expected/],
	['a sound of 2.9 s', sound, { ...rain, duration: 2.9 }, /between 3 and 10/],
	['a sound of 10.1 s', sound, { ...rain, duration: 10.1 }, /between 3 and 10/],
	['a sound of 5.55 s', sound, { ...rain, duration: 5.55 }, /duration value '5.55'/],
	['the sound of a video', added, { ...ofVideo, asmr_mode: true, bgm_prompt: '' }, 'ok'],
	['the sound of a video, the other field empty', added, { ...ofVideo, video_id: '' }, 'ok'],
	['the sound of nothing', added, { bgm_prompt: 'x' }, /One of video_id and video_url/],
	['the sound of two videos', added, { ...ofVideo, video_id: 'v' }, /One of video_id and/],
	['the sound of a video nobody made', added, { video_id: 'v' }, /Video not found/],
	['the sound of a file', added, { video_url: 'AAAA' }, /video_url value/],
	['a switch as a text', added, { ...ofVideo, asmr_mode: 'true' }, /boolean expected/],
	...['sound_effect_prompt', 'bgm_prompt'].map((name): Case => [
		`the sound of a video with a long ${name}`,
		added,
		{ ...ofVideo, [name]: 'x'.repeat(201) },
		/length of 200/,
	]),
];

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
	...AUDIO,
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
