/** What the paths of Kling 4.0 take and refuse. */
import { KNOWN_ELEMENT_IDS } from '../../simulator/validate/models';
import { LINK, png, runCases, type Case } from './rules';

const I2V = '/image-to-video/kling-4.0';
const FLASH = '/image-to-video/kling-4.0-flash';
const OMNI = '/omni-video/kling-4.0';

const image = (type: string) => ({ type, url: LINK });
const many = (count: number, type: string) => Array.from({ length: count }, () => image(type));
const element = (index: number) => ({
	type: 'element',
	element_id: KNOWN_ELEMENT_IDS[index % KNOWN_ELEMENT_IDS.length],
	id: `element_0${index}`,
});
const voice = (index: number) => ({ type: 'voice', voice_id: 'genshin_vindi2', id: `v_0${index}` });
const times = <T>(count: number, one: (index: number) => T) =>
	Array.from({ length: count }, (_, index) => one(index));
const contents = (...parts: unknown[]) => ({ contents: parts });
const mixed = (...parts: unknown[]) => ({ contents: parts, settings: { aspect_ratio: '16:9' } });
const video = (type: string) => ({ type, url: 'https://example.com/a.mp4' });
const first = image('first_frame');
const weighing = (mb: number) =>
	Buffer.concat([Buffer.from(png(400, 400), 'base64'), Buffer.alloc(mb * 1024 * 1024)]).toString(
		'base64',
	);

const cases: Case[] = [
	['ten frames', I2V, contents(first, ...many(8, 'middle_frame'), image('last_frame')), 'ok'],
	[
		'nine middle frames',
		I2V,
		contents(first, ...many(9, 'middle_frame')),
		/middle_frame must not exceed 8/,
	],
	['middle frames alone', I2V, contents(...many(2, 'middle_frame')), /first_frame is required/],
	['a middle frame of Flash', FLASH, contents(first, ...many(1, 'middle_frame')), /'middle_frame'/],
	['an element beside frames', I2V, contents(first, element(0)), /type value 'element'/],
	['a voice beside frames', I2V, contents(first, voice(0)), /type value 'voice'/],
	['31 MB', I2V, contents({ type: 'first_frame', url: weighing(31) }), /must not exceed 30MB/],
	['ten references', OMNI, mixed(...many(10, 'refer_image')), 'ok'],
	[
		'a frame and ten references',
		OMNI,
		mixed(first, ...many(10, 'refer_image')),
		/images must not exceed 10/,
	],
	['four elements and a frame', OMNI, mixed(first, ...times(4, element)), 'ok'],
	['eight elements', OMNI, mixed(...times(8, element)), /element must not exceed 7/],
	['three voices', OMNI, mixed(...times(3, voice)), 'ok'],
	['four voices', OMNI, mixed(...times(4, voice)), /voice must not exceed 3/],
	[
		'five videos',
		OMNI,
		mixed(...times(4, () => video('feature_video')), video('base_video')),
		'ok',
	],
	[
		'six videos',
		OMNI,
		mixed(...times(5, () => video('feature_video')), video('base_video')),
		/videos must not exceed 5/,
	],
	['fifteen inputs', OMNI, mixed(...many(8, 'refer_image'), ...times(7, element)), 'ok'],
	[
		'sixteen inputs',
		OMNI,
		mixed(...many(9, 'refer_image'), ...times(7, element)),
		/inputs must not exceed 15/,
	],
	['a voice of 3.0 Omni', '/omni-video/kling-3.0-omni', mixed(voice(0)), /type value 'voice'/],
];

runCases(cases);
