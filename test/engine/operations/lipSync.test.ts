/** Video → Lip Sync: what leaves, in which order. */

import type { INodeParameters } from 'n8n-workflow';

import { png } from '../../pictures';
import type { ServiceName } from '../../simulator';
import { expectNoKeys } from '../support';
import {
	BY_URL,
	CLIP,
	FACES_PATH,
	ID,
	LIP_SYNC,
	NAME,
	SOUND,
	SPEAKING,
	SPEECH_PATH,
	SPOKEN_MS,
	SYNC_PATH,
	TEXT,
	ledgerOf,
	serving,
	soundFile,
	withSound,
} from './speaking';
import { finishedVideo, PICTURE, useBench } from './support';

const bench = useBench();
const { charged, posts } = ledgerOf(bench);

describe('Lip Sync at official Kling', () => {
	it('makes a speech, finds the faces and syncs the lips of the one that is seen longest', async () => {
		const { simulator } = bench;
		const { videoId } = await finishedVideo(bench, 'klingGlobal');
		const result = await bench.succeed('lip-sync', { parameters: { videoId, text: TEXT } });
		bench.owe(2);
		const [speech, faces, sync, ...more] = posts(1);
		expect(more).toEqual([]);
		expect(speech).toEqual({
			path: SPEECH_PATH,
			body: { text: TEXT, voice_id: 'genshin_vindi2', voice_language: 'en' },
		});
		expect(faces).toEqual({ path: FACES_PATH, body: { video_id: videoId } });
		const [, { taskId: sessionId } = {}] = simulator.ledger.chargesFor(
			'audio/tts',
			'videos/identify-face',
		);
		expect(sync).toEqual({
			path: SYNC_PATH,
			body: {
				external_task_id: NAME,
				session_id: sessionId,
				face_choose: [
					{
						face_id: '0',
						audio_id: ID,
						sound_start_time: 0,
						// The face is seen for 4.12 s, it is said.
						sound_end_time: 4020,
						sound_insert_time: 0,
					},
				],
			},
		});
		expect(charged().slice(1)).toEqual(LIP_SYNC);
		const taskId = String(result.json[0]?.taskId);
		expect(result.json).toMatchObject([
			{ kind: 'lip-sync', status: 'succeed', videoId: ID, duration: 5.1 },
		]);
		expect(await result.binary()).toEqual(simulator.videoBytes(taskId));
		expectNoKeys(simulator, result);
	});

	it('takes the part, the moment and the volumes that were chosen', async () => {
		const options = { soundStart: 0.5, soundEnd: 4.25, insertAt: 1.5, soundVolume: 1.5 };
		await bench.succeed('lip-sync', {
			parameters: { ...SPEAKING, options: { ...options, originalVolume: 0, speechSpeed: 0.9 } },
		});
		bench.owe(2);
		const [speech, , sync] = posts();
		expect(speech?.body.voice_speed).toBe(0.9);
		expect(sync?.body.face_choose).toMatchObject([
			{
				sound_start_time: 500,
				sound_end_time: 4250,
				sound_insert_time: 1500,
				sound_volume: 1.5,
				original_audio_volume: 0,
			},
		]);
	});

	it.each([
		['plain.wav', 2450],
		['xing-vbr.mp3', 2450],
		['start.m4a', 2450],
		['adts.aac', 2574],
	])('takes the file %s of the item, whose length it reads', async (name, end) => {
		await bench.succeed('lip-sync', {
			items: withSound(name),
			parameters: { ...BY_URL, soundSource: 'binary' },
		});
		bench.owe(1);
		expect(charged()).toEqual(LIP_SYNC.slice(1));
		expect(posts().at(-1)?.body.face_choose).toMatchObject([
			{ sound_file: soundFile(name).toString('base64'), sound_end_time: end },
		]);
	});

	it('takes a sound on the web, and looks how long it is', async () => {
		const made = await bench.succeed('speech', { parameters: { text: TEXT, download: false } });
		const sound = String(made.json[0]?.audioUrl);
		await bench.succeed('lip-sync', { parameters: { ...BY_URL, soundSource: 'url', sound } });
		bench.owe(1);
		expect(posts().at(-1)?.body.face_choose).toMatchObject([
			{ sound_file: sound, sound_start_time: 0, sound_end_time: SPOKEN_MS },
		]);
		expect(bench.simulator.ledger.leaks).toEqual([]);
	});

	it('takes a speech that was made before, and a face that was found before', async () => {
		const { json: speeches } = await bench.succeed('speech', { parameters: { text: TEXT } });
		const { json: found } = await bench.succeed('findFaces', { parameters: BY_URL });
		const [{ audioId, duration } = {}] = speeches;
		const [{ sessionId, faces } = {}] = found;
		const [{ faceId, start } = {}] = faces as Array<{ faceId: string; start: number }>;
		const chosen = { face: 'chosen', sessionId, faceId, soundSource: 'speech', audioId };
		const options = { soundEnd: 3, insertAt: start };
		expect(duration).toBe(5);
		await bench.succeed('lip-sync', { parameters: { ...chosen, options } as INodeParameters });
		expect(posts().slice(2)).toEqual([
			{
				path: SYNC_PATH,
				body: {
					external_task_id: NAME,
					session_id: sessionId,
					face_choose: [
						{
							face_id: '1',
							audio_id: audioId,
							sound_start_time: 0,
							sound_end_time: 3000,
							sound_insert_time: 6000,
						},
					],
				},
			},
		]);
	});

	it('takes the length of a speech from the item that names it', async () => {
		const { json: items } = await bench.succeed('speech', { parameters: { text: TEXT } });
		const audioId = '={{ $json.audioId }}';
		await bench.succeed('lip-sync', {
			items,
			parameters: { ...BY_URL, soundSource: 'speech', audioId },
		});
		bench.owe(1);
		expect(posts().at(-1)?.body.face_choose).toMatchObject([
			{ audio_id: items[0]?.audioId, sound_start_time: 0, sound_end_time: 4950 },
		]);
	});

	it.each([
		['another speech', { audioId: 'a-2', duration: 5 }, /^Sound End must be given/],
		['no length', { audioId: 'a-1', duration: null }, /^Sound End must be given/],
		[
			'a length that does not do',
			{ audioId: 'a-1', duration: 1.5 },
			/^Speech ID must name a speech of 2 to 60 seconds for Lip Sync, but this one lasts 1\.5/,
		],
	])('with an item of %s it is refused before anything is paid', async (_what, json, says) => {
		const parameters = { ...BY_URL, soundSource: 'speech', audioId: 'a-1' };
		await bench.refused('lip-sync', { parameters, says: [says] }, { items: [json] });
	});

	it.each<[string, INodeParameters, string]>([
		['no text', { ...BY_URL, text: ' ' }, 'Text must not be empty'],
		[
			'a text that cannot last',
			{ ...BY_URL, text: 'Hi!' },
			'Text must be longer: Lip Sync needs a sound of at least 2 seconds',
		],
		['no video', { videoId: ' ', text: TEXT }, 'Video ID must not be empty'],
		[
			'a sound of unknown length',
			{ ...BY_URL, soundSource: 'url', sound: SOUND },
			'Sound End must be given, because the length of the sound is not known',
		],
		[
			'a speech without an end',
			{ ...BY_URL, soundSource: 'speech', audioId: 'a-1' },
			'Sound End must be given',
		],
		[
			'what is no sound',
			{ ...BY_URL, soundSource: 'url', sound: Buffer.alloc(300).toString('base64') },
			'Sound must be a sound in MP3, WAV, M4A or AAC',
		],
		[
			'a part that is too short',
			{ ...SPEAKING, options: { soundEnd: 1 } },
			'Sound End must leave at least 2 seconds of the sound, not 1',
		],
		[
			'a name to reuse, which nobody can find',
			{ ...SPEAKING, options: { externalTaskId: 'x', reuseTask: true } },
			'Reuse Existing Task cannot be used for Video → Lip Sync at Kling (global)',
		],
	])('refuses %s before anything is paid', async (_what, parameters, says) => {
		await bench.refused('lip-sync', { parameters, says: [says] });
	});

	describe('a sound on the web', () => {
		const silence = Buffer.concat([soundFile('plain-cbr.mp3'), Buffer.alloc(5 * 1024 * 1024)]);
		const [picture, html] = [png(300, 300), Buffer.from('<!doctype html><title>Sign in</title>')];

		it.each([
			['that is too large', silence, 'Sound must have at most 5 MB, but has 5.1 MB'],
			['that is a page', html, 'Sound must be a sound in MP3, WAV, M4A or AAC'],
			['that is a picture', picture, 'Sound must be a sound in MP3, WAV, M4A or AAC'],
			['that is a film', soundFile('clip.mp4'), 'Sound must be a sound in MP3, WAV, M4A or AAC'],
		])('%s is refused before anything is paid', async (_what, bytes, says) => {
			const { address, close } = await serving(bytes);
			try {
				const parameters = { ...BY_URL, soundSource: 'url', sound: address };
				await bench.refused('lip-sync', { parameters, says: [says] });
				const sound = { image: PICTURE, soundSource: 'url', sound: address };
				await bench.refused('avatar', { parameters: sound, says: [says] });
			} finally {
				close();
			}
		});

		it('of which nobody can tell is left to the service', async () => {
			const { address, close } = await serving(Buffer.alloc(300, 1));
			try {
				const parameters = { ...BY_URL, soundSource: 'url', sound: `${address}-12s.mp3` };
				await bench.succeed('lip-sync', {
					parameters: { ...parameters, options: { soundEnd: 3 } },
				});
			} finally {
				close();
			}
			bench.owe(1);
			expect(charged()).toEqual(LIP_SYNC.slice(1));
		});
	});

	it('a file that is no sound is refused by its content', async () => {
		await bench.refused(
			'lip-sync',
			{
				parameters: { ...BY_URL, soundSource: 'binary' },
				says: ['Sound must be a sound in MP3, WAV, M4A or AAC'],
			},
			{ items: withSound('clip.mp4') },
		);
	});

	it('is suspended with its steps behind it, and the task is paid once', async () => {
		const result = await bench.run('lip-sync', {
			parameters: { ...SPEAKING, waitMode: 'suspend' },
			webhookWaitingBaseUrl: 'http://127.0.0.1:5678/webhook-waiting',
		});
		bench.owe(3 - result.json.length);
		expect(result.status).toBe('waiting');
		expect(charged()).toEqual(LIP_SYNC);
		expect(posts()[2]?.body.callback_url).toContain('/webhook-waiting/');
	});

	it('goes on with the next item as long as there are slots', async () => {
		const { json } = await bench.succeed('lip-sync', {
			items: [{ text: TEXT }, { text: `${TEXT} again` }],
			parameters: { ...BY_URL, text: '={{ $json.text }}' },
		});
		bench.owe(4);
		expect(json).toHaveLength(2);
		expect(charged()).toEqual([...LIP_SYNC, ...LIP_SYNC]);
	});
});

