/** Tasks of Kling's newer API: made at most once, waited for by both ways, found again, and told by the trigger. */
import type { INodeParameters } from 'n8n-workflow';

import type { Fault } from '../simulator';
import { model, runKling, time } from './kling';
import type { KlingRun } from './kling';
import {
	answered,
	expectNoKeys,
	expectTheOneTask,
	MAYBE_PAID,
	OUR_EXTERNAL_ID,
	useSimulator,
	words,
} from './support';
import { useSuspension } from './suspension';
import { endedTask, finish, givenAddress, order, post, started, startTrigger } from './trigger';

const world = useSimulator();
const { suspend, pass, paid } = useSuspension(world);

const PATH = '/text-to-video/kling-3.0-turbo';
const TURBO = { model: model('kling-v3-turbo') } satisfies INodeParameters;

const turbo = async (run: Partial<KlingRun> = {}) =>
	await runKling({
		simulator: world.simulator,
		...run,
		parameters: { ...TURBO, ...run.parameters },
	});

function requests(method: 'GET' | 'POST', path: string) {
	return world.simulator.ledger.requests.filter(
		(request) => request.method === method && request.path === path,
	);
}

const creates = () => requests('POST', PATH);

/** The names that were given to tasks. */
function names(): unknown[] {
	return creates().map(
		({ rawBody }) =>
			(JSON.parse(rawBody) as { options: { external_task_id?: string } }).options.external_task_id,
	);
}

/** `times` null: all creates. */
function meet(action: Fault['action'], times: number | null = 1) {
	return world.simulator.faults.add({ match: { method: 'POST', path: PATH }, times, action });
}

/** After these nobody on our side can know whether the task was made; `charges` is what the simulator really did. */
const UNCLEAR: Array<[fault: string, action: Fault['action'], charges: 0 | 1]> = [
	['an internal error before the task was made', answered(500, { code: 5000 }), 0],
	['an internal error after the task was made', { kind: 'errorAfter' }, 1],
	['maintenance', answered(503, { code: 5001 }), 0],
	['a time-out behind the gateway', answered(504, { code: 5002 }), 0],
	['a connection dropped before the task was made', { kind: 'dropBefore' }, 0],
	['a connection dropped after the task was made', { kind: 'dropAfter' }, 1],
	['broken JSON', { kind: 'garbage' }, 0],
	['JSON without a task', { kind: 'garbage', body: { code: 0, data: { id: null } } }, 0],
];

describe('a create that meets', () => {
	it.each(UNCLEAR)('%s', async (_fault, action, charges) => {
		const { simulator } = world;
		meet(action);
		await expectTheOneTask(simulator, await turbo());
		// Sent again only where nothing was made, and then as the same order.
		expect(creates()).toHaveLength(charges === 1 ? 1 : 2);
		expect(new Set(creates().map(({ rawBody }) => rawBody)).size).toBe(1);
		expect(names()[0]).toMatch(OUR_EXTERNAL_ID);
		const asked = requests('GET', '/tasks').map(({ query }) => query);
		expect(asked[0]).toEqual({ external_task_ids: names()[0] });
	});

	it.each(UNCLEAR)('%s, for ever', async (_fault, action, charges) => {
		const { simulator } = world;
		meet(action, null);
		const result = await turbo();
		if (charges === 1) {
			await expectTheOneTask(simulator, result);
			return;
		}
		expect(words(result)).toContain(MAYBE_PAID);
		expect(words(result)).toContain(`External Task ID ${String(names()[0])}`);
		expect(creates()).toHaveLength(2);
		expect(simulator.ledger.charges).toEqual([]);
		expectNoKeys(simulator, result);
	});

	it.each(UNCLEAR)('%s, while nobody can ask for the task', async (_fault, action, charges) => {
		const { simulator } = world;
		meet(action);
		simulator.faults.add({
			match: { method: 'GET' },
			times: null,
			action: { kind: 'dropBefore' },
		});
		const result = await turbo();
		expect(words(result)).toContain(MAYBE_PAID);
		expect(creates()).toHaveLength(1);
		expect(simulator.ledger.charges).toHaveLength(charges);
	});

	it('a full account is sent again until there is a slot', async () => {
		const fault = meet({ kind: 'error', code: 1303 }, 2);
		await expectTheOneTask(world.simulator, await turbo());
		expect(fault.hits).toBe(2);
	});

	it('a key without a balance has made nothing', async () => {
		const result = await turbo({ credential: { apiKey: 'sim-global-empty-key' } });
		expect(result.status).toBe('error');
		expect(words(result)).not.toContain(MAYBE_PAID);
		expect(creates()).toHaveLength(1);
	});
});

