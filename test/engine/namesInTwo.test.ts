/** An External Task ID of one's own that several items have, or that stands in an odd place. */
import type { INodeParameters } from 'n8n-workflow';

import { model, hooks, runKling, startKling, time } from './kling';
import type { KlingRun } from './kling';
import { retriable } from './again';
import { answered, MAYBE_PAID, meet, useSimulator, words } from './support';

const world = useSimulator({ slots: 30 });
const EXECUTION = { executionId: '77', resumeToken: 'the-token-of-this-execution' };
const OPTIONS = { externalTaskId: 'order-7' };
const GOODS: INodeParameters = {
	resource: 'video',
	operation: 'goods-studio',
	imagesSource: 'rows',
	images: { image: [{ value: 'https://pictures.example.com/fox.jpg' }] },
	productTitle: '={{ $json.p ?? "Steel mug" }}',
};
const paid = () => world.simulator.ledger.charges.map(({ taskId }) => taskId);
const TWO = [{ p: 'fox' }, { p: 'owl' }];

describe('the same one for two items, and no clear answer to the second create', () => {
	it.each([
		['official Kling, which takes a name once', { kind: 'dropBefore' }, 'klingGlobal', {}],
		['a relay that takes a name twice', { kind: 'dropAfter' }, 'relay', {}],
		['Solutions', { kind: 'dropAfter' }, 'klingGlobal', GOODS],
	] as const)(
		'does not give the second item the task of the first: %s',
		async (_where, action, service, more) => {
			const { simulator } = world;
			simulator.settings.takesExternalIdsAgain = action.kind === 'dropAfter';
			simulator.faults.add({ match: { method: 'POST' }, after: 1, action });
			const parameters = { prompt: '={{ $json.p }}', ...more, options: OPTIONS };
			const result = await runKling({ simulator, service, items: TWO, parameters });
			expect(result.status).toBe('error');
			const isTaken = action.kind === 'dropBefore';
			expect(words(result)).toContain(
				isTaken ? 'A task with this External Task ID exists' : MAYBE_PAID,
			);
			expect(paid()).toHaveLength(isTaken ? 1 : 2);
		},
	);
});

it.each(['klingGlobal', 'relay'] as const)(
	'the second item does not find the task of the first at a later try, at %s',
	async (service) => {
		const { simulator } = world;
		const isRelay = service === 'relay';
		simulator.settings.takesExternalIdsAgain = isRelay;
		const action = { kind: isRelay ? 'dropAfter' : 'dropBefore' } as const;
		simulator.faults.add({ match: { method: 'POST' }, after: 1, action });
		const silent = simulator.faults.add({
			match: { method: 'GET' },
			times: null,
			action: { kind: 'html' },
		});
		const parameters = { waitMode: 'none', prompt: '={{ $json.p }}', options: OPTIONS };
		const order = { simulator, service, items: TWO, parameters };
		const failed = await runKling(order);
		silent.remove();
		const continueFrom = retriable(failed);
		const second = await runKling({ ...order, mode: 'retry', continueFrom });
		expect(second.status).toBe('error');
		expect(words(second)).toContain('Not sent again');
		expect(words(second)).toContain(
			isRelay ? MAYBE_PAID : 'A task with this External Task ID exists',
		);
		expect(paid()).toHaveLength(isRelay ? 2 : 1);
	},
);

it('is paid for by no item again after a crash, where a name is taken twice', async () => {
	const { simulator } = world;
	simulator.settings.takesExternalIdsAgain = true;
	const work = {
		service: 'relay',
		items: TWO,
		parameters: { prompt: '={{ $json.p }}', options: OPTIONS },
	} as const;
	await dieAtFirstSleep({ ...work, items: [...TWO] }, TWO.length);
	expect(paid()).toHaveLength(TWO.length);
	const crashed = { ...EXECUTION, executionId: '78', mode: 'retry' as const };
	const result = await runKling({ simulator, ...work, ...crashed, items: [...TWO] });
	expect(words(result)).toContain('Not sent again');
	expect(words(result)).toContain(MAYBE_PAID);
	expect(paid()).toHaveLength(TWO.length);
});

