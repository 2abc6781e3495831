/** Many items: slots, rates and looks at many tasks at once; each item is paid for once. */
import type { RequestEntry } from '../simulator/ledger';
import { hooks, model, runKling, slept, startKling } from './kling';
import { creates, looks, meet, SERVICES, told, useSimulator, words } from './support';

const world = useSimulator();

function itemsOf(count: number) {
	return Array.from({ length: count }, (_, index) => ({ words: `scene ${index}` }));
}

const parameters = { prompt: '={{ $json.words }}', download: false };

/** Prompts of the creates that were accepted, in the order in which they were. */
function accepted(requests: RequestEntry[]): unknown[] {
	return requests
		.filter(({ status }) => status === 200)
		.map(({ body }) => (body as { prompt?: unknown }).prompt);
}

describe.each(SERVICES)('twelve items at %s', (service) => {
	it('are made five at a time, each once and in order', async () => {
		const { simulator } = world;
		let most = 0;
		hooks.onSleep = () => {
			const running = simulator.tasks
				.all()
				.filter((task) => !['succeed', 'failed'].includes(simulator.tasks.status(task)));
			most = Math.max(most, running.length);
		};
		const items = itemsOf(12);
		const result = await runKling({ simulator, service, items, parameters });
		expect(result.status).toBe('success');
		expect(most).toBe(5);
		expect(creates(simulator)).toHaveLength(12);
		expect(simulator.ledger.charges).toHaveLength(12);
		expect(accepted(creates(simulator))).toEqual(items.map(({ words: text }) => text));
		const prompts = result.json.map(
			({ taskId }) => simulator.tasks.get(String(taskId))?.request.prompt,
		);
		expect(prompts).toEqual(items.map(({ words: text }) => text));
	});

	it('wait for slots that the account does not have (1303), without paying twice', async () => {
		const { simulator } = world;
		simulator.settings.slots = 2;
		const result = await runKling({ simulator, service, items: itemsOf(5), parameters });
		expect(result.error).toBeUndefined();
		expect(result.json).toHaveLength(5);
		expect(simulator.ledger.charges).toHaveLength(5);
		expect(accepted(creates(simulator))).toHaveLength(5);
	});

	it('slow down when calls come too fast (1302)', async () => {
		const { simulator } = world;
		simulator.settings.requestsPerSecond = 1;
		const result = await runKling({ simulator, service, items: itemsOf(4), parameters });
		expect(result.error).toBeUndefined();
		expect(creates(simulator).map(({ status }) => status)).toContain(429);
		expect(simulator.ledger.charges).toHaveLength(4);
	});
});

it('a create that was told to slow down long after another was has its whole patience', async () => {
	const { simulator } = world;
	simulator.settings.taskSeconds = 50;
	const tooFast = { kind: 'error', code: 1302 } as const;
	meet(simulator, 'klingGlobal', tooFast);
	let late: { hits: number } | undefined;
	hooks.onSleep = () => {
		if (simulator.ledger.charges.length === 2) late ??= meet(simulator, 'klingGlobal', tooFast);
	};
	const result = await runKling({
		simulator,
		items: itemsOf(3),
		parameters: { ...parameters, options: { maxParallel: 1, timeout: 1 } },
	});
	expect(words(result)).toBe(' | ');
	expect(late?.hits).toBe(1);
	expect(simulator.ledger.charges).toHaveLength(3);
});

describe('Max Tasks in Parallel', () => {
	it('bounds what runs at the same time', async () => {
		const { simulator } = world;
		let most = 0;
		hooks.onSleep = () => {
			most = Math.max(most, simulator.tasks.slotsInUse('global-main', 'video', 'kling-v2-5-turbo'));
		};
		const result = await runKling({
			simulator,
			items: itemsOf(3),
			parameters: { ...parameters, options: { maxParallel: 1 } },
		});
		expect(result.json).toHaveLength(3);
		expect(most).toBe(1);
	});

	it('may be more than the account has', async () => {
		const { simulator } = world;
		simulator.settings.slots = 20;
		await runKling({
			simulator,
			items: itemsOf(12),
			parameters: { ...parameters, options: { maxParallel: 12 } },
		});
		const [firstLook] = looks(simulator);
		const before = creates(simulator).filter(({ time }) => time <= (firstLook?.time ?? 0));
		expect(before).toHaveLength(12);
	});
});

