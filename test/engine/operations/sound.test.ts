/** Audio → Generate Sound and Video → Add Sound: parameters on the wire, every way to wait, and what comes out. */
import type { INodeParameters } from 'n8n-workflow';

import { binaryOf } from '../harness';
import { time } from '../kling';
import { words } from '../support';
import { useSuspension } from '../suspension';
import { endedTask, finish, order, post, started, startTrigger } from '../trigger';
import { bodyOf, CLIP, finishedVideo, lastCreate, useBench, type Refusal } from './support';

const bench = useBench({ slots: 20 });
const { whenResumed } = useSuspension(bench);

const LIKE_OFFICIAL = ['klingGlobal', 'klingChina', 'relay'] as const;
const HOOK = 'http://127.0.0.1:9/hook';
const rain = (more: INodeParameters = {}): INodeParameters => ({
	prompt: 'Rain on a tin roof',
	...more,
});
const clip = (more: INodeParameters = {}): INodeParameters => ({
	videoSource: 'url',
	videoUrl: CLIP,
	...more,
});

describe('on the wire', () => {
	it.each(LIKE_OFFICIAL)('everything that %s takes for a sound', async (service) => {
		const body = await bench.wire('text-to-audio', service, {
			...rain({ duration: 4.5 }),
			options: {
				externalTaskId: 'rain-1',
				callbackUrl: HOOK,
				additionalFields: '{"seed": 7}',
			},
		});
		expect(body).toEqual({
			prompt: 'Rain on a tin roof',
			duration: 4.5,
			external_task_id: 'rain-1',
			callback_url: HOOK,
			seed: 7,
		});
	});

	it.each(LIKE_OFFICIAL)('everything that %s takes for the sound of a video', async (service) => {
		const body = await bench.wire('video-to-audio', service, {
			...clip({ soundEffectPrompt: 'Wind', bgmPrompt: 'Calm piano' }),
			options: { asmrMode: true, externalTaskId: 'wind-1', callbackUrl: HOOK },
		});
		expect(body).toEqual({
			video_url: CLIP,
			sound_effect_prompt: 'Wind',
			bgm_prompt: 'Calm piano',
			asmr_mode: true,
			external_task_id: 'wind-1',
			callback_url: HOOK,
		});
	});

	it.each([
		['={{ 3 }}', 3],
		['={{ "10" }}', 10],
		['={{ "3.3 s" }}', 3.3],
		['={{ 1.1 * 3 }}', 3.3],
	])('a length of %s is the number %d', async (duration, expected) => {
		const body = await bench.wire('text-to-audio', 'klingGlobal', rain({ duration }));
		expect(body.duration).toBe(expected);
	});
});

describe('which video gets a sound', () => {
	const sent = () => bodyOf(lastCreate(bench.simulator).rawBody);

	it.each(LIKE_OFFICIAL)('one by the id of its task, which is looked up, %s', async (service) => {
		const { taskId, videoId } = await finishedVideo(bench, service);
		const result = await bench.succeed('video-to-audio', {
			service,
			parameters: { videoId: taskId },
		});
		expect(sent()).toMatchObject({ video_id: videoId });
		expect(sent()).not.toHaveProperty('video_url');
		const hints = (result.runData.Kling ?? []).flatMap(({ hints: found }) => found ?? []);
		expect(hints.map(({ message }) => message)).toEqual([
			`${taskId} is the ID of a task, not of a video. Its video ${videoId} was given sound. Use videoId instead of taskId to save the look-up.`,
		]);
	});

	it('the one that came out of the same operation before', async () => {
		const first = await bench.succeed('video-to-audio', { parameters: clip() });
		const videoId = String(first.json[0]?.videoId);
		await bench.succeed('video-to-audio', { parameters: { videoId } });
		expect(sent()).toMatchObject({ video_id: videoId });
	});

	it('that of the incoming item, by its link or as the whole item', async () => {
		const items = [{ videoUrl: CLIP }, { videoUrl: CLIP, videoId: 'x' }];
		const parameters = clip({ videoUrl: '={{ $json.videoId ? $json : $json.videoUrl }}' });
		await bench.succeed('video-to-audio', { items, parameters });
		const bodies = bench.simulator.ledger.charges.map(
			({ taskId }) => bench.simulator.tasks.get(taskId)?.request.video_url,
		);
		expect(bodies).toEqual([CLIP, CLIP]);
	});

	it('none of sound alone', async () => {
		const { json } = await bench.succeed('text-to-audio', { parameters: rain() });
		const result = await bench.run('video-to-audio', {
			parameters: { videoId: String(json[0]?.taskId) },
		});
		expect(words(result)).toContain('and that has no video to add sound to');
	});

	it('none that is too long, in the words of the service', async () => {
		const { simulator } = bench;
		const { taskId, videoId } = await finishedVideo(bench, 'klingGlobal');
		simulator.tasks.get(taskId)!.seconds = 25;
		const result = await bench.run('video-to-audio', { parameters: { videoId } });
		expect(words(result)).toContain('The duration of the video must be between 3 and 20 seconds');
	});
});

