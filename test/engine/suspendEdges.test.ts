/** Suspended executions in odd company: other tries, other executions, services that say nothing, addresses that lead nowhere. */
import type { IDataObject } from 'n8n-workflow';

import { slept } from './kling';
import type { KlingRun } from './kling';
import { creates, looks, SERVICES, useSimulator, words } from './support';
import { useSuspension } from './suspension';

const world = useSimulator();
const { suspend, pass, paid } = useSuspension(world);

const ordered = () => creates(world.simulator).map(({ body }) => (body as IDataObject).prompt);
const items = (number: number) => Array.from({ length: number }, (_, n) => ({ n }));

describe.each(['klingGlobal', 'aceData'] as const)('Retry On Fail at %s', (service) => {
	const again = {
		service,
		onError: 'continueRegularOutput',
		retryOnFail: true,
		maxTries: 2,
		items: [{ word: 'a' }, { word: 'b' }],
		parameters: { prompt: '={{ "A film about " + $json.word }}' },
	} satisfies Partial<KlingRun>;

	it('does not start over what is suspended because its first item has failed', async () => {
		const { simulator } = world;
		simulator.faults.add({
			match: { method: 'POST' },
			action: { kind: 'error', code: 1301 },
		});
		const { first, whenOver } = await suspend(again);
		expect(first.status).toBe('waiting');
		expect(ordered()).toEqual(['A film about a', 'A film about b']);
		expect(paid()).toHaveLength(1);
		await pass(70);
		const { json } = await whenOver;
		expect(json).toMatchObject([
			{ error: { message: expect.any(String) as string } },
			{ taskId: paid()[0] },
		]);
	});
});

describe('a task that another execution has ordered', () => {
	const own = {
		parameters: { options: { externalTaskId: 'order-17', reuseTask: true } },
	} satisfies Partial<KlingRun>;

	it('is asked for until it is over, since its call goes there', async () => {
		const one = await suspend(own);
		const two = await suspend(own);
		expect(paid()).toHaveLength(1);
		expect(two.first.status).toBe('success');
		expect(two.first.json).toMatchObject([{ taskId: paid()[0], status: 'succeed' }]);
		await world.simulator.settled();
		expect((await one.whenOver).json).toMatchObject([{ taskId: paid()[0], status: 'succeed' }]);
	});

	it('keeps the execution awake, but not for those that call here', async () => {
		const { simulator } = world;
		await suspend(own);
		const { externalTaskId } = own.parameters.options;
		const mixed = {
			items: [{ id: externalTaskId }, { id: 'order-18' }],
			parameters: { options: { externalTaskId: '={{ $json.id }}', reuseTask: true } },
		};
		simulator.settings.taskSeconds = 600;
		const { first, whenOver } = await suspend(mixed);
		expect(first.status).toBe('waiting');
		expect(paid()).toHaveLength(2);
		await pass(700);
		expect((await whenOver).json.map(({ taskId }) => taskId)).toEqual(paid());
	});

	it('is asked for, too, when Retry On Fail knows it from the try before', async () => {
		const { simulator } = world;
		await suspend(own);
		// The first try finds that task, and then fails for the other item.
		simulator.faults.add({ match: { method: 'POST' }, action: { kind: 'error', code: 1301 } });
		const { first } = await suspend({
			items: [{ id: 'order-17' }, { id: 'order-18' }],
			parameters: { options: { externalTaskId: '={{ $json.id }}', reuseTask: true } },
			retryOnFail: true,
			maxTries: 2,
		});
		expect(first.json[0]).toMatchObject({ taskId: paid()[0], status: 'succeed' });
		expect(paid()).toHaveLength(2);
	});

	it('and that Retry continues after a crash is waited for, too', async () => {
		const resumeToken = 'a'.repeat(64);
		const crashed = await suspend({ resumeToken });
		expect(crashed.first.status).toBe('waiting');
		const retried = await suspend({ resumeToken, mode: 'retry' });
		expect(retried.first.status).toBe('success');
		expect(retried.first.json).toMatchObject([{ taskId: paid()[0], status: 'succeed' }]);
		expect(paid()).toHaveLength(1);
	});

	it('does not hide the calls for another execution that waits for the same task', async () => {
		const { simulator } = world;
		simulator.settings.taskSeconds = 3600;
		const one = await suspend(own);
		const two = await suspend({
			parameters: { ...own.parameters, options: { ...own.parameters.options, timeout: 1 } },
		});
		// It has waited for its time, and waits on as one that might be called.
		expect(two.first.status).toBe('waiting');
		await pass(3600);
		expect((await one.whenOver).json).toMatchObject([{ status: 'succeed' }]);
	});
});

describe('right after the creates', () => {
	it.each(SERVICES)('a task that %s does not show yet is not given up', async (service) => {
		const { simulator } = world;
		simulator.faults.add({
			service,
			match: service === 'aceData' ? { path: '/kling/tasks' } : { method: 'GET' },
			times: 3,
			action: {
				kind: 'status',
				status: 400,
				body: { code: 1201, message: 'Task not found by id/external id: x', request_id: 'r' },
			},
		});
		const { first } = await suspend({ service, items: items(2) });
		expect([first.status, words(first)]).toEqual(['waiting', ' | ']);
	});

	it('a service that does not answer is not asked for long', async () => {
		const { simulator } = world;
		simulator.settings.slots = 40;
		simulator.faults.add({
			match: { method: 'GET' },
			times: null,
			action: { kind: 'dropBefore' },
		});
		const parameters = { options: { maxParallel: 40 } };
		const { first } = await suspend({ service: 'openaiHk', items: items(40), parameters });
		expect(first.status).toBe('waiting');
		expect(looks(simulator)).toHaveLength(1);
		expect(slept).toEqual([]);
	});
});

it('the time-out of a task that runs while others are submitted fails nothing', async () => {
	const { simulator } = world;
	simulator.settings.taskSeconds = 600;
	simulator.settings.slots = 6;
	const { first, whenOver } = await suspend({
		items: items(6),
		parameters: { options: { maxParallel: 5, timeout: 2 } },
	});
	expect([first.status, words(first)]).toEqual(['waiting', ' | ']);
	await pass(700);
	expect((await whenOver).json.map(({ status }) => status)).toEqual(Array(6).fill('succeed'));
	expect(paid()).toHaveLength(6);
});

it('the address is of this node alone, so that a late call wakes nothing that waits after it', async () => {
	await suspend();
	const [create] = creates(world.simulator);
	const { callback_url: address } = create?.body as IDataObject;
	expect(new URL(String(address)).pathname).toMatch(/^\/webhook-waiting\/\d+\/kling$/);
	const bare = new URL(String(address));
	bare.pathname = bare.pathname.replace(/\/kling$/, '');
	const answer = await fetch(bare, { method: 'POST', body: '{}' });
	expect(answer.status).toBe(404);
});