describe("Don't Wait", () => {
	it.each([1302, 1303])('waits until the task is accepted (%i), and no longer', async (code) => {
		const { simulator } = world;
		const fault = { match: { method: 'POST' }, times: 2, action: { kind: 'error', code } } as const;
		simulator.faults.add(fault);
		const result = await runKling({ simulator, parameters: { waitMode: 'none' } });
		const [charge, ...more] = simulator.ledger.charges;
		expect(result.json).toMatchObject([{ taskId: charge?.taskId, status: 'submitted' }]);
		expect(more).toEqual([]);
		expect(slept).toEqual([2000, 4000]);
		expect(looks(simulator)).toEqual([]);
	});

	it.each(SERVICES)(
		'hands out more tasks than %s has slots, each paid for once',
		async (service) => {
			const { simulator } = world;
			simulator.settings.slots = 2;
			const items = itemsOf(5);
			const all = { simulator, service, items, parameters: { ...parameters, waitMode: 'none' } };
			const result = await runKling(all);
			expect(result.error).toBeUndefined();
			expect(accepted(creates(simulator))).toEqual(items.map(({ words: text }) => text));
			expect(result.json.map(({ taskId }) => taskId)).toEqual(
				simulator.ledger.charges.map(({ taskId }) => taskId),
			);
			expect(simulator.ledger.charges).toHaveLength(5);
			expect(looks(simulator)).toEqual([]);
		},
	);
});

describe('a slot that never comes free', () => {
	it('ends at the time-out; nothing was charged for the item', async () => {
		const { simulator } = world;
		simulator.settings.slots = 0;
		const result = await runKling({ simulator, parameters: { options: { timeout: 2 } } });
		expect(words(result)).toContain('all parallel slots of the account are taken');
		expect(words(result)).toContain('lower Max Tasks in Parallel');
		expect(told(result).context.retryable).toBe(true);
		expect(simulator.ledger.charges).toEqual([]);
		expect(slept.reduce((sum, ms) => sum + ms, 0)).toBeLessThan(3 * 60_000);
	});

	it('ends at the time-out even if the service asks for a day of patience', async () => {
		const { simulator } = world;
		simulator.faults.add({
			match: { method: 'POST' },
			times: null,
			action: { kind: 'error', code: 1303, retryAfterSeconds: 86_400 },
		});
		const result = await runKling({ simulator, parameters: { options: { timeout: 2 } } });
		expect(words(result)).toContain('all parallel slots of the account are taken');
		expect(slept.reduce((sum, ms) => sum + ms, 0)).toBeLessThanOrEqual(2 * 60_000);
	});

	it('is given up by those who do not wait for the end after half an hour, too', async () => {
		const { simulator } = world;
		simulator.settings.slots = 0;
		const result = await runKling({ simulator, parameters: { waitMode: 'none' } });
		expect(words(result)).toContain('all parallel slots of the account are taken');
		expect(simulator.ledger.charges).toEqual([]);
		expect(slept.reduce((sum, ms) => sum + ms, 0)).toBe(30 * 60_000);
	});

	it('is asked for ever more rarely', async () => {
		const { simulator } = world;
		simulator.settings.slots = 0;
		await runKling({ simulator, parameters: { options: { timeout: 5 } } });
		const times = creates(simulator).map(({ time }) => time);
		const gaps = times.slice(1).map((at, index) => at - (times[index] ?? 0));
		expect(gaps.slice(0, 5)).toEqual([2000, 4000, 8000, 16_000, 30_000]);
	});
});

