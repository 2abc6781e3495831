/** What goes to Kling's newer API, in which words: videos from words and pictures. */
import { model } from '../kling';
import { custom, ELEMENT_ID, itSends, prompt, shot, VOICE_ID, type Sent } from './newStandard';
import { CLIP, lastFrame, OTHER_PICTURE, PICTURE, useBench } from './support';

const bench = useBench();

const OTHER_ELEMENT_ID = '831457288201461789';

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
				elementIds: `${ELEMENT_ID}, ${OTHER_ELEMENT_ID}`,
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
				{ type: 'element', element_id: ELEMENT_ID, id: 'element_01' },
				{ type: 'element', element_id: OTHER_ELEMENT_ID, id: 'element_02' },
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
			options: { elementIds: ELEMENT_ID, keepOriginalSound: false },
		},
		'/motion-control/kling-3.0',
		{
			contents: [
				prompt('On a stage'),
				{ type: 'image', url: PICTURE },
				{ type: 'video', url: CLIP },
				{ type: 'element', element_id: ELEMENT_ID, id: 'element_01' },
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

describe('the newer API is sent', () => {
	itSends(bench, [...fromWords, ...fromPictures]);
});
