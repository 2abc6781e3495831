/**
 * Whatever goes wrong with a create: never more than one task is paid for. Where the service can say what became of it, the
 * item ends well; elsewhere the error says whether a paid task may exist.
 */
import type { Fault, ServiceName } from '../simulator';
import type { RunResult } from './harness';
import { runKling, slept } from './kling';
import { creates, createPath, expectNoKeys, looks, SERVICES, useSimulator, words } from './support';

const world = useSimulator();

interface Case {
	fault: string;
	action: Fault['action'];
	/** What the simulator really did. */
	charges: 0 | 1;
	/** What nobody on our side can know. */
	mayBePaid: boolean;
	says: RegExp;
}

const CASES: Case[] = [
	{
		fault: 'an internal error before the task was made',
		action: { kind: 'status', status: 500, body: { code: 5000, message: 'oops' } },
		charges: 0,
		mayBePaid: true,
		says: /had an internal error|answered with HTTP status 500/,
	},
	{
		fault: 'maintenance',
		action: { kind: 'status', status: 503, body: { code: 5001, message: 'later' } },
		charges: 0,
		mayBePaid: true,
		says: /is under maintenance|answered with HTTP status 503/,
	},
	{
		fault: 'an internal error after the task was made',
		action: { kind: 'errorAfter' },
		charges: 1,
		mayBePaid: true,
		says: /had an internal error|answered with HTTP status 500/,
	},
	{
		fault: 'a bad gateway',
		action: { kind: 'html' },
		charges: 0,
		mayBePaid: true,
		says: /answered with HTTP status 502/,
	},
	{
		fault: 'a connection dropped before the task was made',
		action: { kind: 'dropBefore' },
		charges: 0,
		mayBePaid: true,
		says: /could not be reached at http.*the connection was cut/,
	},
	{
		fault: 'a connection dropped after the task was made',
		action: { kind: 'dropAfter' },
		charges: 1,
		mayBePaid: true,
		says: /could not be reached at http.*the connection was cut/,
	},
	{
		fault: 'broken JSON',
		action: { kind: 'garbage' },
		charges: 0,
		mayBePaid: true,
		says: /gave an answer that cannot be understood: not JSON/,
	},
	{
		fault: 'an empty answer',
		action: { kind: 'empty' },
		charges: 0,
		mayBePaid: true,
		says: /cannot be understood: the answer is empty/,
	},
	{
		fault: 'a web page as if all were well',
		action: { kind: 'html', status: 200 },
		charges: 0,
		mayBePaid: true,
		says: /cannot be understood: a web page came instead of data/,
	},
	{
		fault: 'JSON without a task',
		action: { kind: 'garbage', body: { code: 0, message: 'SUCCEED', data: { task_id: null } } },
		charges: 0,
		mayBePaid: true,
		says: /cannot be understood/,
	},
	{
		fault: 'JSON of another type',
		action: { kind: 'garbage', body: [1, 2] },
		charges: 0,
		mayBePaid: true,
		says: /cannot be understood/,
	},
	{
		fault: 'a redirect',
		action: { kind: 'status', status: 307, headers: { location: 'http://127.0.0.1:9/' } },
		charges: 0,
		mayBePaid: false,
		says: /sent us to another address/,
	},
];

const MAYBE_PAID = 'may have been made and charged';

/** Lets the creates meet something, once or as often as told. */
function meet(service: ServiceName, action: Fault['action'], times: number | null = 1) {
	const match = { method: 'POST', path: createPath(service) };
	return world.simulator.faults.add({ service, match, times, action });
}

/** No look-up reaches the service. */
function noLooks(service: ServiceName, times: number | null = null) {
	const match = { method: 'GET' };
	return world.simulator.faults.add({ service, match, times, action: { kind: 'dropBefore' } });
}

/** The names that the creates gave their task. */
function sentIds(): unknown[] {
	return creates(world.simulator).map(
		({ body }) => (body as { external_task_id?: unknown }).external_task_id,
	);
}

/** The one task that was paid for has come out, with its file. */
async function expectTheOneTask(result: RunResult): Promise<void> {
	const { simulator } = world;
	expect(words(result)).toBe(' | ');
	expect(result.status).toBe('success');
	const [charge, ...more] = simulator.ledger.charges;
	expect(more).toEqual([]);
	expect(result.json).toMatchObject([{ taskId: charge?.taskId, status: 'succeed' }]);
	expect(await result.binary()).toEqual(simulator.videoBytes(charge?.taskId ?? ''));
	expectNoKeys(simulator, result);
}

const UNCLEAR = CASES.filter(({ mayBePaid }) => mayBePaid);
const OFFICIAL = ['klingGlobal', 'klingChina'] as const;

describe.each(OFFICIAL)(
	'a create at %s, which refuses a second task of the same name, that meets',
	(service) => {
		it.each(UNCLEAR)('$fault', async ({ action, charges }) => {
			const { simulator } = world;
			meet(service, action);
			await expectTheOneTask(await runKling({ simulator, service }));
			// Sent again only where nothing was made, and then as the same order.
			expect(creates(simulator)).toHaveLength(charges === 1 ? 1 : 2);
			expect(new Set(creates(simulator).map(({ rawBody }) => rawBody)).size).toBe(1);
		});

		it.each(UNCLEAR)('$fault, for ever', async ({ action, charges, says }) => {
			const { simulator } = world;
			meet(service, action, null);
			const result = await runKling({ simulator, service });
			if (charges === 1) {
				await expectTheOneTask(result);
				return;
			}
			expect(result.error?.name).toBe('NodeApiError');
			expect(words(result)).toMatch(says);
			expect(words(result)).toContain(MAYBE_PAID);
			expect(words(result)).toContain(`External Task ID ${String(sentIds()[0])}`);
			expect(creates(simulator)).toHaveLength(2);
			expect(simulator.ledger.charges).toEqual([]);
			expectNoKeys(simulator, result);
		});

		it.each(UNCLEAR)(
			'$fault, while nobody can ask for the task',
			async ({ action, charges, says }) => {
				const { simulator } = world;
				meet(service, action);
				noLooks(service);
				const result = await runKling({ simulator, service });
				expect(words(result)).toMatch(says);
				expect(words(result)).toContain(MAYBE_PAID);
				expect(words(result)).toContain(`External Task ID ${String(sentIds()[0])}`);
				expect(creates(simulator)).toHaveLength(1);
				expect(simulator.ledger.charges).toHaveLength(charges);
			},
		);
	},
);

