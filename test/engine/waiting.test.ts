/** Waiting for a task: when it is looked at, what is tolerated, and how it ends. */
import { MODELS } from '../../nodes/shared/core/models';
import type { Fault } from '../simulator';
import { hooks, model, runKling, slept, time } from './kling';
import { looks, SERVICES, told, useSimulator, words } from './support';

const world = useSimulator();

/** When the looks came, in seconds after the create. */
function lookTimes(): number[] {
	const [create] = world.simulator.ledger.requests;
	return looks(world.simulator).map(({ time: at }) =>
		Math.round((at - (create?.time ?? 0)) / 1000),
	);
}

const MODELS_BY_TEXT = Object.entries(MODELS).filter(
	([id, { kinds, onlyAt }]) => kinds.includes('text2video') && !onlyAt && id !== 'kling-v1',
);

describe('the first look', () => {
	it.each(MODELS_BY_TEXT)('comes after a delay that suits %s', async (id, { initialDelay }) => {
		const { simulator } = world;
		await runKling({ simulator, parameters: { model: model(id), download: false } });
		expect(lookTimes()[0]).toBe(initialDelay);
		expect(initialDelay).toBeGreaterThanOrEqual(20);
	});

	it('comes when the user wants it', async () => {
		const { simulator } = world;
		await runKling({ simulator, parameters: { options: { initialDelay: 3 } } });
		expect(lookTimes()[0]).toBe(3);
	});

	it('may come at once', async () => {
		const { simulator } = world;
		await runKling({ simulator, parameters: { options: { initialDelay: 0 } } });
		expect(lookTimes()[0]).toBe(0);
	});
});

describe('the looks after it', () => {
	it.each([
		[4, 4],
		[60, 60],
	])('come every so many seconds, give or take a tenth (%s)', async (pollInterval, expected) => {
		const { simulator } = world;
		simulator.settings.taskSeconds = 400;
		await runKling({
			simulator,
			parameters: { options: { pollInterval } },
		});
		const times = looks(simulator).map(({ time: at }) => at);
		const gaps = times.slice(1).map((at, index) => (at - (times[index] ?? 0)) / 1000);
		expect(gaps.length).toBeGreaterThan(4);
		for (const gap of gaps) {
			expect(gap).toBeGreaterThanOrEqual(expected * 0.9 - 0.001);
			expect(gap).toBeLessThanOrEqual(expected * 1.1 + 0.001);
		}
	});

	it('come when the task has taken an eighth longer, every ten seconds at least', async () => {
		const { simulator } = world;
		simulator.settings.taskSeconds = 400;
		await runKling({ simulator });
		const [create] = simulator.ledger.requests;
		const times = looks(simulator).map(({ time: at }) => (at - (create?.time ?? 0)) / 1000);
		for (const [index, at] of times.slice(1).entries()) {
			const before = times[index] ?? 0;
			const expected = Math.min(before / 8, 10);
			expect(at - before).toBeGreaterThanOrEqual(expected * 0.9 - 0.1);
			expect(at - before).toBeLessThanOrEqual(expected * 1.1 + 0.1);
		}
		expect(times.length).toBeGreaterThan(30);
	});

	it('are few: a result is noticed late by an eighth of its time at most', async () => {
		const { simulator } = world;
		for (const taskSeconds of [21, 45, 60, 90]) {
			simulator.reset();
			simulator.settings.taskSeconds = taskSeconds;
			const began = time.now();
			await runKling({ simulator, parameters: { download: false } });
			expect((time.now() - began) / 1000).toBeLessThanOrEqual(taskSeconds * 1.15 + 2);
			expect(looks(simulator).length).toBeLessThanOrEqual(16);
		}
	});
});

