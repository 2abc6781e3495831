/** A user's own External Task ID, and Reuse Existing Task: a workflow that may be run again as often as one likes. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { RunResult } from './harness';
import { runKling, slept, time } from './kling';
import type { KlingRun } from './kling';
import { creates, looks, told, useSimulator, words } from './support';

const world = useSimulator();

const NAMED = ['klingGlobal', 'klingChina', 'relay'] as const;
const REUSE = { externalTaskId: 'order-7', reuseTask: true };

async function order(options: INodeParameters, more: Partial<KlingRun> = {}): Promise<RunResult> {
	const { parameters, ...rest } = more;
	return await runKling({
		simulator: world.simulator,
		...rest,
		parameters: { options, ...parameters },
	});
}

function paid(): string[] {
	return world.simulator.ledger.charges.map(({ taskId }) => taskId);
}

/** The External Task IDs that were sent, in order. */
function names(): unknown[] {
	return creates(world.simulator).map(({ body }) => (body as IDataObject).external_task_id);
}

describe.each(NAMED)('Reuse Existing Task at %s', (service) => {
	it('takes the task that another execution has made, without sending anything', async () => {
		const { simulator } = world;
		const first = await order(REUSE, { service });
		const [made] = paid();
		const before = simulator.ledger.requests.length;
		const second = await order(REUSE, { service });
		expect(second.executionId).not.toBe(first.executionId);
		expect(second.json).toEqual(first.json);
		expect(second.json).toMatchObject([{ taskId: made, externalTaskId: 'order-7' }]);
		expect(await second.binary()).toEqual(simulator.videoBytes(made ?? ''));
		expect(paid()).toHaveLength(1);
		const sent = simulator.ledger.requests.slice(before).map(({ method }) => method);
		expect(sent).toEqual(['GET']);
	});

	it('waits for the task if it is still running', async () => {
		await order(REUSE, { service, parameters: { waitMode: 'none' } });
		const result = await order(REUSE, { service });
		expect(result.json).toMatchObject([{ taskId: paid()[0], status: 'succeed' }]);
		expect(paid()).toHaveLength(1);
	});

	it('makes one task for two items of the same name', async () => {
		const result = await order(REUSE, { service, items: [{}, {}, {}] });
		const [made] = paid();
		expect(result.json.map(({ taskId }) => taskId)).toEqual([made, made, made]);
		expect(paid()).toHaveLength(1);
	});

	it('makes one task per name otherwise', async () => {
		const options = { ...REUSE, externalTaskId: '={{ $json.name }}' };
		const items = [{ name: 'a' }, { name: 'b' }, { name: 'a' }];
		const result = await order(options, { service, items });
		const [a, b] = paid();
		expect(result.json.map(({ taskId }) => taskId)).toEqual([a, b, a]);
		expect(paid()).toHaveLength(2);
	});

	it.each(['dropAfter', 'errorAfter', 'dropBefore'] as const)(
		'ends with one task when the answer to the create is lost (%s)',
		async (kind) => {
			const { simulator } = world;
			simulator.faults.add({ match: { method: 'POST' }, action: { kind } });
			// A relay may take the same name twice, so there a person has to decide; here it is another execution.
			if (service === 'relay') await order(REUSE, { service, onError: 'continueRegularOutput' });
			const result = await order(REUSE, { service });
			expect(result.json).toMatchObject([{ taskId: paid()[0], status: 'succeed' }]);
			expect(paid()).toHaveLength(1);
		},
	);

	it('sends nothing while the service cannot say whether there is a task', async () => {
		const { simulator } = world;
		const match = { method: 'GET' };
		const fault = simulator.faults.add({ match, times: null, action: { kind: 'html' } });
		const result = await order(REUSE, { service, retryOnFail: true, maxTries: 2 });
		expect(words(result)).toContain('HTTP status 502');
		expect(words(result)).not.toContain('charged');
		expect(creates(simulator)).toEqual([]);
		fault.remove();
		expect((await order(REUSE, { service })).json).toMatchObject([{ status: 'succeed' }]);
	});

	it('hands out the task of that name although the parameters differ', async () => {
		await order(REUSE, { service, parameters: { prompt: 'A fox' } });
		const result = await order(REUSE, { service, parameters: { prompt: 'An owl' } });
		expect(result.json).toMatchObject([{ taskId: paid()[0] }]);
	});

	it('tells of a task that failed, and makes no other: its name is taken for good', async () => {
		const failing = { service, parameters: { prompt: 'x [fail]' } };
		await order(REUSE, failing);
		const result = await order(REUSE, { ...failing, retryOnFail: true, maxTries: 3 });
		expect(told(result)).toMatchObject({
			message: expect.stringContaining('The task failed') as string,
			context: { taskId: paid()[0] },
		});
		expect(paid()).toHaveLength(1);
	});
});

it('Reuse Existing Task with Don’t Wait hands out the task as it is', async () => {
	const parameters = { waitMode: 'none' };
	const first = await order(REUSE, { parameters });
	time.advance(120_000);
	const second = await order(REUSE, { parameters });
	expect(first.json).toMatchObject([{ taskId: paid()[0], status: 'submitted' }]);
	expect(second.json).toMatchObject([{ taskId: paid()[0], status: 'succeed' }]);
	expect(slept).toEqual([]);
	expect(paid()).toHaveLength(1);
});

