/** Tasks that are said to have succeeded before their result is there: looked at again, one by one or together. */
import type { IDataObject } from 'n8n-workflow';

import { taking } from '../depth';
import { hooks, optionsFor, runKling, slept } from './kling';
import { SERVICES, told, useSimulator, words } from './support';
import { useSuspension } from './suspension';

const world = useSimulator();
const { host, paid: ids } = useSuspension(world);

const ITEMS = [1, 2];
const FORMS = ['empty', 'null'] as const;
const CASES = SERVICES.flatMap((service, turn) =>
	ITEMS.flatMap((count) =>
		taking(2, turn + count, FORMS).map((form) => ({ service, count, form })),
	),
);
const NO_RESULT = 'says that the task succeeded, but its answer holds no link to a result';

const itemsOf = (count: number) => Array.from({ length: count }, (_, index) => ({ index }));

/** Takes the results of the tasks away, or gives them back. */
function setMissing(taskIds: string[], form: (typeof FORMS)[number] | undefined): void {
	for (const id of taskIds) world.simulator.tasks.setResultMissing(id, form);
}

/** What a service answers about a task that has ended without a result. */
function emptySuccess(service: (typeof SERVICES)[number]): IDataObject {
	return service === 'aceData'
		? { id: 'x', type: 'videos', response: { success: true } }
		: { code: 0, data: { task_id: 'x', task_status: 'succeed', task_result: {} } };
}

describe.each(CASES)('$count at $service ($form)', ({ service, count, form }) => {
	const call = () => ({ simulator: world.simulator, service, items: itemsOf(count) });

	it('polled: the video is delivered when it is there at last', async () => {
		const { simulator } = world;
		let sleeps = 0;
		hooks.onSleep = () => {
			sleeps += 1;
			setMissing(ids(), sleeps < 12 ? form : undefined);
		};
		const result = await runKling(call());
		expect(words(result)).toBe(' | ');
		expect(sleeps).toBeGreaterThanOrEqual(12);
		expect(result.json.map(({ taskId, videoUrl }) => [taskId, typeof videoUrl])).toEqual(
			ids().map((id) => [id, 'string']),
		);
		expect(await result.binary()).toEqual(simulator.videoBytes(ids()[0] ?? ''));
		expect(simulator.ledger.charges).toHaveLength(count);
	});

	it.each([
		['after two minutes', 30],
		['at the time-out', 2],
	])('polled: if it never comes, it is given up %s, with the task ID', async (_when, timeout) => {
		hooks.onSleep = () => setMissing(ids(), form);
		const result = await runKling({ ...call(), parameters: { options: { timeout } } });
		expect(result.status).toBe('error');
		expect(told(result).message).toContain(NO_RESULT);
		expect(words(result)).toContain('look for the result in the console of the service');
		expect(told(result).context.errorKind).toBe('unreadable');
		expect(ids()).toContain(told(result).context.taskId);
		expect(ids()).toHaveLength(count);
		expect(slept.reduce((sum, ms) => sum + ms, 0)).toBeLessThan(5 * 60_000);
	});

	const suspended = async () => {
		const run = { ...call(), parameters: { waitMode: 'suspend' } };
		return await host().run(optionsFor(run));
	};

	it('suspended: one call is enough for a video that is there at a later look', async () => {
		const { simulator } = world;
		const { first, whenOver } = await suspended();
		expect(first.status).toBe('waiting');
		// All but the first have their result.
		setMissing(ids().slice(0, 1), form);
		let sleeps = 0;
		hooks.onSleep = () => {
			sleeps += 1;
			if (sleeps === 2) setMissing(ids(), undefined);
		};
		simulator.clock.advance(70_000);
		await simulator.settled();
		const result = await whenOver;
		expect(sleeps).toBe(2);
		expect(result.json.map(({ taskId, videoUrl }) => [taskId, typeof videoUrl])).toEqual(
			ids().map((id) => [id, 'string']),
		);
		expect(simulator.ledger.charges).toHaveLength(count);
	});

	it('suspended: if it never comes, it is given up after two minutes, with the task ID', async () => {
		const { simulator } = world;
		const { whenOver } = await suspended();
		setMissing(ids(), form);
		simulator.clock.advance(70_000);
		await simulator.settled();
		const result = await whenOver;
		expect(result.json).toMatchObject(
			ids().map((taskId) => ({
				error: {
					message: expect.stringContaining(NO_RESULT) as string,
					description: expect.stringContaining('look for the result in the console') as string,
					kind: 'unreadable',
					taskId,
					status: 'succeed',
				},
			})),
		);
		expect(ids()).toHaveLength(count);
		const waited = slept.reduce((sum, ms) => sum + ms, 0);
		expect(waited).toBeGreaterThanOrEqual(2 * 60_000);
		expect(waited).toBeLessThan(3 * 60_000);
	});

	it('before it is suspended: no call would come for it, so it is looked at again', async () => {
		const { simulator } = world;
		simulator.faults.add({
			match: service === 'aceData' ? { path: '/kling/tasks' } : { method: 'GET' },
			times: null,
			action: { kind: 'garbage', body: emptySuccess(service) },
		});
		const { first } = await suspended();
		expect(first.status).toBe('error');
		expect(told(first).message).toContain(NO_RESULT);
		expect(ids()).toContain(told(first).context.taskId);
		expect(simulator.ledger.charges).toHaveLength(count);
	});
});

it.each(['klingGlobal', 'aceData'] as const)('a list at %s shows it as it is', async (service) => {
	const { simulator } = world;
	await runKling({ simulator, service, parameters: { waitMode: 'none' } });
	setMissing(ids(), 'null');
	simulator.clock.advance(70_000);
	const parameters = { resource: 'task', operation: 'getMany', prompt: '' };
	const result = await runKling({ simulator, service, parameters });
	expect(result.json).toMatchObject([{ taskId: ids()[0], status: 'succeed', videoUrl: null }]);
});
