/** What the paths of the new standard take and refuse. */
import { KNOWN_ELEMENT_IDS } from '../../simulator/validate/models';
import { LINK, png, runCases, type Case } from './rules';

const CLIP = 'https://example.com/a.mp4';
const T2V = '/text-to-video/kling-3.0';
const I2V = '/image-to-video/kling-3.0';
const OMNI = '/omni-video/kling-3.0-omni';
const O1 = '/omni-video/kling-o1';
const MOTION = '/motion-control/kling-3.0';
const TURBO = '/text-to-video/kling-3.0-turbo';

const text = { type: 'prompt', text: 'It turns' };
const image = (type: string, id?: string) => ({ type, url: LINK, ...(id ? { id } : {}) });
const video = (type: string) => ({ type, url: CLIP });
const element = (id: unknown, index = 0) => ({
	type: 'element',
	element_id: KNOWN_ELEMENT_IDS[index],
	id,
});
const voice = (id?: string) => ({ type: 'voice', voice_id: 'genshin_vindi2', id });
const wide = { aspect_ratio: '16:9' };
const contents = (...parts: unknown[]) => ({ contents: parts });
const first = image('first_frame');
const frames = contents(first, image('last_frame'));
const refs = (count: number) => Array.from({ length: count }, () => image('refer_image'));
const padded = (mb: number) =>
	Buffer.concat([Buffer.from(png(400, 400), 'base64'), Buffer.alloc(mb * 1024 * 1024)]).toString(
		'base64',
	);

const settings: Case[] = [
	['words alone', T2V, { prompt: 'a cat' }, 'ok'],
	['no words', T2V, { settings: {} }, /prompt is required/],
	['words as contents', T2V, contents(text), /prompt is required/],
	['long words', T2V, { prompt: 'x'.repeat(3073) }, /3072/],
	['long words for 2.6', '/text-to-video/kling-2.6', { prompt: 'x'.repeat(2501) }, /2500/],
	['a text as length', T2V, { prompt: 'x', settings: { duration: '5' } }, /number expected/],
	['half a second', T2V, { prompt: 'x', settings: { duration: 5.5 } }, /integer expected/],
	['16 s', T2V, { prompt: 'x', settings: { duration: 16 } }, /duration value '16'/],
	['7 s for 2.6', '/text-to-video/kling-2.6', { prompt: 'x', settings: { duration: 7 } }, /'7'/],
	['a word for a switch', T2V, { prompt: 'x', settings: { multi_shot: 'false' } }, /boolean/],
	['4k', T2V, { prompt: 'x', settings: { resolution: '4k' } }, 'ok'],
	['4k for Turbo', TURBO, { prompt: 'x', settings: { resolution: '4k' } }, /resolution value/],
	['a mode for a resolution', T2V, { prompt: 'x', settings: { resolution: 'pro' } }, /resolution/],
	['native sound', T2V, { prompt: 'x', settings: { audio: 'native' } }, 'ok'],
	['on for native', T2V, { prompt: 'x', settings: { audio: 'on' } }, /audio value 'on'/],
	['a setting that Turbo lacks', TURBO, { prompt: 'x', settings: { audio: 'on' } }, 'ok'],
	[
		'sound of 2.6 in 720p',
		'/text-to-video/kling-2.6',
		{ prompt: 'x', settings: { audio: 'native' } },
		/1080p/,
	],
	['another shape', T2V, { prompt: 'x', settings: { aspect_ratio: '21:9' } }, /aspect_ratio/],
	[
		'30 s of 4.0 in another shape',
		'/text-to-video/kling-4.0',
		{ prompt: 'x'.repeat(26_000), settings: { aspect_ratio: '21:9', duration: 30 } },
		'ok',
	],
	[
		'1080p of 4.0 Flash',
		'/text-to-video/kling-4.0-flash',
		{ prompt: 'x', settings: { resolution: '1080p' } },
		/resolution/,
	],
	[
		'an address that is none',
		T2V,
		{ prompt: 'x', options: { callback_url: 'example.com' } },
		/options.callback_url/,
	],
	[
		'a watermark',
		T2V,
		{ prompt: 'x', options: { watermark_info: { enabled: 'yes' } } },
		/boolean expected/,
	],
];

const shots: Case[] = [
	[
		'shots that fill the video',
		T2V,
		{ prompt: 'shot 1, 3, a cat; shot 2, 2, a dog;', settings: { duration: 5 } },
		'ok',
	],
	[
		'shots that do not, since several are usual',
		T2V,
		{ prompt: 'shot 1, 3, a cat; shot 2, 3, a dog;', settings: { duration: 5 } },
		/sum of shot durations \(6\)/,
	],
	[
		'the same where shots are off',
		T2V,
		{ prompt: 'shot 1, 3, a cat;', settings: { duration: 5, multi_shot: false } },
		'ok',
	],
	['the same at Turbo', TURBO, { prompt: 'shot 1, 3, a cat;' }, /sum of shot durations/],
	['a wrong number', TURBO, { prompt: 'shot 2, 5, a cat;' }, /shot 1 is invalid/],
	['a shot of 0 s', TURBO, { prompt: 'shot 1, 5, a; shot 2, 0, b' }, /at least 1 second/],
	['a long shot', TURBO, { prompt: `shot 1, 5, ${'x'.repeat(513)}` }, /512/],
];

