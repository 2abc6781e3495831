import type { IDataObject } from 'n8n-workflow';

import { binaryOf } from './harness';
import { runKling } from './kling';
import {
	addedTo,
	createPath,
	creates,
	expectNoKeys,
	sentBody,
	useSimulator,
	WAYS,
} from './support';

const world = useSimulator();

const SIMPLE_FIELDS = [
	'taskId',
	'externalTaskId',
	'kind',
	'status',
	'message',
	'videoUrl',
	'videoId',
	'duration',
	'videos',
	'createdAt',
	'updatedAt',
	'unitsDeducted',
];

/** What the plainest video costs to say, by dialect. */
const PLAIN_BODIES: Record<string, unknown> = {
	official: {
		model_name: 'kling-v2-5-turbo',
		prompt: 'A fox in the snow',
		mode: 'std',
		aspect_ratio: '16:9',
		duration: '5',
	},
	aceData: {
		action: 'text2video',
		model: 'kling-v2-5-turbo',
		prompt: 'A fox in the snow',
		mode: 'std',
		aspect_ratio: '16:9',
		duration: 5,
		async: true,
	},
	openaiHk: {
		model_name: 'kling-v1',
		prompt: 'A fox in the snow',
		mode: 'std',
		aspect_ratio: '16:9',
		duration: '5',
	},
};

describe.each(WAYS)('Video → Generate From Text at $way', ({ service, ...way }) => {
	const credential = 'credential' in way ? { ...way.credential } : {};

	it('sends one exact request and delivers the video', async () => {
		const { simulator } = world;
		const result = await runKling({ simulator, service, credential });
		expect(result.error).toBeUndefined();
		expect(result.status).toBe('success');

		const [create] = creates(simulator);
		expect(create?.path).toBe(createPath(service));
		expect(create?.headers).toMatchObject({
			accept: 'application/json',
			'content-type': 'application/json',
		});
		expect(create?.headers.authorization).toMatch(
			'credential' in way ? /^Bearer jwt / : /^Bearer api-key /,
		);
		expect(sentBody(simulator)).toEqual({
			...((PLAIN_BODIES[service] ?? PLAIN_BODIES.official) as object),
			...addedTo(service),
		});

		const [item] = result.json;
		expect(Object.keys(item ?? {})).toEqual(SIMPLE_FIELDS);
		expect(item).toMatchObject({
			kind: 'text2video',
			status: 'succeed',
			message: '',
			duration: 5.1,
			createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) as string,
		});
		const taskId = String(item?.taskId);
		expect(await result.binary()).toEqual(simulator.videoBytes(taskId));
		expect(binaryOf(result.output[0])).toMatchObject({
			mimeType: 'video/mp4',
			fileName: `kling-${taskId}.mp4`,
			fileExtension: 'mp4',
		});
		expect(result.output[0]?.pairedItem).toEqual({ item: 0 });
		expect(simulator.ledger.charges).toMatchObject([{ taskId, service }]);
		expectNoKeys(simulator, result);
	});

	it('names the task where the service keeps names, and tells that name', async () => {
		const { simulator } = world;
		const result = await runKling({ simulator, service, credential, items: [{}, {}] });
		const sent = creates(simulator).map(({ body }) => (body as IDataObject).external_task_id);
		if (service === 'aceData' || service === 'openaiHk') {
			expect(sent).toEqual([undefined, undefined]);
			return;
		}
		expect(sent.map((id) => String(id).slice(0, 6))).toEqual(['n8n-0-', 'n8n-1-']);
		// new-api keeps it from us.
		if (service !== 'newApi') {
			expect(result.json.map(({ externalTaskId }) => externalTaskId)).toEqual(sent);
		}
	});

	it('makes one video per item, in the order of the items', async () => {
		const { simulator } = world;
		const items = [{ animal: 'fox' }, { animal: 'owl' }, { animal: 'cat' }];
		const result = await runKling({
			simulator,
			service,
			credential,
			items,
			parameters: { prompt: '=A {{ $json.animal }}' },
			after: "={{ $('Start').item.json.animal }}",
		});
		expect(result.status).toBe('success');
		expect(result.after).toEqual(['fox', 'owl', 'cat']);
		const prompts = result.json.map(
			({ taskId }) => simulator.tasks.get(String(taskId))?.request.prompt,
		);
		expect(prompts).toEqual(['A fox', 'A owl', 'A cat']);
		expect(simulator.ledger.charges).toHaveLength(3);
		for (const [place, { taskId }] of result.json.entries()) {
			expect(await result.binary(place)).toEqual(simulator.videoBytes(String(taskId)));
		}
	});

	it('returns the answer of the service as it is when Simplify is off', async () => {
		const { simulator } = world;
		const result = await runKling({
			simulator,
			service,
			credential,
			parameters: { simplify: false },
		});
		const [item] = result.json;
		const [charge] = simulator.ledger.charges;
		expect(JSON.stringify(item)).toContain(charge?.taskId);
		expect(Object.keys(item ?? {}).sort()).toEqual(
			service === 'aceData'
				? expect.arrayContaining(['_id', 'id', 'request', 'response', 'trace_id'])
				: service === 'newApi'
					? ['code', 'data', 'message']
					: ['code', 'data', 'message', 'request_id'],
		);
	});
});

describe('the file', () => {
	it('goes into the binary field of one’s choice', async () => {
		const { simulator } = world;
		const result = await runKling({ simulator, parameters: { binaryField: 'clip' } });
		expect(Object.keys(result.output[0]?.binary ?? {})).toEqual(['clip']);
		expect(await result.binary(0, 'clip')).toEqual(
			simulator.videoBytes(String(result.json[0]?.taskId)),
		);
	});

	it('stays where it is when Download Result is off', async () => {
		const { simulator } = world;
		const result = await runKling({ simulator, parameters: { download: false } });
		expect(result.output[0]?.binary).toBeUndefined();
		expect(result.json[0]?.videoUrl).toContain(simulator.cdnUrl);
		expect(simulator.ledger.downloads).toEqual([]);
	});

	it('can be larger than one chunk', async () => {
		const { simulator } = world;
		simulator.settings.videoPaddingBytes = 3_000_000;
		const result = await runKling({ simulator });
		const expected = simulator.videoBytes(String(result.json[0]?.taskId));
		expect(expected.length).toBeGreaterThan(3_000_000);
		// Comparing byte by byte with a report takes seconds.
		expect((await result.binary()).equals(expected)).toBe(true);
	});
});

describe("Don't Wait", () => {
	it('returns the task at once, without looking, sleeping or downloading', async () => {
		const { simulator } = world;
		const result = await runKling({ simulator, parameters: { waitMode: 'none' } });
		expect(result.json).toMatchObject([{ status: 'submitted', videoUrl: null, videos: [] }]);
		expect(result.output[0]?.binary).toBeUndefined();
		expect(simulator.ledger.requests).toHaveLength(1);
		expect(simulator.ledger.charges).toHaveLength(1);
	});
});
