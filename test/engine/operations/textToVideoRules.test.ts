/** Video → Generate From Text: the rules that issue from single models and services, refused before anything is sent. */
import type { INodeParameters } from 'n8n-workflow';

import { model } from '../kling';
import { useBench, type Refusal } from './support';

const bench = useBench();

const fox = (more: INodeParameters = {}): INodeParameters => ({ prompt: 'A fox', ...more });
const camera = (movement: INodeParameters): INodeParameters => ({ cameraMovement: { movement } });
const v26 = { model: model('kling-v2-6'), quality: 'pro' };

const cases: Refusal[] = [
	...['kling-v1-5', 'kling-v2-1'].map((name) => ({
		why: `${name}, which needs a picture`,
		parameters: fox({ model: model(name) }),
		says: [
			`Model ${name} does not offer Video → Generate From Text. With it use Video → Generate From Image. Models that do: kling-v3-turbo, kling-v3, kling-v2-6, kling-v2-5-turbo`,
		],
	})),
	{
		why: 'kling-v1-5 at OpenAI-HK, which says so itself',
		service: 'openaiHk',
		parameters: fox({ model: model('kling-v1-5') }),
		says: ['Model kling-v1-5 does not offer Video → Generate From Text'],
	},
	{
		why: 'a camera with ten seconds of V1',
		service: 'openaiHk',
		parameters: fox({ duration: 10, options: camera({ type: 'down_back' }) }),
		says: [
			'Camera Movement needs a Duration of 5 s with kling-v1 (the default model here), not 10 s',
		],
	},
	{
		why: 'a camera with the better mode of V1',
		service: 'openaiHk',
		parameters: fox({ quality: 'pro', options: camera({ type: 'down_back' }) }),
		says: ['Camera Movement needs Quality = Standard with kling-v1 (the default model here)'],
	},
	{
		why: 'half a step of the camera at OpenAI-HK',
		service: 'openaiHk',
		parameters: fox({ options: camera({ type: 'simple', axis: 'pan', amount: 2.5 }) }),
		says: ['Camera Movement must be a whole number at OpenAI-HK'],
	},
	{
		why: '4k with a camera at Ace Data Cloud',
		service: 'aceData',
		parameters: fox({
			model: model('kling-v3'),
			quality: '4k',
			options: camera({ type: 'down_back' }),
		}),
		says: ['Quality cannot be 4K together with a camera movement or references at Ace Data Cloud'],
	},
	{
		why: 'a negative prompt for an omni model at Ace Data Cloud',
		service: 'aceData',
		parameters: fox({ model: model('kling-video-o1'), options: { negativePrompt: 'blur' } }),
		says: ['Negative Prompt does not work with kling-video-o1 at Ace Data Cloud'],
	},
	{
		why: 'ten seconds of O1 at Ace Data Cloud',
		service: 'aceData',
		parameters: fox({ model: model('kling-video-o1'), duration: 10 }),
		says: ['Duration must be 5 s with kling-video-o1 at Ace Data Cloud, not 10 s'],
	},
	{
		why: 'an omni model at the official service',
		parameters: fox({ model: model('kling-v3-omni') }),
		says: ['Model kling-v3-omni does not offer Video → Generate From Text'],
	},
	{
		why: 'a voice without sound',
		parameters: fox({ ...v26, prompt: '<<<voice_1>>> speaks', options: { voiceIds: 'a' } }),
		says: ['Voices (or Voice IDs) work only when Sound is on'],
	},
	{
		why: 'a voice that lost its digits',
		parameters: fox({ ...v26, options: { sound: true, voiceIds: '={{ [829836802793406551] }}' } }),
		says: ['Voice IDs must be given as text: as a number it has lost its last digits'],
	},
];

it.each(cases)('refuses $why', async (refusal) => {
	await bench.refused('text2video', refusal);
});

it.each(['kling-v3-omni', 'kling-video-o1'])(
	'Ace Data Cloud makes videos from words with %s too',
	async (name) => {
		const body = await bench.wire('text2video', 'aceData', fox({ model: model(name) }));
		expect(body.model).toBe(name === 'kling-video-o1' ? 'kling-o1' : name);
	},
);
