/** Video → Lip Sync and Video → Avatar: what leaves, in which order, and what is paid whatever happens on the way. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { Kind } from '../../../nodes/shared/core/kinds';

import { png } from '../../pictures';
import type { ServiceName } from '../../simulator';
import { retriable } from '../again';
import { time } from '../kling';
import { expectNoKeys, OUR_EXTERNAL_ID, told, words } from '../support';
import { bodyOf, finishedVideo, OTHER_PICTURE, PICTURE, useBench } from './support';

const bench = useBench();

const TEXT = 'Good day to you, and welcome to the shop';
/** 40 characters at 8 a second and the rest of the last frame, less a moment at the end. */
const SPOKEN_MS = 4966;
const CLIP = 'https://files.test/clip-10s.mp4';
/** Nobody answers there, so the length of the sound is not known; the simulator takes it from the name. */
const SOUND = 'http://127.0.0.1:9/voice-12s.mp3';
/** With it nobody can ask for a lip sync by its name. */
const KEY_PAIR = { authentication: 'accessKey', apiKey: '' };
const NAME = expect.stringMatching(OUR_EXTERNAL_ID) as string;
const ID = expect.any(String) as string;

const soundFile = (name: string) => readFileSync(join(__dirname, '../../unit/sounds', name));
const withSound = (name: string) => [
	{
		json: {},
		binary: { data: { data: soundFile(name).toString('base64'), mimeType: 'audio/mpeg' } },
	},
];

/** A host on the web that hands out these bytes. */
async function serving(bytes: Buffer): Promise<{ address: string; close: () => void }> {
	const server = createServer((_request, response) => {
		response.writeHead(200, { 'content-length': bytes.length }).end(bytes);
	});
	await once(server.listen(0, '127.0.0.1'), 'listening');
	const { port } = server.address() as AddressInfo;
	return { address: `http://127.0.0.1:${port}/voice`, close: () => server.close() };
}

const SPEECH_PATH = '/v1/audio/tts';
const FACES_PATH = '/v1/videos/identify-face';
const SYNC_PATH = '/v1/videos/advanced-lip-sync';
const AVATAR_PATH = '/v1/videos/avatar/image2video';

/** The requests that may be paid for, since `from`. */
const posts = (from = 0) =>
	bench.simulator.ledger.requests
		.filter(({ method, path }) => method === 'POST' && path !== '/kling/tasks')
		.slice(from)
		.map(({ path, rawBody }) => ({ path, body: bodyOf(rawBody) }));

/** The kinds that were charged, in order. */
const charged = () => bench.simulator.ledger.charges.map(({ kind }) => kind);

const BY_URL: INodeParameters = { videoSource: 'url', videoUrl: CLIP };
const SPEAKING: INodeParameters = { ...BY_URL, text: TEXT };
const LIP_SYNC = ['audio/tts', 'videos/identify-face', 'videos/advanced-lip-sync'];

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
			'Reuse Existing Task cannot be used for Lip Sync at Kling (global)',
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

