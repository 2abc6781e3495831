/** What Kling 4.0 alone takes: frames between the first one and the last one, and voices beside references. */
import type { INodeParameters } from 'n8n-workflow';

import type { ServiceName } from '../../simulator';
import { png } from '../../unit/simulator/rules';
import { model } from '../kling';
import {
	bodyOf,
	CLIP,
	itemWith,
	lastCreate,
	OTHER_PICTURE,
	PICTURE,
	rows,
	useBench,
	type OperationName,
	type Refusal,
} from './support';
import { KEY_PAIR } from '../support';

const bench = useBench();

const VOICES = ['831457288201461789', '835540017283948667', '829836802793406551'] as const;
const HERO = '829836802793406551';
const MIDDLE = 'https://pictures.example.com/middle.png';
const V4 = { model: model('kling-4.0') } satisfies INodeParameters;
const between = (middleFrames: string) => ({ options: { middleFrames } });
const frames = (middleFrames: string): INodeParameters => ({
	image: PICTURE,
	prompt: 'It turns',
	...between(middleFrames),
});

describe('middle frames', () => {
	it('stand between the first one and the last one, as many as eight', async () => {
		const many = Array.from({ length: 7 }, (_, index) => `https://a.example.com/${index}.png`);
		const body = await bench.wire('image2video', 'klingGlobal', {
			...V4,
			...frames([MIDDLE, ...many].join(', ')),
			imageTailSource: 'text',
			imageTail: OTHER_PICTURE,
		});
		expect(lastCreate(bench.simulator).path).toBe('/image-to-video/kling-4.0');
		expect(body.contents).toEqual([
			{ type: 'prompt', text: 'It turns' },
			{ type: 'first_frame', url: PICTURE },
			...[MIDDLE, ...many].map((url) => ({ type: 'middle_frame', url })),
			{ type: 'last_frame', url: OTHER_PICTURE },
		]);
		expect(body.settings).toEqual({ resolution: '720p', duration: 5 });
	});

	it('are binary fields, base64 and addresses, also as an array', async () => {
		const bytes = Buffer.concat([Buffer.from(png(400, 500), 'base64'), Buffer.alloc(300)]);
		const text = bytes.toString('base64').replace(/A+$/, (end) => `${end.slice(4)}BBBB`);
		const items = [await itemWith({ mid: bytes })];
		const middleFrames = `={{ ["mid", "${text}", "${MIDDLE}"] }}`;
		const parameters = { ...V4, ...frames(middleFrames), waitMode: 'none' };
		await bench.succeed('image2video', { items, parameters });
		const { contents } = bodyOf(lastCreate(bench.simulator).rawBody);
		const urls = [bytes.toString('base64'), text, MIDDLE];
		expect(contents).toMatchObject([
			{ type: 'prompt' },
			{ type: 'first_frame' },
			...urls.map((url) => ({ type: 'middle_frame', url })),
		]);
	});

	it('that are blank are none', async () => {
		await bench.wire('image2video', 'klingGlobal', { image: PICTURE, ...between(' ') });
		expect(lastCreate(bench.simulator).path).toBe('/v1/videos/image2video');
	});
});

describe('voices beside references', () => {
	it('are cited and have ids, as many as three', async () => {
		const body = await bench.wire('omni-video', 'klingGlobal', {
			...V4,
			...rows(PICTURE),
			prompt: '<<<element_1>>> says hello as <<<voice_3>>>, <<<image_1>>> as <<<voice_1>>>',
			options: { elementIds: HERO, voiceIds: VOICES.join(',') },
		});
		expect(lastCreate(bench.simulator).path).toBe('/omni-video/kling-4.0');
		expect(body.contents).toEqual([
			{ type: 'prompt', text: '@element_01 says hello as @voice_03, @image_01 as @voice_01' },
			{ type: 'refer_image', url: PICTURE, id: 'image_01' },
			{ type: 'element', element_id: HERO, id: 'element_01' },
			...VOICES.map((voice_id, index) => ({ type: 'voice', voice_id, id: `voice_0${index + 1}` })),
		]);
		// Its sound cannot be off, so nothing tells that it is on.
		expect(body.settings).toEqual({ resolution: '720p', aspect_ratio: '16:9', duration: 5 });
	});

	it('count among the fifteen inputs', async () => {
		const parameters = {
			...V4,
			...rows(...Array.from({ length: 10 }, () => PICTURE)),
			prompt: 'x',
			videoUrl: CLIP,
			options: { elementIds: HERO, voiceIds: VOICES.join(',') },
		};
		await bench.wire('omni-video', 'klingGlobal', parameters);
		await bench.refused('omni-video', {
			parameters: {
				...parameters,
				options: { ...parameters.options, elementIds: `${HERO}, 831457288201461789` },
			},
			says: ['may be at most 15 with kling-4.0, not 16'],
		});
	});
});

