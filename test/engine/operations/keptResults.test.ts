/** Elements and voices as results: every way to wait for them, the trigger, and lost answers. */
import { time } from '../kling';
import { expectNoKeys, words } from '../support';
import { useSuspension } from '../suspension';
import { endedTask, post, started, startedByKind, startTrigger } from '../trigger';
import { kindOf, OPERATIONS } from './cells';
import { lastCreate, resourceOf, useBench } from './support';

const bench = useBench({ slots: 20 });
const { whenResumed } = useSuspension(bench);

const ROWS = OPERATIONS.filter(({ makes }) => makes === 'an element' || makes === 'a voice').map(
	(row) => {
		const type = row.makes === 'a voice' ? 'voice' : 'element';
		return { ...row, kind: kindOf(row), resource: resourceOf(row.operation), type };
	},
);

const idOf = (taskId: unknown) => bench.simulator.tasks.get(String(taskId))?.resultIds[0];

describe.each(ROWS)('$operation', ({ operation, kind, resource, type, parameters }) => {
	const chosen = { ...parameters, resource, operation };

	it.each(['klingGlobal', 'relay'] as const)(
		'goes on with its result after being suspended, at %s',
		async (service) => {
			const { simulator } = bench;
			const result = await whenResumed({ service, parameters: chosen });
			bench.owe(1);
			const taskId = result.json[0]?.taskId;
			expect(result.json).toMatchObject([
				{ kind, status: 'succeed', name: 'Mara', [`${type}Id`]: idOf(taskId) },
			]);
			expect(Object.keys(result.output[0]?.binary ?? {})).toEqual(type === 'voice' ? ['data'] : []);
			expectNoKeys(simulator, result);
		},
	);

	it('comes at once without waiting, and is fetched later', async () => {
		const made = await bench.succeed(operation, {
			parameters: { ...parameters, waitMode: 'none' },
		});
		expect(made.json).toMatchObject([{ status: 'submitted', [`${type}Id`]: null, name: null }]);
		time.advance(70_000);
		const { taskId } = made.json[0] ?? {};
		const result = await bench.succeed('get', { parameters: { taskId: String(taskId) } });
		expect(result.json).toMatchObject([
			{ kind, status: 'succeed', [`${type}Id`]: idOf(taskId), name: 'Mara' },
		]);
	});

	it('of several items is asked for together, ids exact', async () => {
		const result = await bench.succeed(operation, { items: [{}, {}, {}], parameters });
		const together = bench.simulator.ledger.requests.filter(({ path }) => path === '/tasks');
		expect(together.length).toBeGreaterThan(0);
		expect(result.json.map((json) => json[`${type}Id`])).toEqual(
			result.json.map(({ taskId }) => idOf(taskId)),
		);
		expect(result.json).toMatchObject([{ name: 'Mara' }, { name: 'Mara' }, { name: 'Mara' }]);
	});

	it('is put out as the service tells it, without Simplify, its id as text', async () => {
		const result = await bench.succeed(operation, {
			parameters: { ...parameters, options: { simplify: false } },
		});
		const id = idOf(lastCreate(bench.simulator).taskId);
		expect(result.json).toMatchObject([
			{ data: { task_result: { [`${type}s`]: [{ [`${type}_id`]: id }] } } },
		]);
	});

	it('that fails tells why', async () => {
		const name = type === 'voice' ? 'voiceName' : 'elementName';
		const result = await bench.run(operation, { parameters: { ...parameters, [name]: '[fail]' } });
		bench.owe(1);
		expect(words(result)).toContain('The task failed: Failure to pass the risk control system');
	});

	it.each(['legacy', 'unified'] as const)(
		'starts a workflow that the trigger lets in by Made By, called back in the %s form',
		async (form) => {
			const { simulator } = bench;
			simulator.settings.officialCallbackForm = form;
			const [item] = await startedByKind(simulator, kind, chosen);
			bench.owe(2);
			expect(item).toMatchObject({ kind, status: 'succeed', name: 'Mara' });
			expect(item?.[`${type}Id`]).toBe(idOf(item?.taskId));
		},
	);

	it('is found by the trigger in all places', async () => {
		const { simulator } = bench;
		const { id, search } = await endedTask(simulator, chosen);
		bench.owe(1);
		const query = new URLSearchParams(search);
		expect(query.get('kind')).toBe(kind);
		query.delete('kind');
		const trigger = await startTrigger(simulator);
		const claim = { task_id: id, task_status: 'succeed' };
		await post(trigger, `${trigger.url}?${query.toString()}`, claim);
		expect(started(trigger)).toMatchObject([{ taskId: id, kind, [`${type}Id`]: idOf(id) }]);
	});
});

it('a free element counts no units', async () => {
	const { parameters } = ROWS.find(({ operation }) => operation === 'createFromVideo')!;
	const result = await bench.succeed('createFromVideo', { parameters });
	expect(result.json).toMatchObject([{ unitsDeducted: 0, madeFrom: 'video' }]);
});

it('a voice whose sample cannot be downloaded is told by its task', async () => {
	const { parameters } = ROWS.find(({ operation }) => operation === 'create')!;
	bench.simulator.faults.add({
		service: 'cdn',
		times: null,
		action: { kind: 'status', status: 404 },
	});
	const result = await bench.run('create', { parameters, onError: 'continueRegularOutput' });
	bench.owe(1);
	const { taskId } = lastCreate(bench.simulator);
	expect(result.json).toMatchObject([
		{ error: { kind: 'download', taskId, status: 'succeed', voiceId: idOf(taskId) } },
	]);
});
