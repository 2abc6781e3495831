import type { IDataObject } from 'n8n-workflow';

import type { ServiceName } from '../simulator';
import { runKling } from './kling';
import { addedTo, creates, sentBody, useSimulator, WAYS } from './support';

const world = useSimulator();

/** What leaves when nothing but a prompt is entered. */
const PLAIN_BODIES: Partial<Record<ServiceName, object>> = {
	klingGlobal: {
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

	it('returns the answer of the service as it is when Simplify is off', async () => {
		const { simulator } = world;
		const result = await runKling({
			simulator,
			service,
			credential,
			parameters: { options: { simplify: false } },
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

it.each(Object.entries(PLAIN_BODIES))(
	'the plainest video, in the words of %s',
	async (name, body) => {
		const { simulator } = world;
		const service = name as ServiceName;
		await runKling({ simulator, service, parameters: { waitMode: 'none' } });
		expect(sentBody(simulator)).toEqual({ ...body, ...addedTo(service) });
		expect(simulator.ledger.charges).toMatchObject([{ service }]);
	},
);

it('makes one video per item, in the order of the items', async () => {
	const { simulator } = world;
	const items = [{ animal: 'fox' }, { animal: 'owl' }, { animal: 'cat' }];
	const result = await runKling({
		simulator,
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
	for (const [index, { taskId }] of result.json.entries()) {
		expect(await result.binary(index)).toEqual(simulator.videoBytes(String(taskId)));
	}
});

describe('the file', () => {
	it('goes into the binary field of one’s choice', async () => {
		const { simulator } = world;
		const result = await runKling({ simulator, parameters: { options: { binaryField: 'clip' } } });
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
