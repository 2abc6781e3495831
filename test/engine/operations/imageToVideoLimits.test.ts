/** Video → Generate From Image: elements, voices, shots, and what single services refuse, all before anything is sent. */
import type { INodeParameters } from 'n8n-workflow';

import { model } from '../kling';
import { OTHER_PICTURE, PICTURE, useBench, type Refusal } from './support';

const bench = useBench();

const from = (more: INodeParameters = {}): INodeParameters => ({ image: PICTURE, ...more });
const v3 = { model: model('kling-v3') };
const lastFrame = { imageTailSource: 'text', imageTail: OTHER_PICTURE };
const spoken = { prompt: '<<<voice_1>>> speaks', model: model('kling-v3') };

const elements: Refusal[] = [
	{
		why: 'elements with an older model',
		parameters: from({ options: { elementIds: '1' } }),
		says: [
			/Elements \(or Element IDs\) do not work with kling-v2-5-turbo \(the default model here\)\. Models that have it: kling-v3/,
		],
	},
	{
		why: 'four elements',
		parameters: from({ ...v3, options: { elementIds: '1,2,3,4' } }),
		says: ['Elements (or Element IDs) must be at most 3, not 4'],
	},
	{
		why: 'an element that is no number',
		parameters: from({ ...v3, options: { elementIds: 'fox' } }),
		says: ['Elements (or Element IDs) must be whole numbers, not "fox"'],
	},
	{
		why: 'an element whose digits are lost',
		parameters: from({ ...v3, options: { elementIds: '={{ 829836802793406551 }}' } }),
		says: ['Element IDs must be given as text: as a number it has lost its last digits'],
	},
	{
		why: 'an element in a list whose digits are lost',
		parameters: from({ ...v3, options: { elementIds: '={{ ["1", 829836802793406551] }}' } }),
		says: ['Element IDs must be given as text'],
	},
	{
		why: 'elements and voices',
		parameters: from({ ...spoken, options: { sound: true, elementIds: '1', voiceIds: 'a' } }),
		says: ['Elements (or Element IDs) cannot be combined with Voices (or Voice IDs)'],
	},
];

const camera = { cameraMovement: { movement: { type: 'down_back' } } };
const cameras: Refusal[] = [
	{
		why: 'a ready-made camera with V1.5',
		parameters: from({ model: model('kling-v1-5'), quality: 'pro', options: camera }),
		says: ['Camera Movement must be Simple with kling-v1-5, not Down and Back'],
	},
	{
		why: 'a camera with a model that has none',
		parameters: from({ model: model('kling-v2-1'), options: camera }),
		says: ['Camera Movement does not work with kling-v2-1'],
	},
];

const voices: Refusal[] = [
	{
		why: 'three voices',
		parameters: from({ ...spoken, options: { sound: true, voiceIds: 'a,b,c' } }),
		says: ['Voices (or Voice IDs) must be at most 2'],
	},
	{
		why: 'a voice in silence',
		parameters: from({ ...spoken, options: { voiceIds: 'a' } }),
		says: ['Voices (or Voice IDs) work only when Sound is on'],
	},
	{
		why: 'a voice whose digits are lost',
		parameters: from({
			...spoken,
			options: { sound: true, voiceIds: '={{ 829836802793406551 }}' },
		}),
		says: ['Voice IDs must be given as text: as a number it has lost its last digits'],
	},
];

const shots: Refusal[] = [
	{
		why: 'several shots by the model without a prompt',
		parameters: from({ ...v3, options: { multiShot: 'intelligence' } }),
		says: ['Prompt must not be empty'],
	},
	{
		why: 'shots that do not fill the video',
		parameters: from({
			...v3,
			options: { multiShot: 'customize', shots: { shot: [{ prompt: 'A', duration: 4 }] } },
		}),
		says: ['Shots last 4 s together, but Duration is 5 s'],
	},
	{
		why: 'seven shots',
		parameters: from({
			...v3,
			duration: 7,
			options: {
				multiShot: 'customize',
				shots: { shot: Array.from({ length: 7 }, () => ({ prompt: 'A', duration: 1 })) },
			},
		}),
		says: ['Shots must contain 1 to 6 shots, not 7'],
	},
	{
		why: 'a long shot prompt',
		parameters: from({
			...v3,
			options: {
				multiShot: 'customize',
				shots: { shot: [{ prompt: 'x'.repeat(513), duration: 5 }] },
			},
		}),
		says: ['Shots must have at most 512 characters, not 513'],
	},
];

