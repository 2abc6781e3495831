/** Task → Get for many items: found one by one, awaited all together, and each with an outcome of its own. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { ServiceName } from '../simulator';
import type { RunResult } from './harness';
import { hooks, runKling, slept, time } from './kling';
import type { KlingRun } from './kling';
import { errorOf, SERVICES, told, useSimulator, words } from './support';

const world = useSimulator({ slots: 50 });

const MANY = 25;
/** A minute of work, plus the pause between two looks. */
const LONGEST_WAIT_MS = 60_000 + 11_000;

type Work = Partial<Omit<KlingRun, 'simulator'>>;

/** Makes tasks that nobody waits for, and forgets what that took. */
async function make(count: number, work: Work = {}, prompt = 'scene'): Promise<string[]> {
	const { simulator } = world;
	const result = await runKling({
		simulator,
		...work,
		items: Array.from({ length: count }, (_, index) => ({ words: `${prompt} ${index}` })),
		parameters: { prompt: '={{ $json.words }}', waitMode: 'none', ...work.parameters },
	});
	simulator.ledger.requests.length = 0;
	slept.length = 0;
	return result.json.map(({ taskId }) => String(taskId));
}

/** Waits for the tasks of all items. */
async function get(ids: string[], parameters: INodeParameters = {}, work: Work = {}) {
	return await runKling({
		simulator: world.simulator,
		...work,
		items: ids.map((id) => ({ id })),
		parameters: {
			resource: 'task',
			operation: 'get',
			taskId: '={{ $json.id }}',
			taskKind: 'text2video',
			waitMode: 'poll',
			download: false,
			...parameters,
		},
	});
}

function idsOf({ json }: RunResult): unknown[] {
	return json.map(({ taskId }) => taskId);
}

const waited = () => slept.reduce((sum, ms) => sum + ms, 0);

describe.each(SERVICES)('25 tasks at %s', (service) => {
	it('are awaited in the time of one, and come out in the order of the items', async () => {
		const { simulator } = world;
		const ids = await make(MANY, { service });
		// Not the order in which they were made, and of different lengths.
		const asked = [...ids].reverse();
		for (const id of ids.slice(10, 15)) simulator.tasks.finish(id);
		const result = await get(asked, {}, { service });
		expect(words(result)).toBe(' | ');
		expect(idsOf(result)).toEqual(asked);
		expect(result.json.map(({ status }) => status)).toEqual(asked.map(() => 'succeed'));
		expect(result.output.map(({ pairedItem }) => pairedItem)).toEqual(
			asked.map((_, item) => ({ item })),
		);
		expect(waited()).toBeLessThanOrEqual(LONGEST_WAIT_MS);
		expect(simulator.ledger.charges).toHaveLength(MANY);
	});
});

describe('the requests for 25 tasks', () => {
	it.each<[ServiceName, number, (request: { path: string; rawBody: string }) => boolean]>([
		['klingGlobal', 20, ({ path }) => path === '/tasks'],
		['klingChina', 20, ({ path }) => path === '/tasks'],
		['aceData', 50, ({ rawBody }) => rawBody.includes('retrieve_batch')],
	])('are one for each, and then one for many at %s', async (service, most, forMany) => {
		const { simulator } = world;
		const ids = await make(MANY, { service });
		await get(ids, {}, { service });
		const first = simulator.ledger.requests.slice(0, MANY);
		const then = simulator.ledger.requests.slice(MANY);
		expect(first.filter(forMany)).toEqual([]);
		expect(then.every(forMany)).toBe(true);
		// Every two seconds at first, then less and less often.
		expect(then.length).toBeLessThanOrEqual(24 * Math.ceil(MANY / most));
		expect(then.length).toBeGreaterThan(0);
	});

	it('are no more than one for each when nobody waits, or all are over', async () => {
		const { simulator } = world;
		const ids = await make(MANY);
		const now = await get(ids, { waitMode: 'none' });
		expect(now.json.map(({ status }) => status)).toEqual(ids.map(() => 'submitted'));
		expect(simulator.ledger.requests).toHaveLength(MANY);
		time.advance(61_000);
		const later = await get(ids);
		expect(later.json.map(({ status }) => status)).toEqual(ids.map(() => 'succeed'));
		expect(simulator.ledger.requests).toHaveLength(2 * MANY);
		expect(slept).toEqual([]);
	});
});

