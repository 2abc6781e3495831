/** When a create is sent again, under which name, and when it is not: nothing is paid for twice. */
import type { ServiceName } from '../simulator';
import { runKling, slept, time } from './kling';
import {
	answered,
	creates,
	createPath,
	errorOf,
	expectTheOneTask,
	MAYBE_PAID,
	meet,
	OUR_EXTERNAL_ID,
	sentIds,
	told,
	useSimulator,
	words,
} from './support';
import { clock } from './virtualTime';

const world = useSimulator();

describe('a create at official Kling that ends unclear', () => {
	it('is asked for three times within seconds, then sent again', async () => {
		const { simulator } = world;
		meet(simulator, 'klingGlobal', { kind: 'dropBefore' });
		await runKling({ simulator, parameters: { waitMode: 'none' } });
		const [first] = simulator.ledger.requests;
		const path = `${createPath('klingGlobal')}/${String(sentIds(simulator)[0])}`;
		expect(
			simulator.ledger.requests.map((request) => [
				request.method,
				request.method === 'GET' ? request.path === path : true,
				request.time - (first?.time ?? 0),
			]),
		).toEqual([
			['POST', true, 0],
			['GET', true, 0],
			['GET', true, 2000],
			['GET', true, 7000],
			['POST', true, 7000],
		]);
	});

	it('survives an answer that is lost again', async () => {
		const { simulator } = world;
		meet(simulator, 'klingGlobal', { kind: 'dropBefore' });
		meet(simulator, 'klingGlobal', { kind: 'dropAfter' });
		await expectTheOneTask(simulator, await runKling({ simulator }));
		expect(creates(simulator)).toHaveLength(2);
	});

	it('takes the task that shows only when it is sent again', async () => {
		const { simulator } = world;
		meet(simulator, 'klingGlobal', { kind: 'dropAfter' });
		const late = { code: 1201, message: 'Task not found by id/external id: x', request_id: 'r' };
		simulator.faults.add({
			match: { method: 'GET' },
			times: 3,
			action: { kind: 'status', status: 400, body: late },
		});
		await expectTheOneTask(simulator, await runKling({ simulator }));
		expect(creates(simulator).map(({ status }) => status)).toEqual([0, 400]);
	});

	it('waits for a slot if there is none when it is sent again', async () => {
		const { simulator } = world;
		meet(simulator, 'klingGlobal', { kind: 'dropBefore' });
		meet(simulator, 'klingGlobal', { kind: 'error', code: 1303 });
		await expectTheOneTask(simulator, await runKling({ simulator }));
		expect(creates(simulator)).toHaveLength(3);
	});

	describe('under a name that the user gave, which an older task may have', () => {
		const parameters = { options: { externalTaskId: 'order-7' } };
		const clocksApart = (minutes: number) =>
			jest.spyOn(clock, 'now').mockImplementation(() => time.now() + minutes * 60_000);

		it('finds its task although our clock is 14 minutes ahead of that of the service', async () => {
			const { simulator } = world;
			clocksApart(14);
			meet(simulator, 'klingGlobal', { kind: 'dropAfter' });
			await expectTheOneTask(simulator, await runKling({ simulator, parameters }));
			expect(creates(simulator)).toHaveLength(1);
		});

		it('takes one that seems 16 minutes older for another, and pays for no second', async () => {
			const { simulator } = world;
			clocksApart(16);
			meet(simulator, 'klingGlobal', { kind: 'dropAfter' });
			const result = await runKling({ simulator, parameters });
			expect(result.status).toBe('error');
			expect(words(result)).toContain('A task with this External Task ID exists');
			expect(simulator.ledger.charges).toHaveLength(1);
		});
	});

	it('is looked for by the name that the user gave, too', async () => {
		const { simulator } = world;
		meet(simulator, 'klingGlobal', { kind: 'dropAfter' });
		const options = { externalTaskId: 'order-7' };
		await expectTheOneTask(simulator, await runKling({ simulator, parameters: { options } }));
		expect(sentIds(simulator)).toEqual(['order-7']);
	});

	it('is found by a name among the additional fields, too', async () => {
		const { simulator } = world;
		meet(simulator, 'klingGlobal', { kind: 'dropAfter' });
		const options = { additionalFields: '{"external_task_id": "order-7"}' };
		await expectTheOneTask(simulator, await runKling({ simulator, parameters: { options } }));
		expect(sentIds(simulator)).toEqual(['order-7']);
	});
});