describe('refused before anything is sent', () => {
	const SOUND: Refusal[] = [
		{ why: 'no prompt', parameters: { prompt: ' ' }, says: ['Prompt must not be empty'] },
		{
			why: 'a long prompt',
			parameters: { prompt: 'x'.repeat(201) },
			says: ['Prompt must have at most 200 characters, not 201'],
		},
		...[2.9, 10.1].map((duration) => ({
			why: `${duration} s`,
			parameters: rain({ duration: `={{ ${duration} }}` }),
			says: [`Duration must be a number from 3 to 10, not ${duration}`],
		})),
		{
			why: 'hundredths',
			parameters: rain({ duration: '={{ 4.55 }}' }),
			says: ['Duration must have at most one digit behind the point, not 4.55'],
		},
	];
	it.each(SOUND)('a sound with $why', async (refusal) => {
		await bench.refused('text-to-audio', refusal);
	});

	const OF_VIDEO: Refusal[] = [
		{ why: 'no id', parameters: { videoId: '={{ "" }}' }, says: ['Video ID must not be empty'] },
		{
			why: 'no address',
			parameters: clip({ videoUrl: '={{ "" }}' }),
			says: ['Video URL must not be empty'],
		},
		{
			why: 'a file name',
			parameters: clip({ videoUrl: 'clip.mp4' }),
			says: ['Video URL must be a web address that begins with https:// or http://'],
		},
		{
			why: 'a long sound effect prompt',
			parameters: clip({ soundEffectPrompt: 'x'.repeat(201) }),
			says: ['Sound Effect Prompt must have at most 200 characters, not 201'],
		},
		{
			why: 'a long music prompt',
			parameters: clip({ bgmPrompt: 'x'.repeat(201) }),
			says: ['Background Music Prompt must have at most 200 characters, not 201'],
		},
	];
	it.each(OF_VIDEO)('the sound of a video with $why', async (refusal) => {
		await bench.refused('video-to-audio', refusal);
	});
});

/** What an item tells of a finished task. */
const SOUND_ITEM = {
	kind: 'text-to-audio',
	status: 'succeed',
	prompt: 'Rain on a tin roof',
	duration: 4.5,
	unitsDeducted: 0.25,
	audioUrl: expect.stringContaining('.mp3?') as string,
	wavUrl: expect.stringContaining('.wav?') as string,
	audioId: expect.any(String) as string,
};
const VIDEO_ITEM = {
	kind: 'video-to-audio',
	status: 'succeed',
	duration: 5.1,
	unitsDeducted: 0.25,
	videoUrl: expect.stringContaining('.mp4?') as string,
	videoId: expect.any(String) as string,
	audioUrl: expect.stringContaining('.mp3?') as string,
	wavUrl: expect.stringContaining('.wav?') as string,
	audios: [{ duration: 5 }],
};