describe('one task that fails while all are awaited', () => {
	const end = async () => {
		const ids = await make(3);
		hooks.onSleep = () => {
			world.simulator.tasks.fail(ids[1] ?? '', 'It did not work');
		};
		return ids;
	};

	it('is the item that says so where the workflow goes on', async () => {
		const ids = await end();
		const result = await get(ids, {}, { onError: 'continueRegularOutput' });
		expect(result.status).toBe('success');
		expect(result.json).toMatchObject([
			{ taskId: ids[0], status: 'succeed' },
			{ error: { message: 'The task failed: It did not work', taskId: ids[1], itemIndex: 1 } },
			{ taskId: ids[2], status: 'succeed' },
		]);
	});

	it('goes to the error output where there is one', async () => {
		const ids = await end();
		const { items } = await get(ids, {}, { onError: 'continueErrorOutput' });
		expect(items[0]?.map(({ json }) => json.taskId)).toEqual([ids[0], ids[2]]);
		expect(items[1]).toMatchObject([{ json: { id: ids[1], error: { taskId: ids[1] } } }]);
	});

	it('ends the node otherwise, and the error names the item and the tasks of the others', async () => {
		const ids = await end();
		const result = await get(ids);
		expect(result.status).toBe('error');
		expect(told(result)).toMatchObject({
			message: 'The task failed: It did not work',
			context: { itemIndex: 1, taskId: ids[1] },
		});
		expect(told(result).description).toContain(`item 0: ${ids[0]}, item 2: ${ids[2]}`);
		// Nobody waits for the others any more.
		expect(slept).toHaveLength(1);
	});
});

describe('one task that is not known', () => {
	it('is the item that says so; the others are awaited together', async () => {
		const [one = '', two = ''] = await make(2);
		const asked = [one, '1', two];
		const result = await get(asked, {}, { onError: 'continueRegularOutput' });
		expect(idsOf(result)).toEqual([one, undefined, two]);
		expect(errorOf(result, 1)).toMatchObject({ kind: 'notFound', taskId: '1', itemIndex: 1 });
		expect(waited()).toBeLessThanOrEqual(LONGEST_WAIT_MS);
	});

	it('ends the node at once, before anything is waited for', async () => {
		const [one = '', two = ''] = await make(2);
		const result = await get([one, '1', two]);
		expect(told(result).context).toMatchObject({ errorKind: 'notFound', itemIndex: 1 });
		expect(slept).toEqual([]);
		const asked = world.simulator.ledger.requests.map(({ path }) => path);
		const place = '/v1/videos/text2video';
		// The second one where all tasks are, too: the newer API has the kind.
		expect(asked).toEqual([`${place}/${one}`, `${place}/1`, '/tasks', '/tasks']);
	});
});

describe('awaiting many tasks', () => {
	it('gives each of them its time-out, and may hand out those that are not done', async () => {
		const { simulator } = world;
		simulator.settings.taskSeconds = 3600;
		const ids = await make(3);
		simulator.tasks.finish(ids[1] ?? '');
		const options = { timeout: 2, onTimeout: 'return' };
		const result = await get(ids, { options });
		expect(result.json).toMatchObject([
			{ taskId: ids[0], timedOut: true },
			{ taskId: ids[1], status: 'succeed' },
			{ taskId: ids[2], timedOut: true },
		]);
		expect(result.json[1]).not.toHaveProperty('timedOut');
		expect(waited()).toBe(120_000);
	});

	it.each(['klingGlobal', 'aceData', 'relay'] as const)(
		'takes the same task for two items, at %s',
		async (service) => {
			const [one = '', two = ''] = await make(2, { service });
			const result = await get([one, two, one], { download: true }, { service });
			expect(idsOf(result)).toEqual([one, two, one]);
			for (const [index, id] of [one, two, one].entries()) {
				expect(await result.binary(index)).toEqual(world.simulator.videoBytes(id));
			}
		},
	);

	it('mixes kinds, which it finds out by itself', async () => {
		const { simulator } = world;
		const [video = ''] = await make(1);
		const [image = ''] = await make(1, {
			parameters: { resource: 'image', operation: 'image-generation' },
		});
		const result = await get([video, image], { taskKind: 'find', download: true });
		expect(result.json).toMatchObject([
			{ taskId: video, kind: 'text2video', videoUrl: expect.any(String) as string },
			{ taskId: image, kind: 'image-generation', imageUrl: expect.any(String) as string },
		]);
		expect(await result.binary(0)).toEqual(simulator.videoBytes(video));
		expect(await result.binary(1)).toEqual(simulator.imageBytes(image));
	});

	it('goes by the task ID once a task was found by its name', async () => {
		const { simulator } = world;
		const options = { externalTaskId: '={{ $json.words }}' };
		const ids = await make(2, { parameters: { options } }, 'order');
		const result = await get(['order 0', 'order 1']);
		expect(result.json).toMatchObject([
			{ taskId: ids[0], externalTaskId: 'order 0', status: 'succeed' },
			{ taskId: ids[1], externalTaskId: 'order 1', status: 'succeed' },
		]);
		const [asked] = simulator.ledger.requests.filter(({ path }) => path === '/tasks');
		expect(asked?.query.task_ids).toBe(ids.join(','));
	});

	it('keeps the raw answers as they would be for one', async () => {
		const ids = await make(2);
		const both = await get(ids, { options: { simplify: false } });
		const each = [await get([ids[0] ?? ''], { options: { simplify: false } })];
		each.push(await get([ids[1] ?? ''], { options: { simplify: false } }));
		const withoutRequestId = ({ request_id: _id, ...answer }: IDataObject) => answer;
		expect(both.json.map(withoutRequestId)).toEqual(
			each.flatMap(({ json }) => json.map(withoutRequestId)),
		);
	});
});
