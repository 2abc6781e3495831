/** Items tell what their task was asked for: which model made it, in which quality, from which prompt. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { ServiceName } from '../simulator';
import { model, optionsFor, runKling, time } from './kling';
import { callWebhook } from './harness';
import { SERVICES, useSimulator } from './support';
import { useSuspension } from './suspension';

const world = useSimulator();
const { suspend, pass } = useSuspension(world);

const WORDS = 'A fox in the snow';

function asked({ model: name, quality, prompt, duration }: IDataObject = {}): IDataObject {
	return { model: name, quality, prompt, duration };
}

function defaultOf(service: ServiceName): string {
	return service === 'openaiHk' ? 'kling-v1' : 'kling-v2-5-turbo';
}

async function get(taskId: unknown, service: ServiceName): Promise<IDataObject | undefined> {
	const parameters = { resource: 'task', operation: 'get', taskId: String(taskId) };
	return (await runKling({ simulator: world.simulator, service, parameters })).json[0];
}

describe.each(SERVICES)('at %s', (service) => {
	const expected = { model: defaultOf(service), quality: 'std', prompt: WORDS };

	it('a task that was waited for tells the model that Default for the Service stood for', async () => {
		const { json } = await runKling({ simulator: world.simulator, service });
		expect(json).toMatchObject([expected]);
		expect(json[0]?.duration).toBeGreaterThanOrEqual(5);
	});

	it('one that nobody waits for tells the duration that was asked for', async () => {
		const parameters = { waitMode: 'none' };
		const { json } = await runKling({ simulator: world.simulator, service, parameters });
		expect(json).toMatchObject([{ ...expected, duration: 5, videoUrl: null }]);
	});

	it('a suspended run tells the same as one that polled', async () => {
		const { simulator } = world;
		const items = ['one', 'two'].map((word) => ({ word }));
		const parameters: INodeParameters = {
			prompt: '={{ $json.word }}',
			quality: "={{ $json.word === 'two' ? 'pro' : 'std' }}",
			model: model(service === 'openaiHk' ? 'kling-v1' : 'kling-v2-6'),
			duration: 10,
		};
		const polled = await runKling({ simulator, service, items, parameters });
		const { first, whenOver } = await suspend({ service, items, parameters });
		expect(first.status).toBe('waiting');
		expect(first.json.map(asked)).toMatchObject([{ prompt: 'one' }, { prompt: 'two' }]);
		await pass(70);
		const resumed = await whenOver;
		expect(resumed.json.map(asked)).toEqual(polled.json.map(asked));
		expect(resumed.json).toMatchObject([
			{ prompt: 'one', quality: 'std' },
			{ prompt: 'two', quality: 'pro' },
		]);
	});
});

it('images tell no duration', async () => {
	const parameters = { resource: 'image', operation: 'image-generation', prompt: 'A rabbit' };
	const { json } = await runKling({ simulator: world.simulator, parameters });
	expect(json).toMatchObject([{ prompt: 'A rabbit', quality: null }]);
	expect(json[0]).not.toHaveProperty('duration');
	expect(json[0]?.model).toMatch(/^kling-/);
});

describe('a task of an earlier run', () => {
	const made = async (service: ServiceName) => {
		const parameters = { model: model('kling-v1-6'), quality: 'pro' };
		const { json } = await runKling({ simulator: world.simulator, service, parameters });
		return json[0];
	};

	it('tells what the service tells of the request: Ace Data Cloud all of it', async () => {
		const before = await made('aceData');
		expect(asked(await get(before?.taskId, 'aceData'))).toEqual(asked(before));
	});

	it('tells nothing that the service does not', async () => {
		const before = await made('klingGlobal');
		const { duration } = before ?? {};
		const unknown = { model: null, quality: null, prompt: null, duration };
		expect(asked(await get(before?.taskId, 'klingGlobal'))).toEqual(unknown);
	});
});

it('the units of a task are a number', async () => {
	const { json } = await runKling({ simulator: world.simulator });
	expect(json[0]?.unitsDeducted).toEqual(expect.any(Number));
	const there = await runKling({ simulator: world.simulator, service: 'aceData' });
	expect(there.json).toMatchObject([{ unitsDeducted: null }]);
});

it.each([
	['before items told this', 1, null],
	['before files had a largest size', 2, expect.any(String) as string],
])('an execution that was suspended %s goes on', async (_when, version, prompt) => {
	const { simulator } = world;
	const { first } = await suspend();
	time.advance(70_000);
	const stored = structuredClone(first.runExecutionData);
	const { klingSuspended } = stored.executionData?.contextData['node:Kling'] as {
		klingSuspended: { v: number; items: IDataObject[] };
	};
	klingSuspended.v = version;
	for (const item of klingSuspended.items) {
		if (version < 2) delete item.asked;
		delete (item.output as IDataObject).maxFileBytes;
	}
	const run = optionsFor({ simulator, executionId: first.executionId });
	const { result } = await callWebhook(run, stored, {});
	expect(result.workflowData).toMatchObject([[{ json: { status: 'succeed', prompt } }]]);
});