describe('a server’s own failure, whatever code it holds', () => {
	const CODES = [1303, 1302, 1102, 1004];
	const at = <T extends ServiceName>(...services: T[]) =>
		services.flatMap((service) =>
			[500, 408].flatMap((status) => CODES.map((code) => ({ service, status, code }))),
		);

	it.each(at('relay', 'newApi', 'openaiHk', 'aceData'))(
		'$status with $code at $service is sent once',
		async ({ service, status, code }) => {
			const { simulator } = world;
			meet(simulator, service, answered(status, { code, message: 'x', request_id: 'r' }), null);
			const result = await runKling({ simulator, service, retryOnFail: true, maxTries: 2 });
			expect(result.status).toBe('error');
			expect(words(result)).toContain(MAYBE_PAID);
			expect(creates(simulator)).toHaveLength(1);
			// Those that can be asked for the name of the task are; nobody waits for a slot.
			const asks = service === 'relay' || service === 'newApi';
			expect(slept).toEqual(asks ? [2000, 5000] : []);
			expect(simulator.ledger.charges).toEqual([]);
		},
	);

	it.each(at('klingGlobal', 'klingChina'))(
		'$status with $code at $service is sent again only under the same name, and not in a queue',
		async ({ service, status, code }) => {
			const { simulator } = world;
			meet(simulator, service, answered(status, { code, message: 'x', request_id: 'r' }), null);
			const result = await runKling({ simulator, service });
			expect(words(result)).toContain(MAYBE_PAID);
			expect(sentIds(simulator)).toEqual([
				expect.stringMatching(OUR_EXTERNAL_ID),
				sentIds(simulator)[0],
			]);
			// Asked for three times after each.
			expect(slept).toEqual([2000, 5000, 2000, 5000]);
			expect(simulator.ledger.charges).toEqual([]);
		},
	);
});

describe('an error that names a task', () => {
	const UUID = '307c3359-f68a-44e1-bd3b-c5d5a2a2ca0a';
	const ace = { success: false, error: { code: 'api_error', message: 'x' }, trace_id: 't' };
	const DIGITS = '814237883686625347';
	const CASES: Array<[ServiceName, status: number, body: object, taskId: string]> = [
		['klingGlobal', 200, { code: 1, message: 'x', data: { task_id: DIGITS } }, DIGITS],
		['relay', 200, { code: 9, message: 'x', task_id: 'task_1' }, 'task_1'],
		['aceData', 200, { ...ace, task_id: UUID }, UUID],
		['aceData', 500, { ...ace, task_id: UUID }, UUID],
	];
	it.each(CASES)('tells its ID: %s, HTTP %i', async (service, status, body, taskId) => {
		const { simulator } = world;
		meet(simulator, service, answered(status, body));
		const result = await runKling({ simulator, service, retryOnFail: true, maxTries: 2 });
		expect(told(result).context.taskId).toBe(taskId);
		expect(words(result)).toContain(`Task ID: ${taskId}`);
		expect(creates(simulator)).toHaveLength(1);
	});

	it.each(CASES)('tells its ID in the item: %s, HTTP %i', async (service, status, body, taskId) => {
		const { simulator } = world;
		meet(simulator, service, answered(status, body));
		const result = await runKling({ simulator, service, onError: 'continueRegularOutput' });
		expect(errorOf(result)).toMatchObject({ taskId, itemIndex: 0 });
		expect(creates(simulator)).toHaveLength(1);
	});
});