describe('Lip Sync elsewhere', () => {
	const RELAY = '/kling/v1/videos/lip-sync';

	it('is one call at a relay, which speaks by itself', async () => {
		const result = await bench.succeed('lip-sync', { service: 'relay', parameters: SPEAKING });
		expect(posts()).toEqual([
			{
				path: RELAY,
				body: {
					external_task_id: NAME,
					input: {
						mode: 'text2video',
						video_url: CLIP,
						text: TEXT,
						voice_id: 'genshin_vindi2',
						voice_language: 'en',
					},
				},
			},
		]);
		expect(charged()).toEqual(['videos/lip-sync']);
		expect(await result.binary()).toEqual(
			bench.simulator.videoBytes(String(result.json[0]?.taskId)),
		);
	});

	it.each([
		['a sound on the web', { sound: SOUND }, { audio_type: 'url', audio_url: SOUND }],
		[
			'base64',
			{ sound: soundFile('mpeg25.mp3').toString('base64') },
			{ audio_type: 'file', audio_file: soundFile('mpeg25.mp3').toString('base64') },
		],
	])('takes %s at a relay', async (_what, sound, sent) => {
		await bench.succeed('lip-sync', {
			service: 'relay',
			parameters: { ...BY_URL, soundSource: 'url', ...sound },
		});
		expect(posts()[0]?.body.input).toEqual({ mode: 'audio2video', video_url: CLIP, ...sent });
	});

	it('is two calls at a relay where something is chosen that one call does not know', async () => {
		await bench.succeed('lip-sync', {
			service: 'relay',
			parameters: { ...SPEAKING, options: { soundVolume: 2 } },
		});
		bench.owe(2);
		expect(posts().map(({ path }) => path)).toEqual(
			[SPEECH_PATH, FACES_PATH, SYNC_PATH].map((path) => `/kling${path}`),
		);
	});

	it('is flat at Ace Data Cloud', async () => {
		const result = await bench.succeed('lip-sync', { service: 'aceData', parameters: SPEAKING });
		expect(posts()).toEqual([
			{
				path: '/kling/lip-sync',
				body: {
					mode: 'text2video',
					video_url: CLIP,
					text: TEXT,
					voice_id: 'genshin_vindi2',
					voice_language: 'en',
					async: true,
				},
			},
		]);
		expect(result.json).toMatchObject([{ kind: 'lip-sync', status: 'succeed' }]);
	});

	it.each<[ServiceName, INodeParameters, string]>([
		[
			'relay',
			{ ...BY_URL, text: 'x'.repeat(121) },
			'Text must have at most 120 characters for Lip Sync at relays',
		],
		[
			'aceData',
			{ ...BY_URL, text: 'x'.repeat(121) },
			'Text must have at most 120 characters at Ace Data Cloud, not 121',
		],
		[
			'aceData',
			{ ...SPEAKING, options: { soundVolume: 2 } },
			'Ace Data Cloud does not offer Sound Volume for Video → Lip Sync',
		],
		[
			'aceData',
			{ ...BY_URL, soundSource: 'speech', audioId: 'a' },
			'Ace Data Cloud does not offer Speech ID for Video → Lip Sync',
		],
		['openaiHk', SPEAKING, 'OpenAI-HK does not offer Video → Lip Sync'],
	])('%s refuses what it does not know', async (service, parameters, says) => {
		await bench.refused('lip-sync', { service, parameters, says: [says] });
	});
});