describe('what is paid for a lip sync', () => {
	const fail = (path: string, action: object, times: number | null = 1) =>
		bench.simulator.faults.add({
			match: { method: 'POST', path },
			times,
			action: action as { kind: 'dropAfter' },
		});
	const again = { parameters: SPEAKING, retryOnFail: true, maxTries: 3 };

	it.each([
		['the speech', SPEECH_PATH, 1, 'the first try of the speech'],
		['the search for faces', FACES_PATH, 2, 'the first try of the search for faces'],
		['the create', SYNC_PATH, 3, 'the first try ended without a clear answer'],
	])('is not paid again when the answer to %s was lost', async (_what, path, count, says) => {
		const credential = path === SYNC_PATH ? KEY_PAIR : undefined;
		for (const kind of ['dropAfter', 'errorAfter']) {
			bench.simulator.reset();
			const fault = fail(path, { kind }, null);
			const result = await bench.run('lip-sync', { ...again, credential });
			expect(result.status).toBe('error');
			expect(fault.hits).toBe(1);
			expect(charged()).toEqual(LIP_SYNC.slice(0, count));
			expect(words(result)).toContain('Not sent again');
			expect(words(result)).toContain(says);
			if (count > 1) expect(words(result)).toMatch(/Paid already: the speech \(audio ID /);
			if (count > 2) expect(words(result)).toMatch(/ and the search for faces \(session ID \d+\)/);
		}
		bench.owe(count);
	});

	it.each([
		['speech', SPEECH_PATH],
		['search for faces', FACES_PATH],
		['create', SYNC_PATH],
	])('is one of each when the %s is refused at first', async (_what, path) => {
		const refusal = { kind: 'error', code: 1201 };
		for (const action of [refusal, { kind: 'dropBefore' }, { kind: 'error', code: 1303 }]) {
			if (path === SYNC_PATH && action.kind === 'dropBefore') continue;
			bench.simulator.reset();
			const fault = fail(path, action);
			if (action.kind === 'dropBefore') {
				// Nobody knows that nothing was made.
				expect((await bench.run('lip-sync', again)).status).toBe('error');
				expect(charged()).toEqual(
					LIP_SYNC.slice(0, LIP_SYNC.length - (path === FACES_PATH ? 2 : 3)),
				);
			} else {
				await bench.succeed('lip-sync', again);
				expect(charged()).toEqual(LIP_SYNC);
			}
			expect(fault.hits).toBe(1);
		}
		bench.owe(bench.simulator.ledger.charges.length - 2);
	});

	it('is one of each when the execution is retried', async () => {
		fail(SYNC_PATH, { kind: 'error', code: 1201 });
		const failed = await bench.run('lip-sync', { parameters: SPEAKING });
		expect(words(failed)).toContain('Paid already');
		await bench.succeed('lip-sync', {
			parameters: SPEAKING,
			continueFrom: retriable(failed),
			mode: 'retry',
		});
		bench.owe(2);
		expect(charged()).toEqual(LIP_SYNC);
	});

	it('is one of each when the download failed', async () => {
		bench.simulator.faults.add({
			service: 'cdn',
			times: 3,
			action: { kind: 'status', status: 500 },
		});
		await bench.succeed('lip-sync', { ...again, maxTries: 2 });
		bench.owe(2);
		expect(charged()).toEqual(LIP_SYNC);
	});

	it('is fetched when the address of the sound cannot be opened any more', async () => {
		const { json } = await bench.succeed('speech', { parameters: { text: TEXT, download: false } });
		const sound = String(json[0]?.audioUrl);
		const { faults } = bench.simulator;
		const action = { kind: 'status', status: 500 } as const;
		faults.add({ service: 'cdn', match: { path: '.mp4' }, times: 3, action });
		const gone = faults.add({
			service: 'cdn',
			match: { path: '.mp3' },
			after: 1,
			times: null,
			action,
		});
		await bench.succeed('lip-sync', {
			...again,
			parameters: { ...BY_URL, soundSource: 'url', sound },
		});
		bench.owe(1);
		expect(gone.hits).toBeGreaterThan(0);
		expect(charged().slice(1)).toEqual(LIP_SYNC.slice(1));
	});

	it.each([
		['lip-sync', BY_URL, 'Lip Sync'],
		['avatar', { image: PICTURE }, 'Avatar'],
	] as const)(
		'of a text that is too short is told by its parameters (%s)',
		async (kind, more, label) => {
			const result = await bench.run(kind, { parameters: { ...more, text: 'Hello' } });
			bench.owe(1);
			expect(words(result)).toMatch(
				new RegExp(
					`^Text must be longer, or Speech Speed lower: it is spoken in [\\d.]+ seconds, and ${label} needs at least 2 `,
				),
			);
			expect(words(result)).toContain('Paid already: the speech');
			expect(charged()).toEqual(['audio/tts']);
		},
	);

	it('of a text that is too long is told by its parameters', async () => {
		const text = 'word '.repeat(150);
		const result = await bench.run('lip-sync', { parameters: { ...BY_URL, text } });
		bench.owe(1);
		expect(words(result)).toMatch(
			/^Text must be shorter, or Speech Speed higher: it is spoken in \d+\S* seconds, and Lip Sync needs at most 60 /,
		);
	});

	it('is told where the face does not do, and the search is not paid again', async () => {
		const parameters = { ...SPEAKING, options: { insertAt: 9 } };
		const result = await bench.run('lip-sync', { ...again, parameters });
		bench.owe(2);
		expect(words(result)).toContain('the face is seen from 0 to 8 seconds');
		expect(words(result)).toMatch(/Paid already: .* It is kept/);
		expect(charged()).toEqual(LIP_SYNC.slice(0, 2));
	});

	it.each(['dropAfter', 'errorAfter'])(
		'is found by its name when the answer to the create was lost by %s',
		async (kind) => {
			const fault = fail(SYNC_PATH, { kind }, null);
			const result = await bench.succeed('lip-sync', again);
			bench.owe(2);
			expect(fault.hits).toBe(1);
			expect(charged()).toEqual(LIP_SYNC);
			expect(result.json).toMatchObject([
				{ kind: 'lip-sync', status: 'succeed', videoId: ID, duration: 10.1 },
			]);
		},
	);

	it.each([
		['is not known by its name', { kind: 'dropBefore' }],
		['cannot be asked for', { kind: 'dropAfter' }],
	])('is not ordered again when the task of an unclear create %s', async (_what, action) => {
		fail(SYNC_PATH, action, null);
		if (action.kind === 'dropAfter') {
			bench.simulator.faults.add({
				match: { method: 'GET', path: '/tasks' },
				times: null,
				action: { kind: 'html' },
			});
		}
		const result = await bench.run('lip-sync', again);
		bench.owe(action.kind === 'dropAfter' ? 3 : 2);
		expect(result.status).toBe('error');
		expect(words(result)).toContain('may have been made and charged');
		expect(posts()).toHaveLength(3);
	});

	describe('after an execution that crashed and left no record', () => {
		const run = {
			parameters: { ...SPEAKING, waitMode: 'none' },
			executionId: '7',
			resumeToken: 't',
		};
		const retry = { ...run, executionId: '8', mode: 'retry' } as const;

		it('is found by its name before anything is paid for again', async () => {
			const first = await bench.succeed('lip-sync', run);
			const second = await bench.succeed('lip-sync', retry);
			expect(second.json[0]?.taskId).toBe(first.json[0]?.taskId);
			expect(charged()).toEqual(LIP_SYNC);
			// Two items came out, of a speech, a search and a task.
			bench.owe(1);
		});

		it('goes on where there was none yet', async () => {
			await bench.succeed('lip-sync', retry);
			expect(charged()).toEqual(LIP_SYNC);
			bench.owe(2);
		});

		it('is not a second task with a key pair', async () => {
			await bench.succeed('lip-sync', { ...run, credential: KEY_PAIR });
			const result = await bench.run('lip-sync', { ...retry, credential: KEY_PAIR });
			expect(result.status).toBe('error');
			expect(words(result)).toContain('may have been made and charged');
			bench.owe(4);
			expect(bench.simulator.ledger.chargesFor('videos/advanced-lip-sync')).toHaveLength(1);
		});
	});
});

interface Example {
	nodes: Array<{ type: string; parameters: INodeParameters }>;
}

describe('the examples', () => {
	it.each([
		['speaking-photo', { photo: PICTURE, text: TEXT }, ['audio/tts', 'videos/avatar/image2video']],
		['new-voice', {}, ['videos/text2video', ...LIP_SYNC]],
		['video-with-sound', {}, ['videos/text2video', 'audio/video-to-audio']],
	])('%s runs with what its note asks for', async (name, given, kinds) => {
		const text = readFileSync(join(__dirname, `../../../examples/${name}.json`), 'utf8');
		const { nodes } = JSON.parse(text) as Example;
		let items: IDataObject[] = [given];
		for (const { type, parameters } of nodes) {
			if (!type.startsWith('n8n-nodes-kling.')) continue;
			const operation = String(parameters.operation) as Kind;
			items = (await bench.succeed(operation, { parameters, items })).json;
		}
		expect(items).toMatchObject([{ status: 'succeed', videoUrl: ID }]);
		expect(charged()).toEqual(kinds);
		bench.owe(name === 'video-with-sound' ? 0 : kinds.length - (name === 'new-voice' ? 2 : 1));
	});
});

describe('the example of an agent', () => {
	it('speaks what the model passes on, with the voice that was chosen', async () => {
		const text = readFileSync(join(__dirname, '../../../examples/agent-with-avatar.json'), 'utf8');
		const { nodes } = JSON.parse(text) as Example;
		const { parameters = {} } = nodes.find(({ type }) => type.endsWith('.klingTool')) ?? {};
		const byModel = Object.keys(parameters).filter((name) =>
			String(parameters[name]).includes('$fromAI'),
		);
		expect(byModel).toEqual(['image', 'text']);
		await bench.succeed('avatar', { parameters: { ...parameters, image: PICTURE, text: TEXT } });
		bench.owe(1);
		expect(posts()[0]?.body).toEqual({
			text: TEXT,
			voice_id: 'genshin_vindi2',
			voice_language: 'en',
		});
		expect(charged()).toEqual(['audio/tts', 'videos/avatar/image2video']);
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
			'Ace Data Cloud does not offer Sound Volume for Lip Sync',
		],
		[
			'aceData',
			{ ...BY_URL, soundSource: 'speech', audioId: 'a' },
			'Ace Data Cloud does not offer Speech ID for Lip Sync',
		],
		['openaiHk', SPEAKING, 'OpenAI-HK does not offer Lip Sync'],
	])('%s refuses what it does not know', async (service, parameters, says) => {
		await bench.refused('lip-sync', { service, parameters, says: [says] });
	});
});

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
		['aceData', SAYS, 'Ace Data Cloud does not offer Text for Avatar'],
		[
			'aceData',
			{ image: PICTURE, soundSource: 'url', sound: soundFile('plain.wav').toString('base64') },
			'Sound must be a web address at Ace Data Cloud, which takes no binary data and no base64',
		],
		[
			'klingGlobal',
			{ ...SAYS, options: { aceDuration: 5 } },
			'Kling (global) does not offer Duration for Avatar',
		],
		['openaiHk', SAYS, 'OpenAI-HK does not offer Avatar'],
	])('%s refuses what it does not know', async (service, parameters, says) => {
		await bench.refused('avatar', { service, parameters, says: [says] });
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

describe('after an earlier try', () => {
	const DAY_MS = 24 * 60 * 60_000;
	const find = () =>
		bench.simulator.faults.add({ match: { method: 'GET' }, times: 3, action: { kind: 'html' } });
	const lose = (path: string) =>
		bench.simulator.faults.add({ match: { method: 'POST', path }, action: { kind: 'dropAfter' } });

	it('a lip sync that may have been made is not sent again, nor are its faces found anew for nothing', async () => {
		lose(SYNC_PATH);
		const call = { parameters: SPEAKING, credential: KEY_PAIR };
		const failed = await bench.run('lip-sync', call);
		time.advance(2 * DAY_MS);
		const continueFrom = retriable(failed);
		const again = { ...call, continueFrom, mode: 'retry' } as const;
		expect(words(await bench.run('lip-sync', again))).toContain('Not sent again');
		bench.owe(3);
		expect(charged()).toEqual(LIP_SYNC);
	});

	it('an avatar that was made is found before anything is paid for again', async () => {
		const parameters = { image: PICTURE, text: TEXT, download: false };
		lose(AVATAR_PATH);
		find();
		const failed = await bench.run('avatar', { parameters });
		expect(failed.status).toBe('error');
		time.advance(40 * DAY_MS);
		const continueFrom = retriable(failed);
		await bench.succeed('avatar', { parameters, continueFrom, mode: 'retry' });
		bench.owe(1);
		expect(charged()).toEqual(['audio/tts', 'videos/avatar/image2video']);
	});

	it('a speech and a search are not paid for again when something else of the item was mended', async () => {
		for (const path of [AVATAR_PATH, SYNC_PATH]) {
			const action = { kind: 'error', code: 1201 } as const;
			bench.simulator.faults.add({ match: { method: 'POST', path }, action });
		}
		const tell = { image: PICTURE, text: TEXT };
		const failed = await bench.run('avatar', { parameters: tell });
		expect(words(failed)).toContain('Paid already: the speech');
		await bench.succeed('avatar', {
			parameters: tell,
			continueFrom: retriable(failed, { image: OTHER_PICTURE }),
			mode: 'retry',
		});
		expect(posts().at(-1)?.body.image).toBe(OTHER_PICTURE);
		expect(charged()).toEqual(['audio/tts', 'videos/avatar/image2video']);

		const refused = await bench.run('lip-sync', { parameters: SPEAKING });
		await bench.succeed('lip-sync', {
			parameters: SPEAKING,
			continueFrom: retriable(refused, { options: { soundVolume: 1.5 } }),
			mode: 'retry',
		});
		expect(posts().at(-1)?.body.face_choose).toMatchObject([{ sound_volume: 1.5 }]);
		expect(charged().slice(2)).toEqual(LIP_SYNC);
		bench.owe(3);
	});

	it('a speech of another text is paid for', async () => {
		const action = { kind: 'error', code: 1201 } as const;
		bench.simulator.faults.add({ match: { method: 'POST', path: AVATAR_PATH }, action });
		const failed = await bench.run('avatar', { parameters: { image: PICTURE, text: TEXT } });
		await bench.succeed('avatar', {
			parameters: { image: PICTURE, text: TEXT },
			continueFrom: retriable(failed, { text: `${TEXT} again` }),
			mode: 'retry',
		});
		bench.owe(2);
		expect(charged()).toEqual(['audio/tts', 'audio/tts', 'videos/avatar/image2video']);
	});

	it('a session that is over is paid for anew, the speech is not', async () => {
		bench.simulator.faults.add({
			match: { method: 'POST', path: SYNC_PATH },
			action: { kind: 'error', code: 1201 },
		});
		const failed = await bench.run('lip-sync', { parameters: SPEAKING });
		time.advance(2 * DAY_MS);
		const continueFrom = retriable(failed);
		await bench.succeed('lip-sync', { parameters: SPEAKING, continueFrom, mode: 'retry' });
		bench.owe(3);
		expect(charged()).toEqual([...LIP_SYNC.slice(0, 2), ...LIP_SYNC.slice(1)]);
	});
});
