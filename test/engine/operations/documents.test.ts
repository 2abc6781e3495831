/**
 * What newer documents of the services allow is sent, and what all of them refuse is refused before it is paid. Each row
 * names its source; docs/sources.md has their addresses and what was decided where they disagree.
 */
import type { INodeParameters } from 'n8n-workflow';

import type { Kind } from '../../../nodes/shared/core/kinds';
import type { ServiceName } from '../../simulator';
import { model } from '../kling';
import {
	CLIP,
	firstFrameRow,
	lastFrame,
	lastFrameRow,
	many,
	OTHER_PICTURE,
	PICTURE,
	rows,
	useBench,
	type Body,
} from './support';

const bench = useBench();

const onlyLastFrame = { imageSource: 'none', ...lastFrame, quality: 'pro' };
const both = { image: PICTURE, prompt: 'It turns', ...lastFrame };
const ELEMENT = '829836802793406551';
const camera = { cameraMovement: { movement: { type: 'down_back' } } };

type Sent = [
	source: string,
	operation: Kind,
	service: ServiceName,
	parameters: INodeParameters,
	body: Body,
];

const SENT: Sent[] = [
	...(['klingGlobal', 'relay'] as const).flatMap((service) =>
		['feature', 'base'].map((use): Sent => [
			`Kling, change log of 2026-06-17: 4K beside a reference video (${use})`,
			'omni-video',
			service,
			{ prompt: 'x', quality: '4k', videoUrl: CLIP, videoUse: use },
			{ mode: '4k', video_list: [expect.objectContaining({ refer_type: use })] },
		]),
	),
	...['std', 'pro'].map((quality): Sent => [
		'Ace Data Cloud, matrix: O1 takes a last frame in all modes',
		'image2video',
		'aceData',
		{ ...both, model: model('kling-video-o1'), quality },
		{ model: 'kling-o1', mode: quality, end_image_url: OTHER_PICTURE },
	]),
	...['kling-v1-6', 'kling-v2-5-turbo', 'kling-v2-6'].map((name): Sent => [
		'Ace Data Cloud, matrix: only V1 is bound to 5 s with a last frame',
		'image2video',
		'aceData',
		{ ...both, model: model(name), quality: 'pro', duration: 10 },
		{ model: name, duration: 10, end_image_url: OTHER_PICTURE },
	]),
	[
		'Ace Data Cloud, SDK: V3 Omni without references takes a negative prompt',
		'text2video',
		'aceData',
		{ prompt: 'x', model: model('kling-v3-omni'), options: { negativePrompt: 'blur' } },
		{ model: 'kling-v3-omni', negative_prompt: 'blur' },
	],
	[
		'Ace Data Cloud, matrix: V1 takes a camera in both modes at 5 s',
		'text2video',
		'aceData',
		{ prompt: 'x', model: model('kling-v1'), quality: 'pro', options: camera },
		{ mode: 'pro', camera_control: { type: 'down_back' } },
	],
	[
		'Ace Data Cloud, guide: up to 7 reference images',
		'multi-image2video',
		'aceData',
		{ ...many(7), prompt: 'They meet' },
		{ image_list: Array.from({ length: 7 }, () => ({ image_url: PICTURE })) },
	],
	[
		'Kling, page of image to video: a voice need not be cited',
		'image2video',
		'klingGlobal',
		{
			image: PICTURE,
			prompt: 'x',
			model: model('kling-v2-6'),
			quality: 'pro',
			options: { sound: true, voiceIds: 'a' },
		},
		{ voice_list: [{ voice_id: 'a' }] },
	],
	[
		'Vercel AI SDK of August 2026, against Kling’s map: V3 has voices',
		'text2video',
		'klingGlobal',
		{ prompt: 'x', model: model('kling-v3'), options: { sound: true, voiceIds: 'a' } },
		{ voice_list: [{ voice_id: 'a' }] },
	],
	...['kling-v1-5', 'kling-v1-6'].map((name): Sent => [
		'Kling, map of March 2026: V1.5 and V1.6 take a last frame alone',
		'image2video',
		'klingGlobal',
		{ ...onlyLastFrame, model: model(name) },
		{ image_tail: OTHER_PICTURE },
	]),
	[
		'Kling, page of O1: a first frame beside another picture may last 3 s',
		'omni-video',
		'klingGlobal',
		{ prompt: 'x', duration: 3, model: model('kling-video-o1'), ...rows(firstFrameRow, PICTURE) },
		{ duration: '3' },
	],
	[
		'Ace Data Cloud, guide: V3 Turbo from text',
		'text2video',
		'aceData',
		{ prompt: 'x', model: model('kling-v3-turbo'), duration: 3, options: { sound: true } },
		{ model: 'kling-v3-turbo', duration: 3, generate_audio: true },
	],
	[
		'Ace Data Cloud, guide: V3 Turbo from a first frame',
		'image2video',
		'aceData',
		{ image: PICTURE, prompt: 'x', model: model('kling-v3-turbo'), quality: 'pro', duration: 15 },
		{ model: 'kling-v3-turbo', mode: 'pro', start_image_url: PICTURE },
	],
	[
		'Ace Data Cloud, guide: shots of one’s own do not use the prompt',
		'image2video',
		'aceData',
		{
			image: PICTURE,
			model: model('kling-v3'),
			options: { multiShot: 'customize', shots: { shot: [{ prompt: 'x', duration: 5 }] } },
		},
		{ shot_type: 'customize' },
	],
];

