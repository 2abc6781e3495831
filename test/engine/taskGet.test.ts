/** Task → Get: a task of an earlier run, by its ID; what operations/taskKinds.test.ts does not show for every kind. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { ServiceName } from '../simulator';
import type { RunOptions, RunResult } from './harness';
import { runKling, time } from './kling';
import { expectNoKeys, SERVICES, told, useSimulator, WAYS, words } from './support';

const world = useSimulator();

interface Query extends Partial<Pick<RunOptions, 'items' | 'onError'>> {
	service?: ServiceName;
	credential?: Record<string, string>;
}

async function get(parameters: INodeParameters, query: Query = {}): Promise<RunResult> {
	return await runKling({
		simulator: world.simulator,
		...query,
		parameters: { resource: 'task', operation: 'get', taskKind: 'text2video', ...parameters },
	});
}

/** The ID of a task that was made and not waited for. */
async function make(query: Query = {}, options: INodeParameters = {}): Promise<string> {
	const result = await runKling({
		simulator: world.simulator,
		...query,
		parameters: { waitMode: 'none', ...options },
	});
	const taskId = result.json[0]?.taskId;
	if (typeof taskId !== 'string') throw new Error(`No task was made: ${String(result.error)}`);
	return taskId;
}

describe.each(WAYS)('at $way', ({ service, ...way }) => {
	const query: Query = {
		service,
		...('credential' in way ? { credential: { ...way.credential } } : {}),
	};

	it('puts out the same fields as the operation that made it', async () => {
		const made = await runKling({ simulator: world.simulator, ...query });
		const result = await get({ taskId: String(made.json[0]?.taskId) }, query);
		// Only one service tells what it was asked for.
		const untold = service === 'aceData' ? {} : { model: null, quality: null, prompt: null };
		expect(result.json).toEqual([{ ...made.json[0], ...untold }]);
		expect(world.simulator.ledger.charges).toHaveLength(1);
		expectNoKeys(world.simulator, result);
	});

	it('says so when the task is not known', async () => {
		const unknown =
			service === 'aceData' ? '307c3359-f68a-44e1-bd3b-c5d5a2a2ca0a' : '814237883686625347';
		for (const taskKind of ['text2video', 'find']) {
			const result = await get({ taskId: unknown, taskKind }, query);
			expect(words(result)).toContain('does not know this task');
			expect(words(result)).toContain('Check the task ID');
			expect(words(result)).not.toContain('30 days');
			expect(told(result).context).toMatchObject({ errorKind: 'notFound', taskId: unknown });
		}
	});

	it('fetches the file of a finished task without waiting, unless it is not wanted', async () => {
		const { simulator } = world;
		const taskId = await make(query);
		const [early] = (await get({ taskId }, query)).output;
		expect(early?.json.status).not.toBe('succeed');
		expect(early?.binary).toBeUndefined();
		time.advance(120_000);
		const result = await get({ taskId }, query);
		expect(result.json).toMatchObject([{ taskId, status: 'succeed' }]);
		expect(await result.binary()).toEqual(simulator.videoBytes(taskId));
		const [plain] = (await get({ taskId, download: false }, query)).output;
		expect(plain?.binary).toBeUndefined();
	});

	it('knows a task of which the files are gone', async () => {
		const taskId = await make(query);
		time.advance(40 * 24 * 60 * 60_000);
		const result = await get({ taskId, download: false }, query);
		expect(result.json).toMatchObject([{ taskId, status: 'succeed' }]);
		const late = await get({ taskId }, query);
		expect(words(late)).toMatch(/The link to the result does not work any more.*30 days/);
	});

	it('returns a failed task with its reason, unless it was waited for', async () => {
		const { simulator } = world;
		const taskId = await make(query, { prompt: 'x [fail]' });
		time.advance(120_000);
		const reason = 'Failure to pass the risk control system';
		expect((await get({ taskId }, query)).json).toMatchObject([
			{ status: 'failed', message: reason },
		]);
		const waited = await get({ taskId, waitMode: 'poll' }, query);
		expect(told(waited)).toMatchObject({
			message: `The task failed: ${reason}`,
			context: { taskId },
		});
		expect(simulator.ledger.downloads).toEqual([]);
	});
});

