/** What is refused before anything is sent or paid: in the editor's words, naming what would work and the item. */
import type { INodeParameters } from 'n8n-workflow';

import { model, runKling } from './kling';
import { useBench, type Refusal } from './operations/support';
import { told, words } from './support';

const bench = useBench();

async function refused({ parameters, ...refusal }: Refusal): Promise<void> {
	const all = { prompt: 'A fox in the snow', ...parameters };
	await bench.refused('text2video', { ...refusal, parameters: all });
}

const voices = { sound: true, voiceIds: 'a,b,c' };
const camera = (movement: INodeParameters) => ({ cameraMovement: { movement } });

describe('a value out of bounds', () => {
	const cases: Refusal[] = [
		{ why: 'no prompt', parameters: { prompt: '={{ "" }}' }, says: ['Prompt must not be empty'] },
		{ why: 'a blank prompt', parameters: { prompt: '  \n' }, says: ['Prompt must not be empty'] },
		{
			why: 'a prompt that is too long',
			parameters: { prompt: 'x'.repeat(2501) },
			says: ['Prompt must have at most 2500 characters, not 2501'],
		},
		{
			why: 'an unknown mode',
			parameters: { quality: '={{ "best" }}' },
			says: ['Quality must be std (Standard), pro (Professional) or 4k, not "best"'],
		},
		{
			why: 'an unknown aspect ratio',
			parameters: { aspectRatio: '={{ "21:9" }}' },
			says: ['Aspect Ratio must be 16:9, 9:16 or 1:1, not "21:9"'],
		},
		{
			why: 'half a second',
			parameters: { duration: '={{ 5.5 }}' },
			says: ['Duration must be a whole number of seconds'],
		},
		{
			why: 'a duration that is no number',
			parameters: { duration: '={{ "long" }}' },
			says: ['Duration must be a whole number of seconds'],
		},
		{
			why: 'a CFG scale above 1',
			parameters: { options: { cfgScale: 2 } },
			says: ['CFG Scale must be a number from 0 to 1'],
		},
		{
			why: 'a callback that is no address',
			parameters: { options: { callbackUrl: 'my server' } },
			says: ['Callback URL must be a web address'],
		},
		{
			why: 'too many voices',
			parameters: { model: model('kling-v3'), options: voices },
			says: ['Voices (or Voice IDs) must be at most 2'],
		},
		{
			why: 'a camera that does not move',
			parameters: {
				model: model('kling-v3'),
				options: camera({ type: 'simple', axis: 'pan', amount: 0 }),
			},
			says: ['Camera Movement needs exactly one axis with an amount other than 0'],
		},
		{
			why: 'a camera that moves too much',
			parameters: {
				model: model('kling-v3'),
				options: camera({ type: 'simple', axis: 'pan', amount: 11 }),
			},
			says: ['Camera Movement must be a number from -10 to 10'],
		},
		{
			why: 'custom shots without shots',
			parameters: { model: model('kling-v3'), options: { multiShot: 'customize' } },
			says: ['Shots must contain 1 to 6 shots when Multi-Shot is Custom'],
		},
		{
			why: 'shots that do not fill the video',
			parameters: {
				model: model('kling-v3'),
				options: { multiShot: 'customize', shots: { shot: [{ prompt: 'A', duration: 3 }] } },
			},
			says: ['Shots last 3 s together, but Duration is 5 s'],
		},
		{
			why: 'a shot without words',
			parameters: {
				model: model('kling-v3'),
				options: { multiShot: 'customize', shots: { shot: [{ prompt: '', duration: 5 }] } },
			},
			says: ['Shots must have a prompt for every shot'],
		},
		...[{}, { multiShot: 'intelligence' }].map((how) => ({
			why: `shots with ${JSON.stringify(how)}`,
			parameters: {
				model: model('kling-v3'),
				options: { ...how, shots: { shot: [{ prompt: 'A fox', duration: 5 }] } },
			},
			says: [/Shots.*Multi-Shot|Multi-Shot.*Shots/],
		})),
		{
			why: 'broken JSON',
			parameters: { options: { additionalFields: '{"a":' } },
			says: ['Additional Fields (JSON) must be a valid JSON object'],
		},
		{
			why: 'JSON that is no object',
			parameters: { options: { additionalFields: '[1]' } },
			says: ['Additional Fields (JSON) must be a valid JSON object'],
		},
		{
			why: 'a poll interval of nothing',
			parameters: { options: { pollInterval: 0 } },
			says: ['Poll Interval (Seconds) must be a number from 1 to 600'],
		},
		{
			why: 'a timeout without end',
			parameters: { options: { timeout: '={{ "never" }}' } },
			says: ['Timeout (Minutes) must be a number from 0.1 to 1440'],
		},
	];
	it.each(cases)('$why', async (refusal) => {
		await refused(refusal);
	});
});

