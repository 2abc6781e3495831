/** Task → Get for tasks of every kind: where they are looked for, what comes out, and the files. */
import type { ServiceName } from '../../simulator';
import { model, slept } from '../kling';
import { expectNoKeys, words } from '../support';
import { dialectOf, filesOf, kindAt, OPERATIONS } from './cells';
import { finishedVideo, useBench, type OperationName } from './support';

const bench = useBench({ imageSlots: 20 });

const ROWS = Object.fromEntries(OPERATIONS.map((row) => [row.operation, row]));
const SERVICES = ['klingGlobal', 'klingChina', 'relay', 'aceData', 'openaiHk', 'newApi'] as const;

/** Both regions of official Kling are one program: two kinds are enough at the second. */
const AT_CHINA: readonly OperationName[] = ['text2video', 'omni-video'];

const cells = SERVICES.flatMap((service) =>
	OPERATIONS.filter(({ bodies }) => bodies[dialectOf(service)])
		.filter(({ newApi }) => newApi || service !== 'newApi')
		.filter(({ operation }) => service !== 'klingChina' || AT_CHINA.includes(operation))
		.map((row) => ({ service, operation: row.operation, kind: kindAt(row, service) })),
);

/** The id of a task that was made and not waited for. */
async function make(service: ServiceName, operation: OperationName): Promise<string> {
	const { parameters, at = {}, needsVideo } = ROWS[operation]!;
	const source = needsVideo ? { videoId: (await finishedVideo(bench, service)).videoId } : {};
	const { json } = await bench.succeed(operation, {
		service,
		parameters: { ...parameters, ...at[dialectOf(service)], ...source, waitMode: 'none' },
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
		expect(bench.simulator.ledger.requests).toHaveLength(before + 1);
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
		expect(result.json[0]?.kind).toBe(kind);
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

	it('says so when neither place knows the task, and looks nowhere else', async () => {
		const taskId = '814237883686625347';
		const result = await bench.run('get', { parameters: { taskId, taskKind } });
		expect(words(result)).toContain('does not know this task');
		expect(result.error?.context).toMatchObject({ taskId });
		expect(pathsOf(bench.simulator.ledger.requests, taskId)).toEqual([old, omni]);
	});
});

describe('the search', () => {
	it('asks at every place the service has, one after the other, and no further than needed', async () => {
		const { simulator } = bench;
		const taskId = await make('openaiHk', 'image-generation');
		await bench.succeed('get', { service: 'openaiHk', parameters: { taskId } });
		expect(simulator.ledger.requests.slice(1).map(({ path }) => path)).toEqual([
			`/kling/v1/videos/text2video/${taskId}`,
			`/kling/v1/videos/image2video/${taskId}`,
			`/kling/v1/images/generations/${taskId}`,
		]);
	});

	it('asks once where the id alone finds the task', async () => {
		const taskId = await make('aceData', 'motion-control');
		await bench.succeed('get', { service: 'aceData', parameters: { taskId } });
		const asked = bench.simulator.ledger.requests.filter(({ path }) => path === '/kling/tasks');
		expect(asked.map(({ rawBody }) => JSON.parse(rawBody) as unknown)).toEqual([
			{ action: 'retrieve', id: taskId },
		]);
	});

	it.each([
		['its own page for what it lacks', { kind: 'status', status: 404, body: '<html></html>' }],
		['a page of another program', { kind: 'html', status: 404 }],
		['that the method is wrong', { kind: 'status', status: 405, body: '' }],
		['its start page', { kind: 'html', status: 200 }],
		['that it knows no such call', { kind: 'error', code: 1202 }],
	] as const)('goes on when a relay answers %s', async (_what, action) => {
		const taskId = await make('relay', 'image-generation');
		bench.simulator.faults.add({
			service: 'relay',
			match: { pathPattern: 'text2video|omni-video' },
			times: null,
			action,
		});
		const result = await bench.succeed('get', { service: 'relay', parameters: { taskId } });
		expect(result.json).toMatchObject([{ taskId, kind: 'image-generation' }]);
		expect(slept).toEqual([]);
	});

	it('ends at once, and in clear words, when a relay of the new-api kind has no such task', async () => {
		const result = await bench.run('get', {
			service: 'newApi',
			parameters: { taskId: 'task_unknown' },
		});
		expect(words(result)).toContain('does not know this task');
		expect(slept).toEqual([]);
	});

	it('does not take a service in trouble for one without the task', async () => {
		const taskId = await make('klingGlobal', 'motion-control');
		bench.simulator.faults.add({
			match: { path: `/v1/videos/text2video/${taskId}` },
			times: null,
			action: { kind: 'error', code: 5000 },
		});
		const result = await bench.run('get', { parameters: { taskId } });
		expect(words(result)).toContain('had an internal error');
		expect(result.error?.context).toMatchObject({ taskId });
	});

	it.each(['klingGlobal', 'relay'] as const)(
		'knows one’s own id too, whatever the kind, %s',
		async (service) => {
			const made = await bench.succeed('image-generation', {
				service,
				parameters: {
					prompt: 'A rabbit',
					waitMode: 'none',
					options: { externalTaskId: 'order 7/b' },
				},
			});
			const result = await bench.succeed('get', {
				service,
				parameters: { taskId: 'order 7/b', waitMode: 'poll' },
			});
			expect(result.json).toMatchObject([
				{ taskId: made.json[0]?.taskId, externalTaskId: 'order 7/b', kind: 'image-generation' },
			]);
		},
	);
});
