/** Audio → Generate Speech and Video → Find Faces: exact requests, items, and nothing paid twice. */
import type { INodeParameters } from 'n8n-workflow';

import type { ServiceName } from '../../simulator';
import { retriable } from '../again';
import { binaryOf } from '../harness';
import { time } from '../kling';
import { expectNoKeys, told, words } from '../support';
import { bodyOf, finishedVideo, useBench } from './support';

const bench = useBench();

const HELLO = 'Good day to you, and welcome to the shop';
const CLIP = 'https://files.test/clip-10s.mp4';
const ISO = expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) as string;

const voice = (value: string): INodeParameters => ({ __rl: true, mode: 'id', value });

/** The requests that were paid for. */
const posts = () =>
	bench.simulator.ledger.requests
		.filter(({ method }) => method === 'POST')
		.map(({ path, rawBody }) => ({ path, body: bodyOf(rawBody) }));

const PASSING: Array<[ServiceName, string]> = [
	['klingGlobal', ''],
	['klingChina', ''],
	['relay', '/kling'],
];

describe.each(PASSING)('Generate Speech at %s', (service, prefix) => {
	it('sends one exact request, and delivers the sound', async () => {
		const { simulator } = bench;
		const result = await bench.succeed('speech', {
			service,
			parameters: { text: HELLO, voice: voice('oversea_male1'), options: { speechSpeed: 1.25 } },
		});
		expect(posts()).toEqual([
			{
				path: `${prefix}/v1/audio/tts`,
				body: { text: HELLO, voice_id: 'oversea_male1', voice_language: 'en', voice_speed: 1.25 },
			},
		]);
		const [charge] = simulator.ledger.charges;
		expect(result.json).toEqual([
			{
				audioId: expect.any(String) as string,
				audioUrl: expect.stringContaining('.mp3') as string,
				duration: 4,
				text: HELLO,
				voiceId: 'oversea_male1',
				language: 'en',
				createdAt: ISO,
				expiresAt: ISO,
				unitsDeducted: 0.05,
			},
		]);
		expect(await result.binary()).toEqual(simulator.audioBytes(charge!.taskId));
		expect(binaryOf(result.output[0])).toMatchObject({
			mimeType: 'audio/mpeg',
			fileName: `kling-${String(result.json[0]?.audioId)}.mp3`,
		});
		expect(result.output[0]?.pairedItem).toEqual({ item: 0 });
		expectNoKeys(simulator, result);
	});
});

it('reads Chinese out in Chinese, with a voice of its own choice', async () => {
	await bench.succeed('speech', { parameters: { text: '你好，欢迎光临', download: false } });
	expect(posts()[0]?.body).toEqual({
		text: '你好，欢迎光临',
		voice_id: 'genshin_vindi2',
		voice_language: 'zh',
	});
});

it('puts out the answer of the service where nothing is simplified', async () => {
	const { json } = await bench.succeed('speech', {
		parameters: { text: HELLO, options: { simplify: false } },
	});
	expect(json).toMatchObject([{ code: 0, data: { task_status: 'succeed' } }]);
});

it('tells no units where the service writes something else', async () => {
	bench.simulator.faults.add({
		match: { method: 'POST' },
		action: {
			kind: 'status',
			status: 200,
			body: {
				code: 0,
				data: {
					task_status: 'succeed',
					task_result: { audios: [{ id: 'a-1', url: 'https://files.test/a.mp3' }] },
					final_unit_deduction: 'free',
				},
			},
		},
	});
	const { json } = await bench.succeed('speech', { parameters: { text: HELLO, download: false } });
	bench.owe(-1);
	expect(json).toMatchObject([{ audioId: 'a-1', unitsDeducted: null }]);
});

it('takes a voice by the name that the list shows', async () => {
	await bench.succeed('speech', { parameters: { text: HELLO, voice: voice('anchor') } });
	expect(posts()[0]?.body.voice_id).toBe('oversea_male1');
});

it.each<[string, INodeParameters, string]>([
	['no text', { text: ' ' }, 'Text must not be empty'],
	[
		'a text that is too long',
		{ text: 'x'.repeat(1001) },
		'Text must have at most 1000 characters, not 1001',
	],
	[
		'a language that the voice does not speak',
		{ text: HELLO, voice: voice('oversea_male1'), language: 'zh' },
		'Language must be English with the voice oversea_male1',
	],
	[
		'a speed out of range',
		{ text: HELLO, options: { speechSpeed: 3 } },
		'Speech Speed must be a number from 0.8 to 2, not 3',
	],
])('refuses %s before anything is sent', async (_what, parameters, says) => {
	await bench.refused('speech', { parameters, says: [says] });
});