describe('Reuse Existing Task without a name to find the task by', () => {
	it.each<[string, INodeParameters]>([
		['none', {}],
		['an empty one', { externalTaskId: '' }],
	])('is refused before anything is sent (%s)', async (_what, options) => {
		const result = await order({ ...options, reuseTask: true });
		expect(result.error?.name).toBe('NodeOperationError');
		expect(told(result).message).toContain('Reuse Existing Task needs an External Task ID');
		expect(told(result).context.itemIndex).toBe(0);
		expect(world.simulator.ledger.requests).toEqual([]);
	});

	it('spoils that item alone where the workflow goes on', async () => {
		const options = { externalTaskId: '={{ $json.name }}', reuseTask: true };
		const items = [{ name: 'a' }, { name: '' }];
		const result = await order(options, { items, onError: 'continueRegularOutput' });
		expect(result.json).toMatchObject([
			{ status: 'succeed', externalTaskId: 'a' },
			{ error: { kind: 'invalidInput', taskId: null, itemIndex: 1 } },
		]);
		expect(paid()).toHaveLength(1);
	});
});

describe('an External Task ID of blanks, or a number,', () => {
	it('is none, or one as text', async () => {
		const blank = await order({ externalTaskId: '  ', reuseTask: true });
		expect(told(blank).message).toContain('Reuse Existing Task needs an External Task ID');
		await order({ externalTaskId: ' order-7 ' });
		const items = [{ number: 4711 }];
		await order({ externalTaskId: '={{ $json.number }}' }, { items });
		expect(names()).toEqual(['order-7', '4711']);
	});
});

it.each(['aceData', 'openaiHk'] as const)(
	'Reuse Existing Task is refused at %s, which keeps no names',
	async (service) => {
		const result = await order(REUSE, { service });
		expect(words(result)).toMatch(/does not offer External Task ID .*Kling \(global\)/);
		expect(world.simulator.ledger.requests).toEqual([]);
	},
);

describe.each(NAMED)('an External Task ID at %s', (service) => {
	it('that was used before is refused; nothing is charged, and the way out is told', async () => {
		const options = { externalTaskId: 'order-7' };
		await order(options, { service });
		const result = await order(options, { service });
		expect(result.status).toBe('error');
		expect(told(result).description).toContain('External_task_id order-7 already exists');
		expect(told(result).description).toContain('give another one, or turn on Reuse Existing Task');
		expect(words(result)).not.toContain('charged');
		expect(paid()).toHaveLength(1);
	});

	it('of two items is refused for the second, and the first keeps its task', async () => {
		const options = { externalTaskId: 'order-7' };
		const result = await order(options, {
			service,
			items: [{}, {}],
			onError: 'continueRegularOutput',
		});
		expect(result.json).toMatchObject([
			{ taskId: paid()[0], status: 'succeed' },
			{ error: { taskId: null, kind: 'refused' } },
		]);
		expect(paid()).toHaveLength(1);
	});

	it('goes out as it was given, in its option or among the additional fields', async () => {
		await order({ externalTaskId: 'order-7' }, { service });
		await order({ additionalFields: '{"external_task_id": "order-8"}' }, { service });
		expect(names()).toEqual(['order-7', 'order-8']);
	});

	it('finds the task when the answer to the create is lost', async () => {
		const { simulator } = world;
		simulator.faults.add({ match: { method: 'POST' }, action: { kind: 'dropAfter' } });
		const result = await order({ externalTaskId: 'order/7' }, { service });
		expect(result.json).toMatchObject([{ taskId: paid()[0], externalTaskId: 'order/7' }]);
		expect(looks(simulator)[0]?.path).toMatch(/\/order%2F7$/);
		expect(paid()).toHaveLength(1);
	});
});

describe('the retry of an execution that crashed, at a relay, which may take a name twice,', () => {
	const options = { externalTaskId: 'order-7' };
	const run = { service: 'relay', mode: 'retry' } as const;

	it('looks for the task by its name', async () => {
		world.simulator.settings.takesExternalIdsAgain = true;
		await order(options, { service: 'relay' });
		const result = await order(options, run);
		expect(result.json).toMatchObject([{ taskId: paid()[0], status: 'succeed' }]);
		expect(paid()).toHaveLength(1);
	});

	it('makes another where that one has failed', async () => {
		world.simulator.settings.takesExternalIdsAgain = true;
		await order(options, { service: 'relay', parameters: { prompt: 'x [fail]' } });
		const result = await order(options, run);
		expect(result.json).toMatchObject([{ taskId: paid()[1], status: 'succeed' }]);
	});
});

describe('an External Task ID that belongs to an older task, without Reuse Existing Task', () => {
	const options = { externalTaskId: 'order-9' };

	async function orderAnewAfterADay(service: (typeof NAMED)[number]): Promise<RunResult> {
		const { simulator } = world;
		await order(options, { service });
		time.advance(24 * 60 * 60 * 1000);
		simulator.faults.add({ service, match: { method: 'POST' }, action: { kind: 'html' } });
		return await order(options, { service });
	}

	it.each(['klingGlobal', 'klingChina'] as const)(
		'is not taken for what an unclear create has made at %s, which refuses the name',
		async (service) => {
			const result = await orderAnewAfterADay(service);
			expect(result.status).toBe('error');
			expect(words(result)).toContain('A task with this External Task ID exists');
			expect(paid()).toHaveLength(1);
		},
	);

	it('leaves an unclear create unclear at a relay', async () => {
		const result = await orderAnewAfterADay('relay');
		expect(result.status).toBe('error');
		expect(words(result)).toContain('may have been made and charged');
	});
});