interface Extra extends Refusal {
	operation: OperationName;
	credential?: typeof KEY_PAIR;
}

const LACKED = 'Middle Frames do not work with';
const HAVE_IT = 'Models that have it: kling-4.0';
const mixed = (name: string, voiceIds: string = VOICES[0]): INodeParameters => ({
	...rows(PICTURE),
	prompt: 'x',
	model: model(name),
	options: { voiceIds, sound: true },
});

const REFUSED: Extra[] = [
	...['kling-3.0', 'kling-3.0-turbo', 'kling-2.6', 'kling-4.0-flash', 'kling-v3', 'kling-foo'].map(
		(name): Extra => ({
			why: `middle frames with ${name}`,
			operation: 'image2video',
			parameters: { ...frames(MIDDLE), model: model(name) },
			says: [`${LACKED} ${name}. ${HAVE_IT}`],
		}),
	),
	{
		why: 'middle frames with the default model',
		operation: 'image2video',
		parameters: frames(MIDDLE),
		says: [`${LACKED} kling-v2-5-turbo (the default model here). ${HAVE_IT}`],
	},
	...(['relay', 'aceData', 'openaiHk'] as ServiceName[]).map((service): Extra => ({
		why: `middle frames at ${service}`,
		operation: 'image2video',
		service,
		parameters: { ...frames(MIDDLE), ...V4 },
		says: [
			'does not offer Middle Frames for Video → Generate From Image. Services that do: Kling (global)',
		],
	})),
	...['kling-4.0', 'kling-v3', 'kling-foo'].map((name): Extra => ({
		why: `middle frames with a pair of keys and ${name}`,
		operation: 'image2video',
		credential: KEY_PAIR,
		parameters: { ...frames(MIDDLE), model: model(name) },
		says: [name === 'kling-4.0' ? 'Model kling-4.0 needs an API key' : `${LACKED} ${name}`],
	})),
	{
		why: 'nine middle frames',
		operation: 'image2video',
		parameters: { ...V4, ...frames(Array.from({ length: 9 }, () => MIDDLE).join('\n')) },
		says: ['Middle Frames must be at most 8, not 9'],
	},
	{
		why: 'middle frames without a first one',
		operation: 'image2video',
		parameters: { ...V4, imageSource: 'none', ...between(MIDDLE) },
		says: ['First Frame or Last Frame must be given'],
	},
	{
		why: 'a middle frame that is no picture',
		operation: 'image2video',
		parameters: { ...V4, ...frames(`${MIDDLE}, nonsense`) },
		says: ['Middle Frame 2'],
	},
	{
		why: 'a middle frame of more than 30 MB',
		operation: 'image2video',
		parameters: {
			...V4,
			...frames(
				Buffer.concat([
					Buffer.from(png(400, 400), 'base64'),
					Buffer.alloc(30 * 1024 * 1024),
				]).toString('base64'),
			),
		},
		says: ['Middle Frames must have at most 30 MB, but has 30.1 MB'],
	},
	...['kling-3.0-omni', 'kling-o1', 'kling-v3-omni', 'kling-foo'].map((name): Extra => ({
		why: `voices beside references with ${name}`,
		operation: 'omni-video',
		parameters: { ...mixed(name), options: { voiceIds: VOICES[0] } },
		says: [`Voices (or Voice IDs) do not work with ${name}`, HAVE_IT],
	})),
	...(['relay', 'aceData'] as ServiceName[]).map((service): Extra => ({
		why: `voices beside references at ${service}`,
		operation: 'omni-video',
		service,
		parameters: mixed('kling-4.0'),
		says: [
			'does not offer Voices (or Voice IDs) for Video → Generate From Mixed References. Services that do: Kling (global)',
		],
	})),
	{
		why: 'four voices',
		operation: 'omni-video',
		parameters: mixed('kling-4.0', [...VOICES, VOICES[0]].join(',')),
		says: ['Voices (or Voice IDs) must be at most 3, not 4'],
	},
	{
		why: 'a voice that is cited and not given',
		operation: 'omni-video',
		parameters: { ...mixed('kling-4.0'), prompt: '<<<voice_2>>> speaks' },
		says: ['Prompt cites <<<voice_2>>>, but there are 1 of these'],
	},
	{
		why: 'voices of 4.0 with a first frame, which has a path of its own',
		operation: 'image2video',
		parameters: { ...V4, image: PICTURE, options: { voiceIds: VOICES[0] } },
		says: [
			'Voices (or Voice IDs) do not work with kling-4.0. Models that have it: kling-v3, kling-v2-6',
		],
	},
];

describe('refused before anything is sent', () => {
	it.each(REFUSED)('$why', async ({ operation, credential, ...refusal }) => {
		await bench.refused(operation, refusal, { credential });
	});
});