describe('when time runs out', () => {
	it('is an error that carries the task ID', async () => {
		const { simulator } = world;
		simulator.settings.taskSeconds = 3600;
		const began = time.now();
		const result = await runKling({ simulator, parameters: { options: { timeout: 2 } } });
		const [charge] = simulator.ledger.charges;
		expect(result.status).toBe('error');
		expect(told(result)).toMatchObject({
			message: 'The task is still running after 2 min (status: submitted)',
			description: expect.stringContaining(`Task ID: ${charge?.taskId}`) as string,
			context: { taskId: charge?.taskId, errorKind: 'timedOut' },
		});
		expect(told(result).description).toContain('Task → Get');
		expect((time.now() - began) / 1000).toBe(120);
	});

	it('is thirty minutes unless the user says otherwise', async () => {
		const { simulator } = world;
		simulator.settings.taskSeconds = 7200;
		const result = await runKling({ simulator });
		expect(told(result).message).toBe(
			'The task is still running after 30 min (status: processing)',
		);
	});

	it('can return the unfinished task instead', async () => {
		const { simulator } = world;
		simulator.settings.taskSeconds = 3600;
		const result = await runKling({
			simulator,
			parameters: { options: { timeout: 2, onTimeout: 'return' } },
		});
		expect(result.status).toBe('success');
		const [charge] = simulator.ledger.charges;
		expect(result.json).toMatchObject([{ taskId: charge?.taskId, timedOut: true, videoUrl: null }]);
		expect(result.output[0]?.binary).toBeUndefined();
	});

	it('takes a last look at the very end', async () => {
		const { simulator } = world;
		simulator.settings.taskSeconds = 119;
		const result = await runKling({
			simulator,
			parameters: { options: { timeout: 2, pollInterval: 100 } },
		});
		expect(result.json).toMatchObject([{ status: 'succeed' }]);
	});

	it('looks once even if the time-out is shorter than the first delay', async () => {
		const { simulator } = world;
		simulator.settings.taskSeconds = 5;
		const result = await runKling({ simulator, parameters: { options: { timeout: 0.1 } } });
		expect(result.json).toMatchObject([{ status: 'succeed' }]);
	});
});

describe.each(SERVICES)('a look at %s may fail with', (service) => {
	const FAULTS: Array<[string, Fault['action']]> = [
		['a bad gateway', { kind: 'html' }],
		['an internal error', { kind: 'error', code: 5000 }],
		['too many requests', { kind: 'error', code: 1302 }],
		['a web page', { kind: 'html', status: 200 }],
		['an empty body', { kind: 'empty' }],
		['broken JSON', { kind: 'garbage' }],
		['JSON of another shape', { kind: 'garbage', body: { hello: 'world' } }],
		['a dropped connection', { kind: 'dropBefore' }],
	];
	it.each(FAULTS)('%s, three times over', async (_name, action) => {
		const { simulator } = world;
		const path = service === 'aceData' ? '/kling/tasks' : /text2video\/./;
		simulator.faults.add({ service, match: { path }, times: 3, action });
		const result = await runKling({ simulator, service });
		expect(result.error).toBeUndefined();
		expect(result.json).toMatchObject([{ status: 'succeed' }]);
		expect(looks(simulator).length).toBeGreaterThanOrEqual(4);
		expect(simulator.ledger.charges).toHaveLength(1);
	});

	it('all of that for ever: the time-out tells what the last look met', async () => {
		const { simulator } = world;
		const path = service === 'aceData' ? '/kling/tasks' : /text2video\/./;
		simulator.faults.add({ service, match: { path }, times: null, action: { kind: 'html' } });
		const result = await runKling({
			simulator,
			service,
			parameters: { options: { timeout: 3 } },
		});
		const [charge] = simulator.ledger.charges;
		expect(words(result)).toContain('still running after 3 min');
		expect(words(result)).toContain('answered with HTTP status 502');
		expect(told(result).context.taskId).toBe(charge?.taskId);
	});

	it('a task that is gone', async () => {
		const { simulator } = world;
		hooks.onSleep = () => {
			for (const { id } of simulator.tasks.all()) simulator.tasks.vanish(id);
		};
		const result = await runKling({ simulator, service });
		const [charge] = simulator.ledger.charges;
		expect(words(result)).toContain('does not know this task');
		expect(told(result).context.taskId).toBe(charge?.taskId);
		expect(looks(simulator)).toHaveLength(3);
	});

	it('a word for the status that nobody knows: it counts as running', async () => {
		const { simulator } = world;
		simulator.settings.taskSeconds = 300;
		let sleeps = 0;
		hooks.onSleep = () => {
			sleeps += 1;
			const word = sleeps < 5 ? 'REVIEWING' : undefined;
			for (const { id } of simulator.tasks.all()) simulator.tasks.setStatusWord(id, word);
		};
		const result = await runKling({ simulator, service });
		expect(result.json).toMatchObject([{ status: 'succeed' }]);
		expect(sleeps).toBeGreaterThan(5);
		expect(simulator.ledger.charges).toHaveLength(1);
	});
});

