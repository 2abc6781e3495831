/** Video → Extend: by the id of a video, by that of its task, and by ids that lead nowhere. */
import { model, time } from '../kling';
import { answered, words } from '../support';
import { finishedVideo, hints, lastCreate, bodyOf, useBench } from './support';

const bench = useBench();

const LIKE_OFFICIAL = ['klingGlobal', 'klingChina', 'relay'] as const;

function sentVideoId(): unknown {
	return bodyOf(lastCreate(bench.simulator).rawBody).video_id;
}

function looks(): string[] {
	return bench.simulator.ledger.requests
		.filter(({ method }) => method === 'GET')
		.map(({ path }) => path);
}

describe('with the id of a video', () => {
	it.each(LIKE_OFFICIAL)('sends it as it is, with everything %s takes', async (service) => {
		const { videoId } = await finishedVideo(bench, service);
		const before = looks().length;
		const body = await bench.wire('video-extend', service, {
			videoId: ` ${videoId}\n`,
			prompt: 'It rains',
			options: {
				negativePrompt: 'sun',
				cfgScale: 0.9,
				externalTaskId: 'part-2',
				watermark: true,
				callbackUrl: 'http://127.0.0.1:9/hook',
			},
		});
		expect(body).toEqual({
			video_id: videoId,
			prompt: 'It rains',
			negative_prompt: 'sun',
			cfg_scale: 0.9,
			external_task_id: 'part-2',
			watermark_info: { enabled: true },
			callback_url: 'http://127.0.0.1:9/hook',
		});
		expect(looks()).toHaveLength(before);
	});

	it('extends what was extended, which is longer each time', async () => {
		const { videoId } = await finishedVideo(bench, 'klingGlobal');
		const longer = await bench.succeed('video-extend', { parameters: { videoId } });
		const longest = await bench.succeed('video-extend', {
			parameters: { videoId: String(longer.json[0]?.videoId) },
		});
		expect([longer, longest].map(({ json }) => json[0]?.duration)).toEqual([10.1, 15.1]);
		expect(hints(longest)).toEqual([]);
	});

	it('takes the long numbers of Ace Data Cloud as text, without a look', async () => {
		const { videoId } = await finishedVideo(bench, 'aceData');
		expect(videoId).toMatch(/^\d{18}$/);
		const before = bench.simulator.ledger.requests.length;
		const body = await bench.wire('video-extend', 'aceData', {
			videoId,
			options: { aceModel: 'kling-v1-6', negativePrompt: 'sun', cfgScale: 0.9 },
		});
		expect(body).toEqual({
			action: 'extend',
			model: 'kling-v1-6',
			video_id: videoId,
			negative_prompt: 'sun',
			cfg_scale: 0.9,
			async: true,
		});
		expect(bench.simulator.ledger.requests).toHaveLength(before + 1);
	});

	it('is read for each item', async () => {
		const one = await finishedVideo(bench, 'klingGlobal');
		const two = await finishedVideo(bench, 'klingGlobal');
		const result = await bench.succeed('video-extend', {
			items: [one, two],
			parameters: { videoId: '={{ $json.videoId }}' },
			after: "={{ $('Start').item.json.videoId }}",
		});
		expect(result.after).toEqual([one.videoId, two.videoId]);
		const parents = result.json.map(
			({ taskId }) => bench.simulator.tasks.get(String(taskId))?.parentVideoId,
		);
		expect(parents).toEqual([one.videoId, two.videoId]);
	});
});

