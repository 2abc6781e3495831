/**
 * Whatever goes wrong with a create: never more than one task is paid for. Where the service can say what became of it, the
 * item ends well; elsewhere the error says whether a paid task may exist.
 */
import type { Fault, ServiceName } from '../simulator';
import { runKling, slept } from './kling';
import {
	answered,
	creates,
	expectNoKeys,
	expectTheOneTask,
	looks,
	MAYBE_PAID,
	meet,
	sentIds,
	SERVICES,
	useSimulator,
	words,
} from './support';

const world = useSimulator();

const INTERNAL = /had an internal error|answered with HTTP status 500/;
const CUT = /could not be reached at http.*the connection was cut/;
const withoutTask = { code: 0, message: 'SUCCEED', data: { task_id: null } };

/** After these nobody on our side can know whether the task was made. `charges` is what the simulator really did. */
const UNCLEAR: Array<[fault: string, action: Fault['action'], charges: 0 | 1, says: RegExp]> = [
	['an internal error before the task was made', answered(500, { code: 5000 }), 0, INTERNAL],
	['an internal error after the task was made', { kind: 'errorAfter' }, 1, INTERNAL],
	['maintenance', answered(503, { code: 5001 }), 0, /under maintenance|HTTP status 503/],
	['a bad gateway', { kind: 'html' }, 0, /answered with HTTP status 502/],
	['a connection dropped before the task was made', { kind: 'dropBefore' }, 0, CUT],
	['a connection dropped after the task was made', { kind: 'dropAfter' }, 1, CUT],
	['broken JSON', { kind: 'garbage' }, 0, /could not be read: not JSON/],
	['an empty answer', { kind: 'empty' }, 0, /could not be read: the answer is empty/],
	['a web page as if all were well', { kind: 'html', status: 200 }, 0, /: a web page came instead/],
	['JSON without a task', { kind: 'garbage', body: withoutTask }, 0, /could not be read/],
	['JSON of another type', { kind: 'garbage', body: [1, 2] }, 0, /could not be read/],
];

/** No look-up reaches the service. */
function noLooks(service: ServiceName): void {
	const match = { method: 'GET' };
	world.simulator.faults.add({ service, match, times: null, action: { kind: 'dropBefore' } });
}

const OFFICIAL = ['klingGlobal', 'klingChina'] as const;

describe.each(OFFICIAL)(
	'a create at %s, which refuses a second task of the same name, that meets',
	(service) => {
		it.each(UNCLEAR)('%s', async (_fault, action, charges) => {
			const { simulator } = world;
			meet(simulator, service, action);
			await expectTheOneTask(simulator, await runKling({ simulator, service }));
			// Sent again only where nothing was made, and then as the same order.
			expect(creates(simulator)).toHaveLength(charges === 1 ? 1 : 2);
			expect(new Set(creates(simulator).map(({ rawBody }) => rawBody)).size).toBe(1);
		});

		it.each(UNCLEAR)('%s, for ever', async (_fault, action, charges, says) => {
			const { simulator } = world;
			meet(simulator, service, action, null);
			const result = await runKling({ simulator, service });
			if (charges === 1) {
				await expectTheOneTask(simulator, result);
				return;
			}
			expect(result.error?.name).toBe('NodeApiError');
			expect(words(result)).toMatch(says);
			expect(words(result)).toContain(MAYBE_PAID);
			expect(words(result)).toContain(`External Task ID ${String(sentIds(simulator)[0])}`);
			expect(creates(simulator)).toHaveLength(2);
			expect(simulator.ledger.charges).toEqual([]);
			expectNoKeys(simulator, result);
		});

		it.each(UNCLEAR)(
			'%s, while nobody can ask for the task',
			async (_fault, action, charges, says) => {
				const { simulator } = world;
				meet(simulator, service, action);
				noLooks(service);
				const result = await runKling({ simulator, service });
				expect(words(result)).toMatch(says);
				expect(words(result)).toContain(MAYBE_PAID);
				expect(words(result)).toContain(`External Task ID ${String(sentIds(simulator)[0])}`);
				expect(creates(simulator)).toHaveLength(1);
				expect(simulator.ledger.charges).toHaveLength(charges);
			},
		);
	},
);

describe('a create at a relay that passes names on, but may take the same twice, that meets', () => {
	const service = 'relay';

	it.each(UNCLEAR)('%s', async (_fault, action, charges, says) => {
		const { simulator } = world;
		meet(simulator, service, action);
		const result = await runKling({ simulator, service });
		expect(creates(simulator)).toHaveLength(1);
		if (charges === 1) {
			await expectTheOneTask(simulator, result);
			return;
		}
		expect(result.error?.name).toBe('NodeApiError');
		expect(words(result)).toMatch(says);
		expect(words(result)).toContain(MAYBE_PAID);
		expect(words(result)).toContain(String(sentIds(simulator)[0]));
		expect(looks(simulator)).toHaveLength(3);
		expect(simulator.ledger.charges).toEqual([]);
		expectNoKeys(simulator, result);
	});
});

describe.each(['aceData', 'openaiHk', 'newApi'] as const)(
	'a create at %s, where nothing finds it again, that meets',
	(service) => {
		it.each(UNCLEAR)('%s', async (_fault, action, charges, says) => {
			const { simulator } = world;
			meet(simulator, service, action);
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

it.each(SERVICES)(
	'a create at %s that is redirected has certainly made nothing',
	async (service) => {
		const { simulator } = world;
		meet(simulator, service, {
			kind: 'status',
			status: 307,
			headers: { location: 'http://127.0.0.1:9/' },
		});
		const result = await runKling({ simulator, service });
		expect(result.error?.name).toBe('NodeApiError');
		expect(words(result)).toMatch(/sent us to another address/);
		expect(words(result)).not.toContain(MAYBE_PAID);
		expect(simulator.ledger.requests).toHaveLength(1);
		expect(simulator.ledger.charges).toEqual([]);
		expectNoKeys(simulator, result);
	},
);