describe('sent, because a document allows it', () => {
	it.each(SENT)('%s: %s at %s', async (_source, operation, service, parameters, body) => {
		expect(await bench.wire(operation, service, parameters)).toMatchObject(body);
	});

	it.each(['klingGlobal', 'relay'] as const)(
		'ComfyUI: V2 Master ignores a mode, and is sent none, at %s',
		async (service) => {
			const body = await bench.wire('text2video', service, {
				prompt: 'x',
				model: model('kling-v2-master'),
				quality: 'pro',
			});
			expect(body).not.toHaveProperty('mode');
		},
	);

	it('Kling, change log of 2026-06-17: several shots beside a video whose style is taken', async () => {
		const body = await bench.wire('omni-video', 'klingGlobal', {
			prompt: 'x',
			videoUrl: CLIP,
			options: { multiShot: 'intelligence' },
		});
		expect(body).toMatchObject({ multi_shot: true, shot_type: 'intelligence' });
	});
});

type Refused = [
	source: string,
	operation: Kind,
	service: ServiceName,
	parameters: INodeParameters,
	says: string,
];

const O1_SOUND: Refused[] = (['klingGlobal', 'relay', 'aceData'] as const).map((service) => [
	'Kling, map of 2026-05-19: O1 has no sound',
	'omni-video',
	service,
	{ prompt: 'x', model: model('kling-video-o1'), options: { sound: true } },
	'Sound does not work with kling-video-o1',
]);

/** The name that Ace Data Cloud's documents tell people to type. */
const ACE_O1 = ['kling-o1', 'kling-video-o1'].flatMap((name): Refused[] => {
	const wish = { prompt: 'x', model: model(name) };
	return [
		[
			'Ace Data Cloud, guide: O1 makes 5 s',
			'text2video',
			'aceData',
			{ ...wish, duration: 10 },
			`Duration must be 5 s with ${name} at Ace Data Cloud, not 10 s`,
		],
		[
			'Ace Data Cloud, guide: O1 has no sound',
			'text2video',
			'aceData',
			{ ...wish, options: { sound: true } },
			`Sound does not work with ${name} at Ace Data Cloud. Models that have it: kling-v3-turbo, kling-v3, kling-v3-omni, kling-v2-6`,
		],
		[
			'Ace Data Cloud, SDK: O1 takes no CFG scale',
			'text2video',
			'aceData',
			{ ...wish, options: { cfgScale: 0.5 } },
			`CFG Scale does not work with ${name} at Ace Data Cloud`,
		],
		[
			'Ace Data Cloud, SDK: O1 takes no negative prompt',
			'text2video',
			'aceData',
			{ ...wish, options: { negativePrompt: 'blur' } },
			`Negative Prompt does not work with ${name} at Ace Data Cloud`,
		],
		[
			'Ace Data Cloud, SDK: O1 makes no 4K',
			'text2video',
			'aceData',
			{ ...wish, quality: '4k' },
			`Quality must be Standard or Professional with ${name} at Ace Data Cloud, not 4K`,
		],
		[
			'Kling, page of O1: both frames and nothing else',
			'omni-video',
			'aceData',
			{ ...wish, ...rows(firstFrameRow, lastFrameRow, PICTURE) },
			`Images with a Last Frame can only be that and a First Frame with ${name}`,
		],
	];
});

const TURBO = { prompt: 'x', model: model('kling-v3-turbo') };
const ACE_TURBO = (
	[
		['no end frame', 'image2video', { ...both, model: TURBO.model }, 'Last Frame does not work'],
		[
			'sound cannot be off',
			'text2video',
			{ ...TURBO, options: { sound: false } },
			'Sound cannot be off',
		],
		[
			'no negative prompt',
			'text2video',
			{ ...TURBO, options: { negativePrompt: 'x' } },
			'Negative Prompt does not work',
		],
		[
			'no CFG scale',
			'text2video',
			{ ...TURBO, options: { cfgScale: 1 } },
			'CFG Scale does not work',
		],
		['no camera', 'text2video', { ...TURBO, options: camera }, 'Camera Movement does not work'],
		[
			'no shots',
			'text2video',
			{ ...TURBO, options: { multiShot: 'intelligence' } },
			'Multi-Shot does not work',
		],
		[
			'no 4K',
			'text2video',
			{ ...TURBO, quality: '4k' },
			'Quality must be Standard or Professional',
		],
		['3 to 15 s', 'text2video', { ...TURBO, duration: '={{ 16 }}' }, 'Duration must be 3 to 15 s'],
		[
			'no references',
			'omni-video',
			TURBO,
			'Model kling-v3-turbo does not offer Video → Generate From Mixed References',
		],
	] as const
).map(([what, operation, parameters, says]): Refused => [
	`Ace Data Cloud, guide of V3 Turbo: ${what}`,
	operation,
	'aceData',
	parameters,
	operation === 'omni-video' ? says : `${says} with kling-v3-turbo`,
]);

