/** Video → Avatar: what leaves, and what becomes of it. */
import type { INodeParameters } from 'n8n-workflow';

import type { ServiceName } from '../../simulator';
import { told, words } from '../support';
import { AVATAR_PATH, ID, NAME, SOUND, SPEECH_PATH, TEXT, ledgerOf, soundFile } from './speaking';
import { PICTURE, useBench } from './support';

const bench = useBench();
const { charged, posts } = ledgerOf(bench);

describe('Avatar', () => {
	const SAYS: INodeParameters = { image: PICTURE, text: TEXT };

	it.each<[ServiceName, string]>([
		['klingGlobal', ''],
		['relay', '/kling'],
	])('speaks a text at %s', async (service, prefix) => {
		const { simulator } = bench;
		const parameters = { ...SAYS, prompt: 'Calm', quality: 'pro' };
		const result = await bench.succeed('avatar', { service, parameters });
		bench.owe(1);
		expect(posts()).toEqual([
			{
				path: `${prefix}${SPEECH_PATH}`,
				body: { text: TEXT, voice_id: 'genshin_vindi2', voice_language: 'en' },
			},
			{
				path: `${prefix}${AVATAR_PATH}`,
				body: {
					external_task_id: NAME,
					image: PICTURE,
					audio_id: ID,
					prompt: 'Calm',
					mode: 'pro',
				},
			},
		]);
		const taskId = String(result.json[0]?.taskId);
		expect(result.json).toMatchObject([{ kind: 'avatar', status: 'succeed', duration: 5.1 }]);
		expect(await result.binary()).toEqual(simulator.videoBytes(taskId));
	});

	it('speaks a sound whose length nobody knows', async () => {
		await bench.succeed('avatar', {
			parameters: { image: PICTURE, soundSource: 'url', sound: SOUND },
		});
		expect(posts()).toEqual([
			{
				path: AVATAR_PATH,
				body: { external_task_id: NAME, image: PICTURE, sound_file: SOUND, mode: 'std' },
			},
		]);
	});

	it('makes a talking photo at Ace Data Cloud', async () => {
		const options = { aceDuration: 10, aceModel: 'kling-v2-6' };
		const result = await bench.succeed('avatar', {
			service: 'aceData',
			parameters: { image: PICTURE, soundSource: 'url', sound: SOUND, options },
		});
		expect(posts()).toEqual([
			{
				path: '/kling/talking-photo',
				body: {
					image_url: PICTURE,
					audio_url: SOUND,
					model: 'kling-v2-6',
					duration: 10,
					mode: 'std',
					async: true,
				},
			},
		]);
		expect(result.json).toMatchObject([{ kind: 'avatar', model: 'kling-v2-6', status: 'succeed' }]);
	});

	it.each<[ServiceName, INodeParameters, string]>([
		['aceData', SAYS, 'Ace Data Cloud does not offer Text for Video → Avatar'],
		[
			'aceData',
			{ image: PICTURE, soundSource: 'url', sound: soundFile('plain.wav').toString('base64') },
			'Sound must be a web address at Ace Data Cloud, which takes no binary data and no base64',
		],
		[
			'klingGlobal',
			{ ...SAYS, options: { aceDuration: 5 } },
			'Kling (global) does not offer Duration (Ace Data Cloud) for Video → Avatar',
		],
		['openaiHk', SAYS, 'OpenAI-HK does not offer Video → Avatar'],
	])('%s refuses what it does not know', async (service, parameters, says) => {
		await bench.refused('avatar', { service, parameters, says: [says] });
	});

	it('at Ace Data Cloud says which sounds there are, where it lacks the one', async () => {
		const says = ['Choose URL or Binary File as Sound Input Type, or a credential for another'];
		await bench.refused('avatar', { service: 'aceData', parameters: SAYS, says });
	});

	it('of a task that failed is made anew by Retry On Fail, its speech is not', async () => {
		const parameters = { ...SAYS, prompt: '[fail]' };
		const result = await bench.run('avatar', { parameters, retryOnFail: true, maxTries: 2 });
		bench.owe(3);
		expect(result.status).toBe('error');
		expect(charged()).toEqual([
			'audio/tts',
			'videos/avatar/image2video',
			'videos/avatar/image2video',
		]);
	});

	it('that waits while another one fails tells what was paid for it', async () => {
		bench.simulator.faults.add({
			match: { method: 'POST', path: AVATAR_PATH },
			after: 1,
			times: null,
			action: { kind: 'error', code: 1303 },
		});
		const result = await bench.run('avatar', {
			items: [{ prompt: '[fail]' }, { prompt: 'Calm' }],
			parameters: { ...SAYS, prompt: '={{ $json.prompt }}' },
		});
		bench.owe(3);
		expect(charged()).toEqual(['audio/tts', 'videos/avatar/image2video', 'audio/tts']);
		expect(told(result).context.itemIndex).toBe(0);
		expect(words(result)).toMatch(
			/Other items have paid: the speech \(audio ID \S+\) of item 1\. It is kept/,
		);
		expect(words(result)).not.toContain('Nothing was charged');
	});

	it('of an execution that crashed is found by its name, before its speech is paid again', async () => {
		const run = { parameters: { ...SAYS, waitMode: 'none' }, executionId: '7', resumeToken: 't' };
		const first = await bench.succeed('avatar', run);
		const second = await bench.succeed('avatar', { ...run, executionId: '8', mode: 'retry' });
		expect(second.json[0]?.taskId).toBe(first.json[0]?.taskId);
		expect(charged()).toEqual(['audio/tts', 'videos/avatar/image2video']);
		// Two items came out, of a speech and a task.
		bench.owe(0);
	});

	it('is found by its name when the answer to the create was lost', async () => {
		bench.simulator.faults.add({
			match: { method: 'POST', path: AVATAR_PATH },
			action: { kind: 'dropAfter' },
		});
		await bench.succeed('avatar', { parameters: SAYS });
		bench.owe(1);
		expect(charged()).toEqual(['audio/tts', 'videos/avatar/image2video']);
	});
});