const pictures: Case[] = [
	['a first frame', I2V, contents(text, first), 'ok'],
	['no first frame', I2V, contents(text), /first_frame is required/],
	['a last frame alone', I2V, contents(image('last_frame')), /first_frame is required/],
	['two first frames', I2V, contents(first, first), /first_frame must not exceed 1/],
	['both frames', I2V, frames, 'ok'],
	['a last frame for Turbo', '/image-to-video/kling-3.0-turbo', frames, /type value 'last_frame'/],
	['both frames of 2.5 in 720p', '/image-to-video/kling-2.5-turbo', frames, /1080p/],
	[
		'both frames of 2.6 with sound',
		'/image-to-video/kling-2.6',
		{ ...frames, settings: { resolution: '1080p', audio: 'native' } },
		/last_frame is not supported with audio/,
	],
	['an unknown type', I2V, contents(first, { type: 'mask', url: LINK }), /type value 'mask'/],
	['11 MB', I2V, contents({ type: 'first_frame', url: padded(11) }), 'ok'],
	['a small picture', I2V, contents({ type: 'first_frame', url: png(200, 400) }), /300px/],
	[
		'voices in silence',
		'/image-to-video/kling-2.6',
		contents(first, voice('v')),
		/voice requires audio/,
	],
	[
		'a voice without an id',
		'/image-to-video/kling-2.6',
		{ ...contents(first, voice()), settings: { audio: 'native', resolution: '1080p' } },
		/id is required/,
	],
];

const ids: Case[] = [
	['an element', I2V, contents(text, first, element('hero')), 'ok'],
	['an element without an id', I2V, contents(first, element(undefined)), /id is required/],
	[
		'a number as element',
		I2V,
		contents(first, { type: 'element', element_id: 7, id: 'a' }),
		/string expected/,
	],
	['a strange element', I2V, contents(first, { ...element('a'), element_id: '7' }), /not found/],
	[
		'an id that is a part of another one',
		I2V,
		contents(first, element('hero'), element('hero2', 1)),
		/must not be part of another id/,
	],
	[
		'an id that other words begin with',
		I2V,
		contents({ type: 'prompt', text: '@heroic @hero' }, first, element('hero')),
		/conflicts with '@heroic'/,
	],
	[
		'four elements',
		I2V,
		contents(first, ...['a', 'b', 'c', 'd'].map((id, index) => element(id, index))),
		/element must not exceed 3/,
	],
];

const omni: Case[] = [
	['a reference', OMNI, { ...contents(text, ...refs(1)), settings: wide }, 'ok'],
	['no shape', OMNI, contents(text, ...refs(1)), /aspect_ratio is required/],
	['a frame for a shape', OMNI, contents(text, first), 'ok'],
	[
		'eight references',
		OMNI,
		{ ...contents(text, ...refs(8)), settings: wide },
		/must not exceed 7/,
	],
	[
		'five references and a video',
		OMNI,
		contents(text, ...refs(5), video('feature_video')),
		/must not exceed 4/,
	],
	['two videos', OMNI, contents(text, video('feature_video'), video('base_video')), /one video/],
	['a picture as video', OMNI, contents(text, { type: 'base_video', url: 'x' }), /url value/],
	['a video to edit, in several shots', OMNI, contents(text, video('base_video')), /multi_shot/],
	[
		'a video to edit, with its sound',
		OMNI,
		{ ...contents(text, video('base_video')), settings: { multi_shot: false, audio: 'original' } },
		'ok',
	],
	[
		'a video to follow, with its sound',
		OMNI,
		{ ...contents(text, video('feature_video')), settings: { audio: 'original' } },
		/audio must be off/,
	],
	[
		'a frame and a video to edit',
		OMNI,
		{ ...contents(text, first, video('base_video')), settings: { multi_shot: false } },
		/first_frame is not supported/,
	],
	[
		'a sound that nothing has',
		OMNI,
		{ ...contents(first), settings: { audio: 'original' } },
		/requires/,
	],
	['7 s of a first frame by O1', O1, { ...contents(first), settings: { duration: 7 } }, /5 or 10/],
	[
		'7 s of references by O1',
		O1,
		{ ...contents(...refs(1)), settings: { duration: 7, ...wide } },
		'ok',
	],
	['both frames and more by O1', O1, contents(first, image('last_frame'), ...refs(1)), /excludes/],
];

const motion = contents(image('image'), video('video'));
const motions: Case[] = [
	['a motion', MOTION, { ...motion, settings: { character_orientation: 'image' } }, 'ok'],
	['no orientation', MOTION, motion, /character_orientation is required/],
	[
		'no video',
		MOTION,
		{ ...contents(image('image')), settings: { character_orientation: 'image' } },
		/video is required/,
	],
	[
		'an element that follows the image',
		MOTION,
		{
			...contents(image('image'), video('video'), element('a')),
			settings: { character_orientation: 'image' },
		},
		/must be video with element/,
	],
	[
		'an element for 2.6',
		'/motion-control/kling-2.6',
		{
			...contents(image('image'), video('video'), element('a')),
			settings: { character_orientation: 'video' },
		},
		/type value 'element'/,
	],
];

runCases([...settings, ...shots, ...pictures, ...ids, ...omni, ...motions]);