describe('with the id of a task', () => {
	it.each([...LIKE_OFFICIAL, 'aceData'] as const)(
		'looks its video up and says so, %s',
		async (service) => {
			const { taskId, videoId } = await finishedVideo(bench, service);
			const result = await bench.succeed('video-extend', {
				service,
				parameters: {
					videoId: taskId,
					options: service === 'aceData' ? { aceModel: 'kling-v1-6' } : {},
				},
			});
			expect(sentVideoId()).toBe(videoId);
			expect(hints(result)).toEqual([
				`${taskId} is the ID of a task, not of a video. Its video ${videoId} was extended. Use videoId instead of taskId to save the look-up.`,
			]);
		},
	);

	it('finds videos that were made by extending', async () => {
		const { videoId } = await finishedVideo(bench, 'klingGlobal');
		const longer = await bench.succeed('video-extend', { parameters: { videoId } });
		await bench.succeed('video-extend', {
			parameters: { videoId: String(longer.json[0]?.taskId) },
		});
		expect(sentVideoId()).toBe(longer.json[0]?.videoId);
	});

	it.each(['klingGlobal', 'aceData'] as const)(
		'refuses one that is not done, %s',
		async (service) => {
			const made = await bench.succeed('text2video', {
				service,
				parameters: { prompt: 'A street', model: model('kling-v1-6'), waitMode: 'none' },
			});
			const taskId = String(made.json[0]?.taskId);
			time.advance(30_000);
			const result = await bench.run('video-extend', { service, parameters: { videoId: taskId } });
			expect(result.error?.name).toBe('NodeOperationError');
			expect(words(result)).toContain(
				`Video ID ${taskId} is the ID of a task whose status is processing and that has no video to extend`,
			);
			expect(words(result)).toContain('Wait until the task is done');
		},
	);

	it('refuses one that made a picture', async () => {
		const made = await bench.succeed('image-generation', { parameters: { prompt: 'A fox' } });
		const result = await bench.run('video-extend', {
			parameters: { videoId: String(made.json[0]?.taskId) },
		});
		expect(words(result)).toContain('whose status is succeed and that has no video to extend');
	});
});

describe('with an id that leads nowhere', () => {
	it.each([
		['814237883686625347', 'a number that no task has'],
		['cb6a5273-e12b-4731-98e7-c6fd45302027', 'a video that nobody made'],
	])('%s: lets the service speak', async (videoId) => {
		const result = await bench.run('video-extend', { parameters: { videoId } });
		expect(result.error?.name).toBe('NodeApiError');
		expect(words(result)).toContain(`Video not found by id: ${videoId}`);
	});

	it.each([
		['an internal error', { kind: 'error', code: 5000 }],
		['a bare internal error', answered(500, { code: 5000, message: 'x' })],
		['a lack of rights', answered(403, { code: 1103, message: 'x' })],
		['a cut connection', { kind: 'dropBefore' }],
	] as const)(
		'is not sent as the ID of a video when the look-up fails by %s',
		async (_why, action) => {
			const { simulator } = bench;
			simulator.faults.add({ match: { method: 'GET' }, times: null, action });
			const videoId = '814237883686625347';
			const result = await bench.run('video-extend', { parameters: { videoId } });
			expect(result.status).toBe('error');
			expect(simulator.ledger.requests.map(({ method }) => method)).not.toContain('POST');
			expect(simulator.ledger.charges).toEqual([]);
		},
	);

	it.each([
		['={{ "" }}', 'Video ID must not be empty'],
		['={{ $json.missing }}', 'Video ID must not be empty'],
		[
			'={{ 842566592663294013 }}',
			'Video ID must be given as text: as a number it has lost its last digits',
		],
	])('%s is refused', async (videoId, says) => {
		await bench.refused('video-extend', { parameters: { videoId }, says: [says] });
	});
});

describe('what cannot be extended', () => {
	it('is refused by the service, in its words, and costs nothing', async () => {
		const made = await bench.succeed('text2video', {
			parameters: { prompt: 'x', download: false },
		});
		const result = await bench.run('video-extend', {
			parameters: { videoId: String(made.json[0]?.videoId) },
		});
		expect(words(result)).toContain(
			'Video extension is not supported for videos of model kling-v2-5-turbo',
		);
	});

	it.each([
		[
			'klingGlobal',
			{ options: { aceModel: 'kling-v1-6' } },
			/Kling \(global\) does not offer Model \(Ace Data Cloud\) for Video → Extend\. Services that do: Ace Data Cloud/,
		],
		[
			'aceData',
			{ options: { aceModel: 'kling-v3' } },
			/Model kling-v3 does not offer Video → Extend/,
		],
		[
			'aceData',
			{ options: { watermark: true } },
			/Ace Data Cloud does not offer Watermark for Video → Extend/,
		],
		['klingGlobal', { options: { cfgScale: 1.5 } }, /CFG Scale must be a number from 0 to 1/],
		['klingGlobal', { prompt: 'x'.repeat(2501) }, /Prompt must have at most 2500 characters/],
	] as const)('is refused before anything is sent: %s %j', async (service, parameters, says) => {
		await bench.refused('video-extend', {
			service,
			parameters: {
				videoId:
					service === 'aceData' ? '842566592663294013' : 'cb6a5273-e12b-4731-98e7-c6fd45302027',
				...parameters,
			},
			says: [says],
		});
	});
});