describe('looking at many tasks', () => {
	it('is one request for all at the official services, with an API key', async () => {
		const { simulator } = world;
		await runKling({ simulator, items: itemsOf(5), parameters });
		const paths = looks(simulator).map(({ path }) => path);
		expect(new Set(paths)).toEqual(new Set(['/tasks']));
		expect(looks(simulator)[0]?.query.task_ids?.split(',')).toHaveLength(5);
		expect(paths.length).toBeLessThanOrEqual(12);
	});

	it('is at most twenty at a time there', async () => {
		const { simulator } = world;
		simulator.settings.slots = 50;
		const result = await runKling({
			simulator,
			items: itemsOf(25),
			parameters: { ...parameters, options: { maxParallel: 50 } },
		});
		expect(result.json).toHaveLength(25);
		for (const { path, query, status } of looks(simulator)) {
			expect([path, status]).toEqual(['/tasks', 200]);
			expect(query.task_ids?.split(',').length).toBeLessThanOrEqual(20);
		}
	});

	it('is one request for all at Ace Data Cloud', async () => {
		const { simulator } = world;
		await runKling({ simulator, service: 'aceData', items: itemsOf(5), parameters });
		expect(looks(simulator).map(({ body }) => (body as { action?: unknown }).action)).toEqual(
			looks(simulator).map(() => 'retrieve_batch'),
		);
	});

	describe('with an access key, which may not ask for many by their ids', () => {
		const credential = { authentication: 'accessKey', apiKey: '' };

		it('is one page of the list', async () => {
			const { simulator } = world;
			const result = await runKling({ simulator, credential, items: itemsOf(5), parameters });
			expect(result.json.map(({ taskId }) => taskId)).toEqual(
				simulator.ledger.charges.map(({ taskId }) => taskId),
			);
			expect(looks(simulator).length).toBeGreaterThan(0);
			for (const { path, query } of looks(simulator)) {
				expect(path).toBe('/v1/videos/text2video');
				expect(query).toEqual({ pageNum: '1', pageSize: '30' });
			}
		});

		it('is one by one for what others have pushed off the page', async () => {
			const { simulator } = world;
			simulator.settings.slots = 100;
			const run = startKling({ simulator, credential, items: itemsOf(2), parameters });
			let others = 0;
			hooks.onSleep = async () => {
				if (others > 0) return;
				others = 40;
				await runKling({
					simulator,
					items: itemsOf(others),
					parameters: { ...parameters, waitMode: 'none' },
				});
			};
			const result = await run;
			expect(result.json.map(({ taskId }) => taskId)).toEqual(
				simulator.ledger.charges.slice(0, 2).map(({ taskId }) => taskId),
			);
			const paths = looks(simulator).map(({ path }) => path);
			expect(paths).toContain('/v1/videos/text2video');
			expect(paths.at(-1)).toMatch(/^\/v1\/videos\/text2video\/\d+$/);
		});
	});

	it.each([
		['is not allowed', { kind: 'error', code: 1103 }],
		['is not known', { kind: 'error', code: 1202 }],
		['leads to a web page', { kind: 'html', status: 200 }],
		['leads to something else', { kind: 'garbage', body: { ok: true } }],
	] as const)('falls back to one by one where it %s', async (_why, action) => {
		const { simulator } = world;
		const fault = simulator.faults.add({ match: { path: '/tasks' }, times: null, action });
		const result = await runKling({ simulator, items: itemsOf(3), parameters });
		expect(result.error).toBeUndefined();
		expect(result.json).toHaveLength(3);
		expect(fault.hits).toBe(1);
	});

	it('tolerates one that fails', async () => {
		const { simulator } = world;
		simulator.faults.add({ match: { path: '/tasks' }, times: 2, action: { kind: 'html' } });
		const result = await runKling({ simulator, items: itemsOf(3), parameters });
		expect(result.json).toHaveLength(3);
		expect(new Set(looks(simulator).map(({ path }) => path))).toEqual(new Set(['/tasks']));
	});

	it('looks singly for one that the answer left out', async () => {
		const { simulator } = world;
		const fault = simulator.faults.add({
			match: { path: '/tasks' },
			action: { kind: 'garbage', body: { code: 0, data: [] } },
		});
		const result = await runKling({ simulator, items: itemsOf(2), parameters });
		expect(result.json).toHaveLength(2);
		expect(fault.hits).toBe(1);
		expect(looks(simulator).filter(({ path }) => path !== '/tasks')).toHaveLength(2);
		expect(simulator.ledger.charges).toHaveLength(2);
	});
});