describe('a name of one’s own', () => {
	const options = { externalTaskId: 'order-7' };

	it('that was given before is refused, and said to be so', async () => {
		await turbo({ parameters: { options } });
		const result = await turbo({ parameters: { options } });
		expect(result.status).toBe('error');
		expect(words(result)).toContain('order-7');
		expect(words(result)).not.toContain(MAYBE_PAID);
		expect(paid()).toHaveLength(1);
	});

	it('brings the task that exists, with Reuse Existing Task', async () => {
		const reuse = { parameters: { options: { ...options, reuseTask: true } } };
		const first = await turbo(reuse);
		const second = await turbo(reuse);
		expect(second.json).toEqual(first.json);
		expect(second.json).toMatchObject([{ externalTaskId: 'order-7', kind: 'text2video' }]);
		expect(creates()).toHaveLength(1);
	});

	it.each<[string, INodeParameters]>([
		['an image', { resource: 'image', operation: 'image-generation' }],
		['a sound', { resource: 'audio', operation: 'text-to-audio' }],
	])('that %s has does not bring that one as a video', async (_what, other) => {
		const { simulator } = world;
		for (const waitMode of ['poll', 'none']) {
			const name = { externalTaskId: `order-${waitMode}`, reuseTask: true };
			const before = paid().length;
			const parameters = { ...other, waitMode, options: name };
			await runKling({ simulator, parameters });
			const result = await turbo({ parameters: { options: name } });
			expect(result.status).toBe('error');
			expect(words(result)).toContain(name.externalTaskId);
			expect(paid()).toHaveLength(before + 1);
		}
	});

	it('that another task has at the legacy API does not make that one ours', async () => {
		await runKling({ simulator: world.simulator, parameters: { options, waitMode: 'none' } });
		const result = await turbo({ parameters: { options } });
		expect(result.status).toBe('error');
		expect(paid()).toHaveLength(1);
	});
});

describe('waiting', () => {
	it('asks for several tasks at once, those of the legacy API among them', async () => {
		const result = await runKling({
			simulator: world.simulator,
			items: [{ id: 'kling-v3-turbo' }, { id: 'kling-v3' }, { id: 'kling-3.0-turbo' }],
			parameters: { model: { ...model('={{ $json.id }}') } },
		});
		expect(result.status).toBe('success');
		expect(result.json.map(({ taskId }) => taskId)).toEqual(paid());
		expect(result.json.map(({ kind }) => kind)).toEqual(Array(3).fill('text2video'));
		expect(requests('GET', '/tasks').length).toBeGreaterThan(0);
		const ids = requests('GET', '/tasks').map(({ query }) => query.task_ids);
		expect(ids).toContain(paid().join(','));
	});

	it.each([1, 3])('suspended, is ended by the calls of the service (%s items)', async (count) => {
		const items = Array.from({ length: count }, (_, index) => ({ index }));
		const { first, whenOver } = await suspend({ items, parameters: TURBO });
		expect([first.status, words(first)]).toEqual(['waiting', ' | ']);
		await pass(70);
		const result = await whenOver;
		expect(result.json.map(({ taskId }) => taskId)).toEqual(paid());
		expect(result.json[0]).toMatchObject({ status: 'succeed', kind: 'text2video' });
		expect(await result.binary()).toEqual(world.simulator.videoBytes(paid()[0] ?? ''));
		expect(requests('GET', `/v1/videos/text2video/${paid()[0] ?? ''}`)).toEqual([]);
		expectNoKeys(world.simulator, result);
	});

	it('tells of a task that failed why it did', async () => {
		const result = await turbo({ parameters: { prompt: 'A fox [fail]' } });
		expect(words(result)).toContain('The task failed: Failure to pass the risk control system');
		expect(world.simulator.ledger.refunds).toHaveLength(1);
	});

	it('is taken up, not paid again, when the node is tried again', async () => {
		const { simulator } = world;
		simulator.faults.add({ service: 'cdn', times: 3, action: { kind: 'status', status: 500 } });
		const result = await turbo({ retryOnFail: true, maxTries: 2 });
		await expectTheOneTask(simulator, result);
		expect(creates()).toHaveLength(1);
		// Asked for where it was made, never at the legacy path.
		expect(requests('GET', `/v1/videos/text2video/${paid()[0] ?? ''}`)).toEqual([]);
	});
});

