/** What Kling makes by its Solutions API: every operation of it, waited for, suspended, found, and as the start of a workflow. */
import type { INodeParameters } from 'n8n-workflow';

import { KINDS } from '../../../nodes/shared/core/kinds';
import { slept, time } from '../kling';
import { expectNoKeys, KEY_PAIR, words } from '../support';
import { useSuspension } from '../suspension';
import { endedTask, post, started, startedByKind, startTrigger } from '../trigger';
import { filesOf, kindOf, OPERATIONS } from './cells';
import { useSolutions } from './solutions';
import { lastCreate, resourceOf } from './support';

const { bench, asked, make } = useSolutions();
const { whenResumed } = useSuspension(bench);

const ROWS = OPERATIONS.filter(({ solution }) => solution !== undefined).map((row) => ({
	...row,
	kind: kindOf(row),
	resource: resourceOf(row.operation),
	path: `/solutions/${row.solution ?? ''}`,
	services: (['klingGlobal', 'klingChina', 'aceData'] as const).filter(
		(service) => service !== 'aceData' || row.bodies.aceData,
	),
	// The API does not tell its kinds apart: several make one video and nothing else.
	kindFound: row.makes === undefined ? null : kindOf(row),
	row,
}));

describe.each(ROWS)('$operation', ({ operation, kind, resource, parameters, path, ...more }) => {
	const { services, kindFound, row } = more;
	const chosen = { ...parameters, resource, operation };

	it.each(services)('goes on after being suspended, at %s', async (service) => {
		const { simulator } = bench;
		const result = await whenResumed({ service, parameters: chosen });
		bench.owe(1);
		const { taskId = '' } = lastCreate(simulator);
		expect(result.json).toMatchObject([{ kind, status: 'succeed', taskId }]);
		const files = Object.keys(filesOf(row, simulator, taskId));
		expect(Object.keys(result.output[0]?.binary ?? {})).toEqual(files);
		expectNoKeys(simulator, result);
	});

	it('is asked for at /solutions alone, several items together', async () => {
		const result = await bench.succeed(operation, { items: [{}, {}, {}], parameters });
		expect(result.json.map(({ status }) => status)).toEqual(['succeed', 'succeed', 'succeed']);
		expect(new Set(asked())).toEqual(new Set(['GET /solutions task_ids']));
		expect(bench.simulator.ledger.requests.at(-1)?.query.task_ids?.split(',')).toHaveLength(3);
	});

	it('is awaited through answers that fail', async () => {
		const { faults } = bench.simulator;
		const match = { method: 'GET', path: '/solutions' };
		faults.add({ match, action: { kind: 'error', code: 5000 } });
		faults.add({ match, action: { kind: 'html' } });
		faults.add({ match, action: { kind: 'dropBefore' } });
		faults.add({ match, action: { kind: 'error', code: 1302 } });
		const result = await bench.succeed(operation, { parameters });
		expect(result.json).toMatchObject([{ status: 'succeed' }]);
	});

	it('is picked up by Retry On Fail where it is, and not paid for again', async () => {
		bench.simulator.faults.add({
			match: { method: 'GET', path: '/solutions' },
			action: { kind: 'status', status: 400, body: { code: 1200, message: 'odd' } },
		});
		const result = await bench.succeed(operation, { parameters, retryOnFail: true, maxTries: 2 });
		expect(result.json).toMatchObject([{ status: 'succeed' }]);
		expect(bench.simulator.ledger.requests.filter((one) => one.path === path)).toHaveLength(1);
	});

	it('is refused under a name that was used, and told so', async () => {
		const named = { ...parameters, options: { externalTaskId: 'order-1' } };
		await bench.succeed(operation, { parameters: named });
		const result = await bench.run(operation, { parameters: { ...named } });
		expect(words(result)).toContain('A task with this External Task ID exists');
		expect(bench.simulator.ledger.charges).toHaveLength(1);
	});

	it('is found by its own ID and by its External Task ID', async () => {
		const taskId = await make(operation, { options: { externalTaskId: 'order-2' } });
		time.advance(70_000);
		for (const id of [taskId, 'order-2']) {
			for (const [taskKind, found] of [
				['find', kindFound],
				[kind, kind],
			] as const) {
				const { json } = await bench.succeed('get', {
					parameters: { taskId: id, taskKind, download: false },
				});
				expect(json).toMatchObject([
					{ taskId, externalTaskId: 'order-2', kind: found, status: 'succeed' },
				]);
			}
		}
		expect(slept).toEqual([]);
	});

	it('is of its kind where /tasks tells of it, too', async () => {
		bench.simulator.settings.showsSolutionsAmongTasks = true;
		const taskId = await make(operation);
		time.advance(70_000);
		const parameters = { taskId, taskKind: 'find', download: false };
		const { json } = await bench.succeed('get', { parameters });
		expect(json).toMatchObject([{ taskId, kind: kindFound, status: 'succeed' }]);
		const looks = asked().filter((one) => one.startsWith('GET /solutions'));
		expect(looks).toHaveLength(kindFound === null ? 0 : 1);
	});

	it('is one request to look at where its kind is told', async () => {
		const taskId = await make(operation);
		await bench.succeed('get', { parameters: { taskId, taskKind: kind } });
		expect(asked()).toEqual(['GET /solutions task_ids']);
	});

	it.each([true, false])('starts a workflow; /tasks tells of it, too: %s', async (isTold) => {
		const { simulator } = bench;
		// The address for calls is an option, too.
		const { options: _options, ...rest }: INodeParameters = chosen;
		simulator.settings.showsSolutionsAmongTasks = isTold;
		expect(await startedByKind(simulator, kind, rest)).toMatchObject([{ kind, status: 'succeed' }]);
		bench.owe(2);

		const { id, search } = await endedTask(simulator, rest);
		bench.owe(1);
		const query = new URLSearchParams(search);
		expect(query.get('kind')).toBe(kind);
		query.delete('kind');
		const any = await startTrigger(simulator);
		const claim = { id, status: 'succeeded', outputs: [] };
		await post(any, `${any.url}?${query.toString()}`, claim);
		expect(started(any)).toMatchObject([{ taskId: id, status: 'succeed' }]);
	});

	it('wants an API key, wherever it is chosen', async () => {
		const says = [`offers ${KINDS[kind].title} only with an API key`, 'API Key as Authentication'];
		for (const [query, more] of [
			['get', { taskId: '814237883686625347' }],
			['getMany', {}],
		] as const) {
			const refusal = { parameters: { ...more, taskKind: kind }, says };
			await bench.refused(query, refusal, { credential: KEY_PAIR });
		}
	});
});

