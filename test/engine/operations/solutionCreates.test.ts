/** Creates of Kling's Solutions API without a clear answer, or with a name that another task has: nothing is paid twice. */
import type { FaultAction } from '../../simulator';
import { time } from '../kling';
import { MAYBE_PAID, OUR_EXTERNAL_ID, words } from '../support';
import { useSuspension } from '../suspension';
import { GOODS, TRY_ON, useSolutions } from './solutions';
import { lastCreate, resourceOf } from './support';

const { bench, make } = useSolutions();
const { suspend } = useSuspension(bench);

describe('a create without a clear answer', () => {
	const noTask = { code: 0, message: 'SUCCEED', data: { id: null } };
	const DEAD = { kind: 'status', status: 500, body: { code: 5000 } } as const;

	/** `made`: whether the service has made the task, and charged for it. */
	const UNCLEAR: Array<[fault: string, action: FaultAction, made: boolean]> = [
		['an internal error before the task was made', DEAD, false],
		['an internal error after it was made', { kind: 'errorAfter' }, true],
		['maintenance', { kind: 'status', status: 503, body: { code: 5001 } }, false],
		['a bad gateway', { kind: 'html' }, false],
		['a connection dropped before', { kind: 'dropBefore' }, false],
		['a connection dropped after', { kind: 'dropAfter' }, true],
		['broken JSON', { kind: 'garbage' }, false],
		['an empty answer', { kind: 'empty' }, false],
		['an answer without a task', { kind: 'garbage', body: noTask }, false],
	];

	it.each(UNCLEAR)('is sent once and looked for: %s', async (_fault, action, made) => {
		const { simulator } = bench;
		const match = { method: 'POST', path: '/solutions/' };
		const fault = simulator.faults.add({ match, times: null, action });
		const result = await bench.run('goods-studio', { parameters: GOODS });
		expect(fault.hits).toBe(1);
		if (made) {
			expect(result.json).toMatchObject([{ taskId: lastCreate(simulator).taskId }]);
		} else {
			expect(words(result)).toContain(MAYBE_PAID);
			expect(words(result)).toMatch(/External Task ID n8n-/);
		}
		const looks = simulator.ledger.requests.filter(({ path }) => path === '/solutions');
		expect(looks[0]?.query).toEqual({
			external_task_ids: expect.stringMatching(OUR_EXTERNAL_ID) as string,
		});
	});

	it('that names a task beside a failing status is an error, and sent once', async () => {
		const { simulator } = bench;
		const match = { method: 'POST', path: '/solutions/' };
		const body = { code: 0, data: { id: '9', status: 'submitted' }, error: { code: 5000 } };
		simulator.faults.add({ match, action: { kind: 'status', status: 500, body } });
		const result = await bench.run('goods-studio', { parameters: GOODS });
		expect(result.status).toBe('error');
		expect(simulator.ledger.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
	});

	it.each([
		['1302', { kind: 'error', code: 1302 }, 2],
		['1102', { kind: 'error', code: 1102 }, 1],
		['1301', { kind: 'error', code: 1301 }, 1],
	] as const)('is none where it was refused: %s', async (_code, action, posts) => {
		const match = { method: 'POST', path: '/solutions/' };
		const fault = bench.simulator.faults.add({ match, times: 1, action });
		const result = await bench.run('goods-studio', { parameters: GOODS });
		expect(fault.hits).toBe(1);
		expect(result.status).toBe(posts === 2 ? 'success' : 'error');
		expect(words(result)).not.toContain(MAYBE_PAID);
		const sent = bench.simulator.ledger.requests.filter(({ method }) => method === 'POST');
		expect(sent).toHaveLength(posts);
	});

	it('whose name belongs to an older task is no task of ours', async () => {
		const options = { externalTaskId: 'order-3' };
		await make('goods-studio', { options });
		time.advance(3_600_000);
		const match = { method: 'POST', path: '/solutions/' };
		bench.simulator.faults.add({ match, action: { kind: 'dropBefore' } });
		const result = await bench.run('goods-studio', { parameters: { ...GOODS, options } });
		expect(words(result)).toContain('made and charged');
	});

	it('is not sent again by Retry On Fail, though its name finds nothing', async () => {
		const match = { method: 'POST', path: '/solutions/' };
		const fault = bench.simulator.faults.add({ match, action: { kind: 'dropBefore' } });
		const result = await bench.run('goods-studio', {
			parameters: GOODS,
			retryOnFail: true,
			maxTries: 3,
		});
		expect(result.status).toBe('error');
		expect(fault.hits).toBe(1);
		expect(bench.simulator.ledger.requests.filter(({ method }) => method === 'POST')).toHaveLength(
			1,
		);
	});

	it('is not taken for the task of another kind that has its name', async () => {
		const options = { externalTaskId: 'order-4' };
		await bench.succeed('virtual-try-on', { parameters: { ...TRY_ON, options } });
		const parameters = { ...GOODS, options: { ...options, reuseTask: true } };
		const result = await bench.run('goods-studio', { parameters });
		expect(result.json).toEqual([]);
		expect(words(result)).toContain('External_task_id order-4 already exists');
		expect(bench.simulator.ledger.charges).toHaveLength(1);
	});

	it('is not put out as its own where the task that had the name ran still', async () => {
		const options = { externalTaskId: 'order-6' };
		const taskId = await make('virtual-try-on', { options });
		const parameters = { ...GOODS, options: { ...options, reuseTask: true } };
		const result = await bench.run('goods-studio', { parameters, retryOnFail: true, maxTries: 2 });
		expect(result.status).toBe('error');
		expect(words(result)).toContain(
			'External Task ID order-6 belongs to a task of another operation than Video → Present Product',
		);
		expect(words(result)).toContain(taskId);
		expect(bench.simulator.ledger.charges).toHaveLength(1);
	});

	it('is not put out as its own after being suspended either', async () => {
		const { simulator } = bench;
		const options = { externalTaskId: 'order-7' };
		await make('virtual-try-on', { options });
		// A task that another execution has made calls nobody here, so it is asked for without being suspended.
		const { first } = await suspend({
			parameters: {
				...GOODS,
				resource: resourceOf('goods-studio'),
				operation: 'goods-studio',
				options: { ...options, reuseTask: true },
			},
		});
		expect(words(first)).toContain('belongs to a task of another operation');
		expect(simulator.ledger.charges).toHaveLength(1);
	});

	it('is found by Retry On Fail when it shows up later', async () => {
		const { simulator } = bench;
		simulator.faults.add({ match: { method: 'POST' }, action: { kind: 'dropAfter' } });
		const empty = { code: 0, message: 'SUCCEED', data: [] };
		const match = { method: 'GET', path: '/solutions' };
		simulator.faults.add({ match, times: 3, action: { kind: 'garbage', body: empty } });
		const result = await bench.succeed('goods-studio', {
			parameters: GOODS,
			retryOnFail: true,
			maxTries: 2,
		});
		expect(result.json).toMatchObject([{ taskId: lastCreate(simulator).taskId }]);
	});
});
