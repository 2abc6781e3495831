/** Task → Get for tasks of every kind: where they are looked for, what comes out, and the files. */
import { taking } from '../../depth';
import type { ServiceName } from '../../simulator';
import { model, slept } from '../kling';
import { expectNoKeys, words } from '../support';
import { dialectOf, filesOf, kindAt, OPERATIONS, pathOf } from './cells';
import { sourceOf, useBench, type OperationName } from './support';

const bench = useBench({ imageSlots: 20 });

const ROWS = Object.fromEntries(OPERATIONS.map((row) => [row.operation, row]));
const SERVICES = ['klingGlobal', 'klingChina', 'relay', 'aceData', 'openaiHk', 'newApi'] as const;

/** Both regions of official Kling are one program: two kinds are enough at the second. */
const AT_CHINA: readonly OperationName[] = ['text2video', 'omni-video'];
/** A relay passes on what official Kling does. */
const AT_RELAY = taking(3, 0, OPERATIONS).map(({ operation }) => operation);

const cells = SERVICES.flatMap((service) =>
	OPERATIONS.filter((row) => row.bodies[dialectOf(service, row)])
		.filter(({ newApi }) => newApi || service !== 'newApi')
		.filter(({ operation }) => service !== 'klingChina' || AT_CHINA.includes(operation))
		.filter(({ operation }) => service !== 'relay' || AT_RELAY.includes(operation))
		.map((row) => ({ service, operation: row.operation, kind: kindAt(row, service) })),
);

/** The id of a task that was made and not waited for. */
async function make(service: ServiceName, operation: OperationName): Promise<string> {
	const row = ROWS[operation]!;
	const { parameters, at = {} } = row;
	const source = await sourceOf(bench, row, service);
	const { json } = await bench.succeed(operation, {
		service,
		parameters: { ...parameters, ...at[dialectOf(service, row)], ...source, waitMode: 'none' },
	});
	slept.length = 0;
	return String(json[0]?.taskId);
}

describe.each(cells)('$operation at $service', ({ service, operation, kind }) => {
	it('is found, awaited and fetched', async () => {
		const { simulator } = bench;
		const taskId = await make(service, operation);
		const result = await bench.succeed('get', {
			service,
			parameters: { taskId, waitMode: 'poll' },
		});
		expect(result.json).toMatchObject([{ taskId, status: 'succeed' }]);
		expect(result.output[0]?.pairedItem).toEqual({ item: 0 });
		const files = filesOf(ROWS[operation]!, simulator, taskId);
		expect(Object.keys(result.output[0]?.binary ?? {})).toEqual(Object.keys(files));
		for (const [field, bytes] of Object.entries(files)) {
			expect(await result.binary(0, field)).toEqual(bytes);
		}
		expectNoKeys(simulator, result);
	});

	it('is asked for at one place when its kind is told', async () => {
		const taskId = await make(service, operation);
		const before = bench.simulator.ledger.requests.length;
		const result = await bench.succeed('get', { service, parameters: { taskId, taskKind: kind } });
		expect(result.json).toMatchObject([
			{ taskId, kind, status: expect.stringMatching(/^(submitted|processing)$/) as string },
		]);
		expect(result.output[0]?.binary).toBeUndefined();
		// Relays have two places for lip sync, of which the other one comes first.
		const places = service === 'relay' && operation === 'lip-sync' ? 2 : 1;
		expect(bench.simulator.ledger.requests).toHaveLength(before + places);
		expect(slept).toEqual([]);
	});
});

describe('the kind that is told of a task that was found', () => {
	// Ace Data Cloud keeps all in one place, and several pictures look like mixed references there.
	const told = cells.filter(
		({ service, kind }) => service !== 'aceData' || kind !== 'multi-image2video',
	);
	it.each(told)('$operation at $service', async ({ service, operation, kind }) => {
		const taskId = await make(service, operation);
		const result = await bench.succeed('get', { service, parameters: { taskId } });
		// Solutions share a place that does not tell them apart, unless what they have made does.
		const isTold = !pathOf(ROWS[operation]!, service, '').startsWith('/solutions/');
		expect(result.json[0]?.kind).toBe(isTold ? kind : null);
	});
});

describe('Made By = Multi-Image to Video', () => {
	const taskKind = 'multi-image2video';
	const [old, omni] = ['/v1/videos/multi-image2video', '/v1/videos/omni-video'];
	const pathsOf = (requests: ReadonlyArray<{ path: string }>, taskId: string) =>
		requests.map(({ path }) => path.replace('/kling/', '/').replace(`/${taskId}`, ''));

	it.each(['klingGlobal', 'relay'] as const)(
		'finds what an omni model made at %s, waits for it and fetches it',
		async (service) => {
			const { simulator } = bench;
			const taskId = await make(service, taskKind);
			const before = simulator.ledger.requests.length;
			const parameters = { taskId, taskKind, waitMode: 'poll' };
			const result = await bench.succeed('get', { service, parameters });
			expect(result.json).toMatchObject([{ taskId, kind: 'omni-video', status: 'succeed' }]);
			expect(await result.binary()).toEqual(simulator.videoBytes(taskId));
			const [first, second, ...later] = pathsOf(simulator.ledger.requests.slice(before), taskId);
			expect([first, second]).toEqual([old, omni]);
			expect(new Set(later.filter((path) => path.startsWith('/v1/')))).toEqual(new Set([omni]));
		},
	);

	it.each(['klingGlobal', 'relay'] as const)(
		'finds what kling-v1-6 made at %s, at one place',
		async (service) => {
			const { simulator } = bench;
			const { json } = await bench.succeed(taskKind, {
				service,
				parameters: {
					...ROWS[taskKind]?.parameters,
					model: model('kling-v1-6'),
					waitMode: 'none',
				},
			});
			const taskId = String(json[0]?.taskId);
			const before = simulator.ledger.requests.length;
			const result = await bench.succeed('get', { service, parameters: { taskId, taskKind } });
			expect(result.json).toMatchObject([{ taskId, kind: taskKind }]);
			expect(pathsOf(simulator.ledger.requests.slice(before), taskId)).toEqual([old]);
		},
	);

	it('says so when neither place knows the task, nor that of all tasks', async () => {
		const taskId = '814237883686625347';
		const result = await bench.run('get', { parameters: { taskId, taskKind } });
		expect(words(result)).toContain('does not know this task');
		expect(result.error?.context).toMatchObject({ taskId });
		expect(pathsOf(bench.simulator.ledger.requests, taskId)).toEqual([
			old,
			omni,
			'/tasks',
			'/tasks',
		]);
	});
});