it('a pair of keys asks for no solutions', async () => {
	const result = await bench.run('get', {
		credential: KEY_PAIR,
		parameters: { taskId: '814237883686625347' },
	});
	expect(words(result)).toContain('does not know this task');
	await bench.succeed('getMany', { credential: KEY_PAIR });
	const { requests } = bench.simulator.ledger;
	expect(requests.length).toBeGreaterThan(20);
	expect(requests.filter(({ path }) => path.startsWith('/solutions'))).toEqual([]);
});

describe('several tasks at once', () => {
	it('are asked for by one request for each API', async () => {
		const ids = [
			await make('goods-studio'),
			await make('text2video', { prompt: 'A fox' }),
			await make('virtual-try-on'),
			await make('text2video', { prompt: 'An owl' }),
		];
		const result = await bench.succeed('get', {
			items: ids.map((taskId) => ({ taskId })),
			parameters: { taskId: '={{ $json.taskId }}', waitMode: 'poll' },
		});
		expect(result.json.map(({ taskId, status }) => [taskId, status])).toEqual(
			ids.map((id) => [id, 'succeed']),
		);
		const together = bench.simulator.ledger.requests
			.map(({ path, query }) => [path, query.task_ids?.split(',').length])
			.filter(([, count]) => count === 2);
		expect(together).toContainEqual(['/tasks', 2]);
		expect(together).toContainEqual(['/solutions', 2]);
	});
});