const basics: Refusal[] = [
	{
		why: '4k with a model that has none',
		parameters: from({ model: model('kling-v2-1'), quality: '4k' }),
		says: ['Quality must be Standard or Professional with kling-v2-1, not 4K'],
	},
	{
		why: 'seven seconds with a model of five or ten',
		parameters: from({ duration: 7 }),
		says: ['Duration must be 5 or 10 s with kling-v2-5-turbo (the default model here), not 7 s'],
	},
	{
		why: 'a model that does not know images',
		parameters: from({ model: model('kling-v3-omni') }),
		says: [
			'Model kling-v3-omni does not offer Video → Generate From Image. With it use Video → Generate From Multiple Images or Video → Generate From Mixed References. Models that do: kling-v3-turbo, kling-v3, kling-v2-6, kling-v2-5-turbo',
		],
	},
	{
		why: 'a shape at the official service',
		parameters: from({ options: { aspectRatio: '1:1' } }),
		says: [
			'Kling (global) does not offer Aspect Ratio for Video → Generate From Image. Services that do: Ace Data Cloud, OpenAI-HK',
			'Remove the parameter',
		],
	},
];

const atAceData: Refusal[] = [
	{
		why: 'only a last frame',
		parameters: { imageSource: 'none', ...lastFrame, quality: 'pro' },
		says: ['First Frame must be given at Ace Data Cloud'],
	},
	{
		why: 'a camera',
		parameters: from({ ...v3, options: camera }),
		says: [
			/Ace Data Cloud does not offer Camera Movement for Video → Generate From Image\. Services that do: Kling \(global\)/,
		],
	},
	{
		why: 'a mask',
		parameters: from({ ...v3, options: { staticMask: PICTURE } }),
		says: ['Ace Data Cloud does not offer Static Mask'],
	},
	{
		why: 'a negative prompt with an omni model',
		parameters: from({
			prompt: 'x',
			model: model('kling-video-o1'),
			options: { negativePrompt: 'blur' },
		}),
		says: ['Negative Prompt does not work with kling-video-o1 at Ace Data Cloud'],
	},
];

const atOpenaiHk: Refusal[] = [
	{
		why: 'only a last frame',
		parameters: { imageSource: 'none', ...lastFrame, quality: 'pro' },
		says: ['First Frame must be given at OpenAI-HK'],
	},
	{
		why: 'a long prompt',
		parameters: from({ prompt: 'x'.repeat(501) }),
		says: ['Prompt must have at most 500 characters at OpenAI-HK, not 501'],
	},
	{
		why: 'a watermark',
		parameters: from({ options: { watermark: true } }),
		says: ['OpenAI-HK does not offer Watermark for Video → Generate From Image'],
	},
	{
		why: 'a mask',
		parameters: from({ options: { staticMask: PICTURE } }),
		says: [
			'OpenAI-HK does not offer Static Mask for Video → Generate From Image. Services that do: Kling (global)',
		],
	},
];

describe.each([
	['of elements', undefined, elements],
	['of cameras', undefined, cameras],
	['of voices', undefined, voices],
	['of shots', undefined, shots],
	['of model, mode and duration', undefined, basics],
	['at Ace Data Cloud', 'aceData', atAceData],
	['at OpenAI-HK', 'openaiHk', atOpenaiHk],
] as const)('refused before anything is sent, %s', (_group, service, cases) => {
	it.each([...cases])('$why', async (refusal) => {
		await bench.refused('image2video', { service, ...refusal });
	});
});

it('names the item at fault among several and sends nothing for the others', async () => {
	const result = await bench.run('image2video', {
		items: [{ picture: PICTURE }, { picture: 'nothing' }],
		parameters: { image: '={{ $json.picture }}' },
	});
	expect(result.error?.context).toMatchObject({ itemIndex: 1 });
	expect(result.error?.message).toContain('First Frame must be a web address');
	expect(bench.simulator.ledger.requests).toEqual([]);
});