describe('a look that is told to wait', () => {
	it('waits as long as the service asks', async () => {
		const { simulator } = world;
		simulator.faults.add({
			match: { method: 'GET' },
			action: { kind: 'error', code: 1302, retryAfterSeconds: 45 },
		});
		await runKling({ simulator });
		const [first, second] = lookTimes();
		expect((second ?? 0) - (first ?? 0)).toBe(45);
	});

	it.each(SERVICES)('for all tasks, be they asked for together or not, at %s', async (service) => {
		const { simulator } = world;
		simulator.faults.add({
			service,
			match: service === 'aceData' ? { path: '/kling/tasks' } : { method: 'GET' },
			action: { kind: 'error', code: 1302, retryAfterSeconds: 45 },
		});
		const result = await runKling({ simulator, service, items: [{}, {}, {}] });
		expect(result.json).toHaveLength(3);
		const times = looks(simulator).map(({ time: at }) => at);
		expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(45_000);
	});

	it('but not beyond the time-out', async () => {
		const { simulator } = world;
		simulator.settings.taskSeconds = 3600;
		simulator.faults.add({
			match: { method: 'GET' },
			action: { kind: 'error', code: 1302, retryAfterSeconds: 86_400 },
		});
		await runKling({ simulator, parameters: { options: { timeout: 2 } } });
		expect(slept.reduce((sum, ms) => sum + ms, 0)).toBe(120_000);
	});
});

describe.each(['timeout', 'pollInterval', 'initialDelay', 'maxParallel'])('%s', (name) => {
	it('that is no number is refused before anything is paid', async () => {
		const options = { [name]: '={{ Number($json.missing) }}' };
		const result = await runKling({ simulator: world.simulator, parameters: { options } });
		expect(words(result)).toContain('must be a number from');
		expect(world.simulator.ledger.charges).toHaveLength(0);
	});
});

describe('a look that is refused for good', () => {
	it('says nothing about the other tasks, whatever pause it asks for', async () => {
		const { simulator } = world;
		simulator.faults.add({
			match: { method: 'GET' },
			action: {
				kind: 'status',
				status: 403,
				body: { code: 1103, message: 'no' },
				headers: { 'retry-after': '5' },
			},
		});
		const result = await runKling({
			simulator,
			service: 'relay',
			items: [{}, {}, {}],
			onError: 'continueRegularOutput',
		});
		expect(result.json.filter(({ status }) => status === 'succeed')).toHaveLength(2);
	});

	it('ends the wait at once, with the task ID', async () => {
		const { simulator } = world;
		simulator.faults.add({
			match: { method: 'GET' },
			times: null,
			action: { kind: 'error', code: 1101 },
		});
		const result = await runKling({ simulator });
		expect(words(result)).toContain('in arrears');
		expect(told(result).context.taskId).toBe(simulator.ledger.charges[0]?.taskId);
		expect(looks(simulator)).toHaveLength(1);
	});
});