it.each<[ServiceName, string]>([
	['aceData', 'Ace Data Cloud does not make speech from text'],
	['openaiHk', 'OpenAI-HK does not make speech from text'],
])('is refused at %s', async (service, says) => {
	await bench.refused('speech', { service, parameters: { text: HELLO }, says: [says] });
	await bench.refused('findFaces', {
		service,
		parameters: { videoSource: 'url', videoUrl: CLIP },
		says: ['does not find the faces in a video'],
	});
});

describe.each(PASSING)('Find Faces at %s', (service, prefix) => {
	it('tells all faces, the one that is seen longest first', async () => {
		const { simulator } = bench;
		const result = await bench.succeed('findFaces', {
			service,
			parameters: { videoSource: 'url', videoUrl: CLIP },
		});
		expect(posts()).toEqual([
			{ path: `${prefix}/v1/videos/identify-face`, body: { video_url: CLIP } },
		]);
		const link = expect.stringContaining('.png') as string;
		const [long, short] = [
			{ faceId: '0', start: 0, end: 8.04, faceImageUrl: link },
			{ faceId: '1', start: 6, end: 10.04, faceImageUrl: link },
		];
		expect(result.json).toEqual([
			{
				sessionId: simulator.ledger.charges[0]?.taskId,
				expiresAt: ISO,
				...long,
				faces: [short, long],
				unitsDeducted: 0.05,
			},
		]);
		expect(result.output[0]?.binary).toBeUndefined();
	});
});

it('looks for faces in the video of the incoming item', async () => {
	const { taskId, videoId } = await finishedVideo(bench, 'klingGlobal');
	const items = [{ videoId, videoUrl: CLIP }, { videoUrl: CLIP }, { videoId: taskId }];
	await bench.succeed('findFaces', { items, parameters: { videoSource: 'item' } });
	expect(
		posts()
			.slice(1)
			.map(({ body }) => body),
	).toEqual([{ video_id: videoId }, { video_url: CLIP }, { video_id: videoId }]);
	await bench.refused(
		'findFaces',
		{
			parameters: { videoSource: 'item' },
			says: ['Video is not in the incoming item, which has neither videoId nor videoUrl'],
		},
		{ items: [{}] },
	);
});

it('a video without a face is an error, which tells what was paid', async () => {
	const parameters = { videoSource: 'url', videoUrl: 'https://files.test/no-face-10s.mp4' };
	const result = await bench.run('findFaces', { parameters, retryOnFail: true, maxTries: 3 });
	bench.owe(1);
	expect(words(result)).toContain('No face was found in the video');
	expect(words(result)).toMatch(/Paid already: the search for faces \(session ID \d+\)/);
});