describe.each([
	['text-to-audio', rain({ duration: 4.5 }), SOUND_ITEM, ['data']],
	['video-to-audio', clip(), VIDEO_ITEM, ['data', 'data_1']],
] as const)('%s', (operation, parameters, told, fields) => {
	const resource = operation === 'text-to-audio' ? 'audio' : 'video';

	it.each(['klingGlobal', 'relay'] as const)(
		'goes on with its result after being suspended, at %s',
		async (service) => {
			const { simulator } = bench;
			const result = await whenResumed({
				service,
				parameters: { ...parameters, resource, operation },
			});
			bench.owe(1);
			expect(result.json).toMatchObject([told]);
			expect(Object.keys(result.output[0]?.binary ?? {})).toEqual(fields);
			expect(await result.binary(0, fields.at(-1))).toEqual(
				simulator.audioBytes(String(result.json[0]?.taskId)),
			);
		},
	);

	it('comes at once without waiting, and is fetched later', async () => {
		const made = await bench.succeed(operation, {
			parameters: { ...parameters, waitMode: 'none' },
		});
		const nothing = {
			status: 'submitted',
			audioUrl: null,
			wavUrl: null,
			audioId: null,
			audios: [],
		};
		expect(made.json).toMatchObject([nothing]);
		expect(made.output[0]?.binary).toBeUndefined();
		time.advance(70_000);
		const taskId = String(made.json[0]?.taskId);
		const { prompt: _, ...lasting } = { prompt: null, ...told };
		const result = await bench.succeed('get', { parameters: { taskId } });
		expect(result.json).toMatchObject([lasting]);
		expect(Object.keys(result.output[0]?.binary ?? {})).toEqual(fields);
	});

	it('of several items is asked for together, and told the same', async () => {
		const items = [{}, {}, {}];
		const result = await bench.succeed(operation, { items, parameters });
		expect(result.json).toMatchObject([told, told, told]);
		const together = bench.simulator.ledger.requests.filter(({ path }) => path === '/tasks');
		expect(together.length).toBeGreaterThan(0);
		for (const [index, { taskId }] of result.json.entries()) {
			expect(await result.binary(index, fields.at(-1))).toEqual(
				bench.simulator.audioBytes(String(taskId)),
			);
		}
	});

	it('is put out as the service tells it, without Simplify', async () => {
		const result = await bench.succeed(operation, {
			parameters: { ...parameters, options: { simplify: false } },
		});
		expect(result.json).toMatchObject([
			{ data: { task_result: { audios: [{ duration_mp3: expect.any(String) as string }] } } },
		]);
	});

	it('that cannot be downloaded leaves its link', async () => {
		bench.simulator.faults.add({
			service: 'cdn',
			times: null,
			action: { kind: 'status', status: 404 },
		});
		const result = await bench.run(operation, { parameters, onError: 'continueRegularOutput' });
		bench.owe(1);
		expect(result.json).toMatchObject([
			{ error: { kind: 'download', audioUrl: expect.stringContaining('.mp3?') as string } },
		]);
	});

	it('that fails tells why', async () => {
		const given = operation === 'text-to-audio' ? 'prompt' : 'soundEffectPrompt';
		const result = await bench.run(operation, { parameters: { ...parameters, [given]: '[fail]' } });
		bench.owe(1);
		expect(words(result)).toContain('The task failed: Failure to pass the risk control system');
		expect(bench.simulator.ledger.refunds).toMatchObject([{ units: 0.25 }]);
	});

	it.each([true, false])(
		'starts a workflow that the trigger lets in by Made By (%s)',
		async (isChosen) => {
			const { simulator } = bench;
			const kinds = isChosen ? [operation] : ['text2video'];
			const trigger = await startTrigger(simulator, { parameters: { more: { kinds } } });
			const run = { ...parameters, resource, operation };
			await finish(simulator, trigger, await order(simulator, trigger, { parameters: run }));
			bench.owe(1);
			const { prompt: _, ...lasting } = { prompt: null, ...told };
			expect(started(trigger)).toMatchObject(isChosen ? [lasting] : []);
		},
	);

	it('is found by the trigger in all places', async () => {
		const { simulator } = bench;
		const { id, search } = await endedTask(simulator, { ...parameters, resource, operation });
		bench.owe(1);
		const query = new URLSearchParams(search);
		expect(query.get('kind')).toBe(operation);
		query.delete('kind');
		const trigger = await startTrigger(simulator);
		const claim = { task_id: id, task_status: 'succeed' };
		await post(trigger, `${trigger.url}?${query.toString()}`, claim);
		expect(started(trigger)).toMatchObject([{ taskId: id, kind: operation }]);
	});
});

it('the file of a sound is named as what came', async () => {
	const result = await bench.succeed('text-to-audio', { parameters: rain() });
	const taskId = String(result.json[0]?.taskId);
	expect(binaryOf(result.output[0])).toMatchObject({
		mimeType: 'audio/mpeg',
		fileName: `kling-${taskId}.mp3`,
	});
	expect(result.json[0]?.duration).toBe(5);
});