describe('found again', () => {
	const get = async (parameters: INodeParameters) =>
		await runKling({
			simulator: world.simulator,
			parameters: { resource: 'task', operation: 'get', ...parameters },
		});
	const make = async () => {
		const options = { externalTaskId: 'order-7' };
		const { json } = await turbo({ parameters: { options, waitMode: 'none' } });
		time.advance(70_000);
		return String(json[0]?.taskId);
	};

	it.each(['find', 'text2video'])('by its id or its name (Made By: %s)', async (taskKind) => {
		const id = await make();
		for (const taskId of [id, 'order-7']) {
			const result = await get({ taskId, taskKind });
			expect(words(result)).toBe(' | ');
			expect(result.json).toMatchObject([
				{
					taskId: id,
					externalTaskId: 'order-7',
					status: 'succeed',
					// The service does not tell it.
					kind: taskKind === 'find' ? null : 'text2video',
					unitsDeducted: 2,
				},
			]);
			expect(await result.binary()).toEqual(world.simulator.videoBytes(id));
		}
	});

	it('a task of the legacy API is still told with its kind', async () => {
		const { json } = await runKling({
			simulator: world.simulator,
			parameters: {
				operation: 'image2video',
				image: 'https://example.com/a.png',
				waitMode: 'none',
			},
		});
		time.advance(70_000);
		const result = await get({ taskId: json[0]?.taskId as string, taskKind: 'find' });
		expect(result.json).toMatchObject([{ kind: 'image2video' }]);
	});

	it('nobody has a task that nobody has, whoever is asked', async () => {
		for (const taskKind of ['find', 'text2video']) {
			const result = await get({ taskId: '914237883686625347', taskKind });
			expect(result.status).toBe('error');
			expect(words(result)).toContain('914237883686625347');
		}
	});

	it('in the list of all, though the service does not tell its kind', async () => {
		const id = await make();
		const result = await runKling({
			simulator: world.simulator,
			parameters: { resource: 'task', operation: 'getMany', taskKind: 'all', returnAll: true },
		});
		expect(result.json).toMatchObject([{ taskId: id, status: 'succeed', kind: null }]);
	});
});

describe('the trigger', () => {
	it('starts a workflow with the task, of the kind that was ordered', async () => {
		const { simulator } = world;
		const host = await startTrigger(simulator);
		const id = await order(simulator, host, { parameters: TURBO });
		const before = simulator.ledger.requests.length;
		await finish(simulator, host, id);
		const [item, ...more] = started(host);
		// The address says where to ask, so one request does.
		expect(new URL(givenAddress(simulator)).searchParams.get('api')).toBe('newStandard');
		const asked = simulator.ledger.requests.slice(before);
		expect(new Set(asked.map(({ path, query }) => `${path} ${query.task_ids ?? ''}`))).toEqual(
			new Set([`/tasks ${id}`]),
		);
		expect(more).toEqual([]);
		expect(item).toMatchObject({ taskId: id, kind: 'text2video', status: 'succeed' });
		expect(String(item?.videoUrl)).toContain(id);
	});

	it('lets in by Made By', async () => {
		const { simulator } = world;
		const host = await startTrigger(simulator, {
			parameters: { more: { kinds: ['image2video'] } },
		});
		await finish(simulator, host, await order(simulator, host, { parameters: TURBO }));
		expect(started(host)).toEqual([]);
	});

	it('confirms a task of which the address does not tell the kind', async () => {
		const { simulator } = world;
		const { id, search } = await endedTask(simulator, TURBO);
		const query = new URLSearchParams(search);
		expect(query.get('kind')).toBe('text2video');
		query.delete('kind');
		const host = await startTrigger(simulator);
		await post(host, `${host.url}?${query.toString()}`, { id, status: 'succeeded', outputs: [] });
		expect(started(host)).toMatchObject([{ taskId: id, status: 'succeed' }]);
	});

	it('starts nothing for a claim that the service denies', async () => {
		const { simulator } = world;
		const { search } = await endedTask(simulator, TURBO);
		const host = await startTrigger(simulator);
		const claim = { id: '914237883686625347', status: 'succeeded', outputs: [] };
		const { status } = await post(host, `${host.url}${search}`, claim);
		expect(status).toBe(404);
		expect(started(host)).toEqual([]);
	});
});