describe('what the model cannot do, with those that can', () => {
	const cases: Refusal[] = [
		{
			why: 'text to video with a model for images only',
			parameters: { model: model('kling-v2-1') },
			says: [
				'Model kling-v2-1 does not offer Video → Generate From Text',
				'kling-v2-5-turbo',
				'kling-v3',
			],
		},
		{
			why: '4k',
			parameters: { model: model('kling-v2-6'), quality: '4k' },
			says: ['Quality must be Standard or Professional with kling-v2-6, not 4K'],
		},
		{
			why: 'a mode where there is none to choose',
			parameters: { model: model('kling-v2-1-master'), quality: '4k' },
			says: ['Quality must be Standard or Professional with kling-v2-1-master, not 4K'],
		},
		{
			why: '4k with a model of one quality',
			parameters: { model: model('kling-v2-master'), quality: '4k' },
			says: ['Quality must be Standard or Professional with kling-v2-master, not 4K'],
		},
		{
			why: 'seven seconds',
			parameters: { model: model('kling-v2-6'), duration: 7 },
			says: ['Duration must be 5 or 10 s with kling-v2-6, not 7 s'],
		},
		{
			why: 'two seconds',
			parameters: { model: model('kling-v3'), duration: '={{ 2 }}' },
			says: ['Duration must be 3 to 15 s with kling-v3, not 2 s'],
		},
		{
			why: 'a camera',
			parameters: { model: model('kling-v2-6'), options: camera({ type: 'forward_up' }) },
			says: [/Camera Movement does not work with kling-v2-6\..*kling-v3/],
		},
		{
			why: 'sound',
			parameters: { options: { sound: true } },
			says: [
				/Sound does not work with kling-v2-5-turbo \(the default model here\)\..*kling-v3, kling-v2-6/,
			],
		},
		{
			why: 'sound in the cheap mode',
			parameters: { model: model('kling-v2-6'), options: { sound: true } },
			says: ['Sound needs Quality = Professional with kling-v2-6'],
		},
		{
			why: 'voices',
			parameters: { options: { voiceIds: '1' } },
			says: [/Voices \(or Voice IDs\) do not work with kling-v2-5-turbo .*kling-v2-6/],
		},
		{
			why: 'several shots',
			parameters: { options: { multiShot: 'intelligence' } },
			says: [/Multi-Shot does not work with kling-v2-5-turbo .*kling-v3/],
		},
		{
			why: 'a model that the official service has switched off',
			parameters: { model: model('kling-v1') },
			says: [
				'Model kling-v1 has been switched off by Kling (global)',
				'Choose another one: kling-v3-turbo, kling-v3, kling-v2-6, kling-v2-5-turbo',
			],
		},
	];
	it.each(cases)('$why', async (refusal) => {
		await refused(refusal);
	});
});

describe('what the service does not have, with those that do', () => {
	const cases: Refusal[] = [
		{
			why: 'sound at OpenAI-HK',
			service: 'openaiHk',
			parameters: { options: { sound: true } },
			says: [
				/OpenAI-HK does not offer Sound for Video → Generate From Text\..*Kling \(global\).*Ace Data Cloud/,
			],
		},
		{
			why: 'several shots at OpenAI-HK',
			service: 'openaiHk',
			parameters: { options: { multiShot: 'intelligence' } },
			says: ['OpenAI-HK does not offer Multi-Shot'],
		},
		{
			why: 'an external task ID at Ace Data Cloud',
			service: 'aceData',
			parameters: { options: { externalTaskId: 'order-1' } },
			says: [/Ace Data Cloud does not offer External Task ID.*Kling \(China\).*relays/],
		},
		{
			why: 'a watermark at Ace Data Cloud',
			service: 'aceData',
			parameters: { options: { watermark: true } },
			says: ['Ace Data Cloud does not offer Watermark', 'Remove the parameter'],
		},
		{
			why: 'a long negative prompt at Ace Data Cloud',
			service: 'aceData',
			parameters: { options: { negativePrompt: 'x'.repeat(201) } },
			says: ['Negative Prompt must have at most 200 characters at Ace Data Cloud, not 201'],
		},
	];
	it.each(cases)('$why', async (refusal) => {
		await refused(refusal);
	});
});

describe('with several items', () => {
	it('names the item at fault and sends nothing for the others', async () => {
		const { simulator } = bench;
		const result = await runKling({
			simulator,
			items: [{ words: 'fine' }, { words: 'fine too' }, { words: '' }],
			parameters: { prompt: '={{ $json.words }}' },
		});
		expect(told(result).context.itemIndex).toBe(2);
		expect(simulator.ledger.requests).toEqual([]);
	});
});

describe('an incomplete credential', () => {
	it.each([
		['API Key', { apiKey: '' }, 'API Key in the credential is empty'],
		[
			'Access Key',
			{ authentication: 'accessKey', accessKeyId: '' },
			'Access Key in the credential is empty',
		],
		[
			'Secret Key',
			{ authentication: 'accessKey', secretKey: '' },
			'Secret Key in the credential is empty',
		],
		[
			'Base URL',
			{ klingGlobalBaseUrl: 'not an address' },
			'Base URL in the credential is not a web address',
		],
	])('%s', async (_field, credential, message) => {
		const { simulator } = bench;
		const result = await runKling({ simulator, credential });
		expect(result.status).toBe('error');
		expect(words(result)).toContain(message);
		expect(words(result)).toContain('Open the credential and correct it');
		expect(simulator.ledger.requests).toEqual([]);
	});
});