describe('what was paid for', () => {
	const charges = () => bench.simulator.ledger.charges;
	const texts = (count: number) =>
		Array.from({ length: count }, (_, index) => ({ text: `${HELLO} ${index}` }));
	const parameters = { text: '={{ $json.text }}' };
	const failSecond = () =>
		bench.simulator.faults.add({
			match: { path: '/v1/audio/tts' },
			after: 1,
			action: { kind: 'error', code: 1201 },
		});

	it('is not paid again by Retry On Fail', async () => {
		const fault = failSecond();
		const result = await bench.succeed('speech', {
			items: texts(3),
			parameters,
			retryOnFail: true,
			maxTries: 2,
		});
		expect(fault.hits).toBe(1);
		expect(result.json).toHaveLength(3);
	});

	it('is not paid again when the execution is retried', async () => {
		failSecond();
		const first = await bench.run('speech', { items: texts(3), parameters });
		expect(first.status).toBe('error');
		expect(words(first)).toMatch(
			/Other items have paid: the speech \(audio ID .*\) of item 0 and the speech \(audio ID .*\) of item 2/,
		);
		const continueFrom = retriable(first);
		const again = await bench.succeed('speech', { parameters, continueFrom, mode: 'retry' });
		expect(again.json).toHaveLength(3);
	});

	it('is not paid again when only the download failed', async () => {
		bench.simulator.faults.add({
			service: 'cdn',
			times: 3,
			action: { kind: 'status', status: 500 },
		});
		const result = await bench.succeed('speech', {
			parameters: { text: HELLO },
			retryOnFail: true,
			maxTries: 2,
		});
		expect(result.json).toHaveLength(1);
	});

	it('is told with its link and how to fetch it when only the download failed', async () => {
		bench.simulator.faults.add({
			service: 'cdn',
			times: null,
			action: { kind: 'status', status: 500 },
		});
		const result = await bench.run('speech', { items: texts(2), parameters });
		bench.owe(2);
		expect(words(result)).toMatch(/Other items have paid: the speech \(audio ID \S+\) of item 1/);
		expect(words(result)).toMatch(
			/Retry this execution to fetch it once more; the link is http\S+\.mp3/,
		);
		expect(words(result)).not.toContain('Run this again');
	});

	it('is told with what to do when the file is too large', async () => {
		bench.simulator.faults.add({
			service: 'cdn',
			times: null,
			action: { kind: 'status', status: 200, body: 'x'.repeat(1_000_001) },
		});
		const result = await bench.run('speech', {
			parameters: { text: HELLO, options: { maxFileSize: 1 } },
		});
		bench.owe(1);
		expect(words(result)).toContain('Raise Max File Size (MB)');
		expect(words(result)).not.toContain('Task → Get');
		expect(words(result)).toMatch(/the link is http\S+\.mp3/);
	});

	it('is in the item that failed by its download', async () => {
		bench.simulator.faults.add({
			service: 'cdn',
			times: null,
			action: { kind: 'status', status: 500 },
		});
		const { json } = await bench.run('speech', {
			parameters: { text: HELLO },
			onError: 'continueRegularOutput',
		});
		bench.owe(1);
		expect(json).toMatchObject([
			{
				error: {
					kind: 'download',
					audioUrl: expect.stringContaining('.mp3') as string,
					audioId: expect.any(String) as string,
					sessionId: null,
				},
			},
		]);
	});

	it('is in the item that failed for want of a face', async () => {
		const { json } = await bench.run('findFaces', {
			parameters: { videoSource: 'url', videoUrl: 'https://files.test/no-face-10s.mp4' },
			onError: 'continueRegularOutput',
		});
		bench.owe(1);
		const [{ taskId } = { taskId: '' }] = bench.simulator.ledger.charges;
		expect(json).toMatchObject([
			{ error: { kind: 'taskFailed', sessionId: taskId, audioUrl: null } },
		]);
	});

	it.each(['dropAfter', 'errorAfter'] as const)(
		'is never sent again after an unclear answer (%s)',
		async (kind) => {
			const { simulator } = bench;
			const fault = simulator.faults.add({
				match: { method: 'POST' },
				times: null,
				action: { kind },
			});
			const result = await bench.run('speech', {
				parameters: { text: HELLO },
				retryOnFail: true,
				maxTries: 3,
			});
			bench.owe(1);
			expect(fault.hits).toBe(1);
			expect(words(result)).toContain(
				'Not sent again, because the first try of the speech ended without a clear answer',
			);
			expect(words(result)).toContain('The first try ended with:');
		},
	);

	it('waits while the service is busy', async () => {
		const fault = bench.simulator.faults.add({
			match: { method: 'POST' },
			times: 2,
			action: { kind: 'error', code: 1303 },
		});
		await bench.succeed('speech', { parameters: { text: HELLO } });
		expect(fault.hits).toBe(2);
	});

	it('is nothing more once an item has failed, although others wait for the service', async () => {
		const refusal = bench.simulator.faults.add({
			match: { method: 'POST' },
			action: { kind: 'error', code: 1201 },
		});
		bench.simulator.faults.add({
			match: { method: 'POST' },
			times: 4,
			action: { kind: 'error', code: 1303 },
		});
		const result = await bench.run('speech', { items: texts(2), parameters });
		expect(refusal.hits).toBe(1);
		expect(told(result).context.serviceCode).toBe(1201);
		expect(charges()).toEqual([]);
	});

	it('waits ten minutes at most, whatever the service asks for', async () => {
		const fault = bench.simulator.faults.add({
			match: { method: 'POST' },
			times: null,
			action: { kind: 'error', code: 1303, retryAfterSeconds: 7200 },
		});
		const from = time.now();
		const result = await bench.run('speech', { parameters: { text: HELLO } });
		expect(result.status).toBe('error');
		expect(fault.hits).toBe(2);
		expect(time.now() - from).toBeLessThan(11 * 60_000);
	});

	it('of a speech that failed is told', async () => {
		const result = await bench.run('speech', { parameters: { text: `${HELLO} [fail]` } });
		expect(words(result)).toContain('could not make the speech');
	});

	it('of other items comes out where the node goes on after a failure', async () => {
		failSecond();
		const { json } = await bench.run('speech', {
			items: texts(3),
			parameters,
			onError: 'continueRegularOutput',
		});
		expect(json.map(({ error }) => error === undefined)).toEqual([true, false, true]);
	});
});