describe('a create at official Kling that ends unclear', () => {
	it('is asked for three times within seconds, then sent again', async () => {
		const { simulator } = world;
		meet('klingGlobal', { kind: 'dropBefore' });
		await runKling({ simulator, parameters: { waitMode: 'none' } });
		const [first] = simulator.ledger.requests;
		const path = `${createPath('klingGlobal')}/${String(sentIds()[0])}`;
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
		meet('klingGlobal', { kind: 'dropBefore' });
		meet('klingGlobal', { kind: 'dropAfter' });
		await expectTheOneTask(await runKling({ simulator }));
		expect(creates(simulator)).toHaveLength(2);
	});

	it('takes the task that shows only when it is sent again', async () => {
		const { simulator } = world;
		meet('klingGlobal', { kind: 'dropAfter' });
		const late = { code: 1201, message: 'Task not found by id/external id: x', request_id: 'r' };
		simulator.faults.add({
			match: { method: 'GET' },
			times: 3,
			action: { kind: 'status', status: 400, body: late },
		});
		await expectTheOneTask(await runKling({ simulator }));
		expect(creates(simulator).map(({ status }) => status)).toEqual([0, 400]);
	});

	it('waits for a slot if there is none when it is sent again', async () => {
		const { simulator } = world;
		meet('klingGlobal', { kind: 'dropBefore' });
		meet('klingGlobal', { kind: 'error', code: 1303 });
		await expectTheOneTask(await runKling({ simulator }));
		expect(creates(simulator)).toHaveLength(3);
	});

	it('is looked for by the name that the user gave, too', async () => {
		const { simulator } = world;
		meet('klingGlobal', { kind: 'dropAfter' });
		const options = { externalTaskId: 'order-7' };
		await expectTheOneTask(await runKling({ simulator, parameters: { options } }));
		expect(sentIds()).toEqual(['order-7']);
	});

	it('is not sent again if its name stands among the additional fields, where it is not read', async () => {
		const { simulator } = world;
		meet('klingGlobal', { kind: 'dropAfter' });
		const options = { additionalFields: '{"external_task_id": "order-7"}' };
		const result = await runKling({ simulator, parameters: { options } });
		expect(words(result)).toContain(MAYBE_PAID);
		expect(sentIds()).toEqual(['order-7']);
		expect(simulator.ledger.charges).toHaveLength(1);
	});
});

describe('a create at a relay that passes names on, but may take the same twice, that meets', () => {
	const service = 'relay';

	it.each(UNCLEAR)('$fault', async ({ action, charges, says }) => {
		const { simulator } = world;
		meet(service, action);
		const result = await runKling({ simulator, service });
		expect(creates(simulator)).toHaveLength(1);
		if (charges === 1) {
			await expectTheOneTask(result);
			return;
		}
		expect(result.error?.name).toBe('NodeApiError');
		expect(words(result)).toMatch(says);
		expect(words(result)).toContain(MAYBE_PAID);
		expect(words(result)).toContain(String(sentIds()[0]));
		expect(looks(simulator)).toHaveLength(3);
		expect(simulator.ledger.charges).toEqual([]);
		expectNoKeys(simulator, result);
	});
});

describe.each(['aceData', 'openaiHk', 'newApi'] as const)(
	'a create at %s, where nothing finds it again, that meets',
	(service) => {
		it.each(UNCLEAR)('$fault', async ({ action, charges, says }) => {
			const { simulator } = world;
			meet(service, action);
			const result = await runKling({ simulator, service });
			expect(result.status).toBe('error');
			expect(result.error?.name).toBe('NodeApiError');
			expect(words(result)).toMatch(says);
			expect(words(result)).toContain(MAYBE_PAID);
			// Even at a relay, an id that was just asked for in vain must not be taken for a proof.
			expect(words(result)).toContain('the console of the service');
			expect(creates(simulator)).toHaveLength(1);
			expect(simulator.ledger.charges).toHaveLength(charges);
			if (service !== 'newApi') expect([looks(simulator), slept]).toEqual([[], []]);
			expectNoKeys(simulator, result);
		});
	},
);

describe.each(SERVICES)('a create at %s that certainly made nothing', (service) => {
	it.each(CASES.filter(({ mayBePaid }) => !mayBePaid))('after $fault', async ({ action, says }) => {
		const { simulator } = world;
		meet(service, action);
		const result = await runKling({ simulator, service });
		expect(result.error?.name).toBe('NodeApiError');
		expect(words(result)).toMatch(says);
		expect(words(result)).not.toContain(MAYBE_PAID);
		expect(simulator.ledger.requests).toHaveLength(1);
		expect(simulator.ledger.charges).toEqual([]);
		expectNoKeys(simulator, result);
	});
});