describe('the Task ID', () => {
	it.each(['klingGlobal', 'klingChina', 'relay'] as const)(
		'may be one’s own External Task ID, %s',
		async (service) => {
			const taskId = await make({ service }, { options: { externalTaskId: 'order-12' } });
			const result = await get({ taskId: 'order-12', waitMode: 'poll' }, { service });
			expect(result.json).toMatchObject([
				{ taskId, externalTaskId: 'order-12', status: 'succeed' },
			]);
		},
	);

	it.each([
		[
			'a number that lost its last digits',
			'={{ 829836802793406551 }}',
			/given as text.*lost its last digits/,
		],
		['nothing', '={{ "" }}', /Task ID must not be empty/],
		['an object', '={{ { a: 1 } }}', /Task ID must be an ID as text, not an object: {"a":1}/],
	])('is refused when it is %s', async (_what, taskId, says) => {
		const result = await get({ taskId });
		expect(result.error?.name).toBe('NodeOperationError');
		expect(words(result)).toMatch(says);
		expect(world.simulator.ledger.requests).toEqual([]);
	});

	it('cannot lead to another path', async () => {
		await get({ taskId: '../../../account/costs' });
		const [request] = world.simulator.ledger.requests;
		expect(request?.path).toBe('/v1/videos/text2video/..%2F..%2F..%2Faccount%2Fcosts');
	});

	it.each(SERVICES.flatMap((service) => ['.', '..', '\ud83e'].map((id) => [service, id] as const)))(
		'is refused when it would be a path of its own, %s: %j',
		async (service, taskId) => {
			for (const taskKind of ['text2video', 'find']) {
				const result = await get({ taskId, taskKind, waitMode: 'poll' }, { service });
				expect(words(result)).toContain(`Task ID must be the ID of a task, not "${taskId}"`);
			}
			expect(world.simulator.ledger.requests).toEqual([]);
		},
	);

	it('is read for each item; a failure stays with its item', async () => {
		const one = await make();
		const two = await make();
		const items: IDataObject[] = [{ id: one }, { id: '1' }, { id: two }];
		const result = await get(
			{ taskId: '={{ $json.id }}' },
			{ items, onError: 'continueRegularOutput' },
		);
		expect(result.json).toMatchObject([
			{ taskId: one },
			{ error: { kind: 'notFound', taskId: '1', itemIndex: 1 } },
			{ taskId: two },
		]);
		expect(result.output.map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 1 },
			{ item: 2 },
		]);
	});
});

describe('Made By', () => {
	it('that the service does not offer is refused, naming who does', async () => {
		const result = await get(
			{ taskId: 'Cl6Mq2bftxoAAAAAAA_SxQ', taskKind: 'omni-video' },
			{ service: 'openaiHk' },
		);
		expect(words(result)).toMatch(
			/OpenAI-HK does not offer Video → Generate From Mixed References\..*Kling \(global\)/,
		);
		expect(world.simulator.ledger.requests).toEqual([]);
	});

	it('that does not exist is refused with those that do', async () => {
		const result = await get({ taskId: '1', taskKind: '={{ "magic" }}' });
		expect(words(result)).toMatch(
			/^Made By must be .*\bfind \(Find Automatically\), .* not "magic"/,
		);
	});
});

describe('waiting for a task that does not end', () => {
	it('gives the task ID in the error, or the unfinished task', async () => {
		world.simulator.settings.taskSeconds = 36_000;
		const taskId = await make();
		const late = await get({ taskId, waitMode: 'poll', options: { timeout: 1 } });
		expect(told(late).context).toMatchObject({ taskId, errorKind: 'timedOut' });
		const unfinished = await get({
			taskId,
			waitMode: 'poll',
			options: { timeout: 1, onTimeout: 'return' },
		});
		expect(unfinished.json).toMatchObject([{ taskId, timedOut: true }]);
	});
});

it('retries a look that fails on the way, and gives up with the task ID', async () => {
	const { simulator } = world;
	const taskId = await make();
	simulator.faults.add({ match: { method: 'GET' }, times: 2, action: { kind: 'html' } });
	expect((await get({ taskId })).json).toMatchObject([{ taskId }]);
	simulator.faults.add({ match: { method: 'GET' }, times: null, action: { kind: 'html' } });
	const result = await get({ taskId });
	expect(told(result).context.taskId).toBe(taskId);
	expect(words(result)).not.toContain('made and charged');
});