it('is not handed out by Retry On Fail when the refusal of its name tells the task', async () => {
	const { simulator } = world;
	await runKling({ simulator, parameters: { prompt: 'an old fox', options: OPTIONS } });
	const [old] = paid();
	const body = {
		code: 1201,
		message: 'External_task_id order-7 already exists',
		request_id: 'r',
		data: { task_id: old },
	};
	meet(simulator, 'klingGlobal', answered(400, body), null);
	const parameters = { prompt: 'a new owl', options: OPTIONS };
	const result = await runKling({ simulator, parameters, retryOnFail: true, maxTries: 2 });
	expect(result.status).toBe('error');
	expect(words(result)).toContain('A task with this External Task ID exists');
});

describe('among the additional fields', () => {
	const inFields = (name: string): INodeParameters => ({
		options: { additionalFields: `{"external_task_id": ${name}}` },
	});

	it('counts as the option: a task of an execution that crashed is found by it', async () => {
		const { simulator } = world;
		simulator.settings.takesExternalIdsAgain = true;
		const parameters = { ...GOODS, ...inFields('"order-8"') };
		await dieAtFirstSleep({ parameters });
		expect(paid()).toHaveLength(1);
		const result = await runKling({
			simulator,
			...EXECUTION,
			executionId: '78',
			mode: 'retry',
			parameters,
		});
		expect(result.json.map(({ taskId }) => taskId)).toEqual(paid());
		expect(paid()).toHaveLength(1);
	});

	it.each([
		['null', 'External Task ID'],
		['12345', 'External Task ID'],
		['""', 'External Task ID must not be empty'],
	])('is refused as %s, before anything is sent', async (name, says) => {
		const { simulator } = world;
		const result = await runKling({ simulator, parameters: inFields(name) });
		expect(words(result)).toContain(says);
		expect(simulator.ledger.requests).toEqual([]);
	});

	it('is refused beside the option', async () => {
		const { simulator } = world;
		const { options } = inFields('"order-8"') as { options: INodeParameters };
		const result = await runKling({
			simulator,
			parameters: { options: { ...options, ...OPTIONS } },
		});
		expect(words(result)).toContain(
			'Additional Fields (JSON) cannot have external_task_id beside the option External Task ID',
		);
		expect(simulator.ledger.requests).toEqual([]);
	});
});

it('tells the API of a task that was found without its result, so that the next try asks there', async () => {
	const { simulator } = world;
	const parameters = { model: model('kling-v3-turbo') };
	simulator.faults.add({ match: { method: 'POST' }, action: { kind: 'dropAfter' } });
	const silent = simulator.faults.add({
		match: { method: 'GET' },
		times: 3,
		action: { kind: 'html' },
	});
	const first = await runKling({ simulator, parameters });
	silent.remove();
	const [id] = paid();
	time.advance(100_000);
	const sent = simulator.ledger.requests.find(({ method }) => method === 'POST');
	const { options } = JSON.parse(sent?.rawBody ?? '') as { options: { external_task_id: string } };
	const empty = { id, status: 'succeeded', external_id: options.external_task_id, outputs: [] };
	simulator.faults.add({
		match: { method: 'GET' },
		times: 3,
		action: answered(200, { code: 0, message: 'ok', request_id: 'r', data: [empty] }),
	});
	const again = { simulator, parameters, mode: 'retry' as const };
	const second = await runKling({ ...again, continueFrom: retriable(first) });
	expect(second.status).toBe('error');
	const third = await runKling({ ...again, continueFrom: retriable(second) });
	expect(third.json).toMatchObject([{ taskId: id, status: 'succeed' }]);
});

/** Works until it sleeps when so many tasks were made, and dies there. */
async function dieAtFirstSleep(work: Omit<KlingRun, 'simulator'>, tasks = 1): Promise<void> {
	await new Promise<void>((killed) => {
		hooks.onSleep = async () => {
			if (paid().length < tasks) return;
			killed();
			await new Promise(() => undefined);
		};
		void startKling({ simulator: world.simulator, ...EXECUTION, ...work });
	});
	hooks.onSleep = undefined;
}