const omniO1 = { prompt: 'x', model: model('kling-video-o1') };
const REFUSED: Refused[] = [
	...O1_SOUND,
	...ACE_O1,
	...ACE_TURBO,
	...['kling-v2-5-turbo', 'kling-v3', 'kling-v3-omni'].map((name): Refused => [
		'Ace Data Cloud, SDK: image to video wants a prompt',
		'image2video',
		'aceData',
		{ image: PICTURE, model: model(name) },
		'Prompt must be given at Ace Data Cloud',
	]),
	...['kling-v2-5-turbo', 'kling-v2-6', 'kling-v3'].map((name): Refused => [
		'Kling, map of 2026-05-19: no current model takes a last frame alone',
		'image2video',
		'klingGlobal',
		{ ...onlyLastFrame, model: model(name) },
		`Last Frame needs a First Frame with ${name}`,
	]),
	[
		'Kling, page of V3 Omni: a video that is edited has one shot',
		'omni-video',
		'klingGlobal',
		{ prompt: 'x', videoUrl: CLIP, videoUse: 'base', options: { multiShot: 'intelligence' } },
		'Multi-Shot does not work when a video is edited',
	],
	[
		'Kling, page of O1: no elements beside both frames',
		'omni-video',
		'klingGlobal',
		{ ...omniO1, ...rows(firstFrameRow, lastFrameRow), options: { elementIds: ELEMENT } },
		'Images with a Last Frame can only be that and a First Frame with kling-video-o1',
	],
	[
		'Kling, page of O1: no last frame beside a video',
		'omni-video',
		'klingGlobal',
		{ ...omniO1, ...rows(firstFrameRow, lastFrameRow), videoUrl: CLIP },
		'Images cannot have a Last Frame beside a reference video with kling-video-o1',
	],
	[
		'Kling, page of O1: a first frame without other pictures lasts 5 or 10 s',
		'omni-video',
		'klingGlobal',
		{ ...omniO1, duration: 3, ...rows(firstFrameRow), options: { elementIds: ELEMENT } },
		'Duration must be 5 or 10 s with kling-video-o1 when there are no reference images, not 3 s',
	],
	[
		'Kling, page of images: V2.1 alone takes an image fidelity',
		'image-generation',
		'klingGlobal',
		{
			prompt: 'x',
			model: model('kling-v3'),
			imageSource: 'text',
			image: PICTURE,
			options: { imageFidelity: 0.5 },
		},
		'Image Fidelity does not work with kling-v3. Models that have it: kling-v2-1',
	],
	[
		'Kling, map of images of 2026-05-19: V3 takes no subject or face',
		'image-generation',
		'klingGlobal',
		{
			prompt: 'x',
			model: model('kling-v3'),
			imageSource: 'text',
			image: PICTURE,
			options: { imageReference: 'face' },
		},
		'Image Reference does not work with kling-v3. Models that have it: kling-v2-1',
	],
	...[
		[firstFrameRow, firstFrameRow],
		[firstFrameRow, lastFrameRow, lastFrameRow],
	].map((frames): Refused => [
		'Ace Data Cloud, SDK: one first frame and one last frame',
		'omni-video',
		'aceData',
		{ prompt: 'x', ...rows(...frames) },
		'Images may have one First Frame and one Last Frame, not several',
	]),
	[
		'Kling, page of motion control: elements follow the video',
		'motion-control',
		'klingGlobal',
		{
			image: PICTURE,
			videoUrl: CLIP,
			model: model('kling-v3'),
			characterOrientation: '={{ "image" }}',
			options: { elementIds: ELEMENT },
		},
		'Character Orientation must be Same as Video when Elements (or Element IDs) are given',
	],
	[
		'Kling, legacy page: 4 images',
		'multi-image2video',
		'klingGlobal',
		{ ...many(5), prompt: 'x', model: model('kling-v1-6') },
		'Images may be at most 4 with kling-v1-6, not 5',
	],
];

describe('refused before it is paid, because all documents do', () => {
	it.each(REFUSED)('%s: %s at %s', async (_source, operation, service, parameters, says) => {
		await bench.refused(operation, { service, parameters, says: [says] });
	});
});