describe('an item that fails on the way', () => {
	it('stops the submitting of those behind it', async () => {
		const { simulator } = world;
		simulator.faults.add({
			match: { method: 'POST' },
			after: 1,
			action: { kind: 'error', code: 1301 },
		});
		const result = await runKling({ simulator, items: itemsOf(4), parameters });
		expect(told(result).context.itemIndex).toBe(1);
		expect(creates(simulator)).toHaveLength(2);
		expect(simulator.ledger.charges).toHaveLength(1);
	});
});

describe('models whose slots are counted apart', () => {
	it('are all served, each item paid for once', async () => {
		const { simulator } = world;
		simulator.settings.slots = 1;
		const models = ['kling-v2-6', 'kling-v2-6', 'kling-v3'];
		const result = await runKling({
			simulator,
			items: models.map((name) => ({ name })),
			parameters: {
				...parameters,
				prompt: '={{ String($itemIndex) }}',
				model: model('={{ $json.name }}'),
			},
		});
		expect(result.error).toBeUndefined();
		expect(result.json.map(({ taskId }) => simulator.tasks.get(String(taskId))?.modelName)).toEqual(
			models,
		);
		expect(simulator.ledger.charges).toHaveLength(3);
		// The slot of the other model is free from the beginning.
		const [first, second, third] = creates(simulator).filter(({ status }) => status === 200);
		expect(
			[first, second, third].map((entry) => (entry?.body as { prompt?: unknown }).prompt),
		).toEqual(['0', '2', '1']);
		expect(second?.time).toBe(first?.time);
	});

	it('wait for their own slots only', async () => {
		const { simulator } = world;
		simulator.settings.slots = 1;
		simulator.settings.taskSeconds = 3600;
		const busy = { model: model('kling-v2-6'), waitMode: 'none', prompt: 'A fox' };
		await runKling({ simulator, parameters: busy });
		simulator.settings.taskSeconds = 60;
		const result = await runKling({
			simulator,
			items: ['kling-v2-6', 'kling-v3'].map((name) => ({ name })),
			onError: 'continueRegularOutput',
			parameters: {
				prompt: 'An owl',
				model: model('={{ $json.name }}'),
				options: { timeout: 5 },
			},
		});
		expect(result.json).toMatchObject([
			{ error: { message: expect.stringContaining('all parallel slots') as string } },
			{ status: 'succeed' },
		]);
		const made = creates(simulator).filter(({ status }) => status === 200);
		const refused = creates(simulator).find(({ status }) => status === 429);
		expect(made).toHaveLength(2);
		expect(made[1]?.time).toBe(refused?.time);
	});
});

it('three items without a slot wait for one time-out together, not one each', async () => {
	const { simulator } = world;
	meet(simulator, 'klingGlobal', { kind: 'error', code: 1303 }, null);
	const result = await runKling({
		simulator,
		items: [{}, {}, {}],
		parameters: { options: { timeout: 1 } },
		onError: 'continueRegularOutput',
	});
	const failed = { error: { message: expect.stringContaining('slots') as string } };
	expect(result.json).toMatchObject([failed, failed, failed]);
	const waited = slept.reduce((sum, ms) => sum + ms, 0);
	expect(waited).toBeGreaterThanOrEqual(59_000);
	expect(waited).toBeLessThanOrEqual(66_000);
	expect(simulator.ledger.charges).toEqual([]);
});
