/** The External Task ID that the node gives a task of its own accord: what may change it, and what must not. */
import type { IDataObject } from 'n8n-workflow';

import { parseRequest } from '../../../nodes/shared/core/requests';
import { taskMemory } from '../../../nodes/Kling/run/taskStore';
import type { RunIdentity, TaskMemory } from '../../../nodes/Kling/run/taskStore';
import { runOf } from './support';

const request = (prompt: string) =>
	parseRequest({ kind: 'text2video', model_name: 'kling-v3', prompt });
const fox = request('a fox');
const owl = request('an owl');
const HERE = 'klingGlobal https://api.example.com';
const HERE_AND_NOW = runOf('0', HERE);

/** What n8n makes of a context between two tries, on whichever machine. */
function stored(context: IDataObject): IDataObject {
	return JSON.parse(JSON.stringify(context)) as IDataObject;
}

/** The first id for the fox, after some changes to the identity of the run. */
function firstId(change: Partial<RunIdentity> = {}, itemIndex = 0, wish = fox): string {
	return taskMemory({}, { ...HERE_AND_NOW, ...change }).externalTaskId(itemIndex, wish);
}

describe('the External Task ID of an order', () => {
	it('tells whose it is and the item, and is one that every service takes', () => {
		expect(firstId({}, 7)).toMatch(/^n8n-7-[0-9a-f]{16}$/);
	});

	it('is the same for a worker that starts the execution over with an empty memory', () => {
		expect(firstId()).toBe(firstId());
	});

	it('is the same however often it is asked for, and after being stored', () => {
		const context: IDataObject = {};
		const memory = taskMemory(context, HERE_AND_NOW);
		const id = memory.externalTaskId(0, fox);
		expect(memory.externalTaskId(0, fox)).toBe(id);
		expect(taskMemory(stored(context), HERE_AND_NOW).externalTaskId(0, fox)).toBe(id);
	});

	it('does not change because the create is under way, in doubt, or its task is known', () => {
		const memory = taskMemory({}, HERE_AND_NOW);
		const id = memory.externalTaskId(0, fox);
		memory.doubt(0, fox);
		expect(memory.externalTaskId(0, fox)).toBe(id);
		memory.remember(0, fox, 'a task');
		expect(memory.externalTaskId(0, fox)).toBe(id);
	});

	it.each<[string, Partial<RunIdentity>]>([
		['pass of a loop', { run: '1' }],
		['service or address', { serviceKey: 'klingChina https://api.example.cn' }],
		['execution', { origin: ['this n8n', 'another token', 'the node'] }],
		['n8n', { origin: ['another n8n', 'the token', 'the node'] }],
		['node', { origin: ['this n8n', 'the token', 'another node'] }],
		['cut between the same words', { origin: ['this n8n', 'the tokenthe', ' node'] }],
	])('is another for another %s', (_what, change) => {
		expect(firstId(change)).not.toBe(firstId());
	});

	it('is another for another item or request', () => {
		const ids = [firstId(), firstId({}, 1), firstId({}, 0, owl)];
		expect(new Set(ids).size).toBe(3);
		// The item stands in the id in plain text; the fingerprint differs, too.
		expect(new Set(ids.map((id) => id.slice(-16))).size).toBe(3);
	});
});

describe('an order that is given again', () => {
	it('gets another id once its task was done with, and keeps that one when stored', () => {
		const context: IDataObject = {};
		const memory = taskMemory(context, HERE_AND_NOW);
		const ids = new Set<string>();
		for (const task of ['first', 'second', 'third']) {
			ids.add(memory.externalTaskId(0, fox));
			memory.remember(0, fox, task);
			memory.forget(0, fox);
		}
		expect(ids.size).toBe(3);
		const next = memory.externalTaskId(0, fox);
		expect(ids.has(next)).toBe(false);
		expect(taskMemory(stored(context), HERE_AND_NOW).externalTaskId(0, fox)).toBe(next);
	});

	it('leaves the ids of other orders alone', () => {
		const memory = taskMemory({}, HERE_AND_NOW);
		memory.remember(0, fox, 'a task');
		memory.forget(0, fox);
		expect(memory.externalTaskId(0, owl)).toBe(firstId({}, 0, owl));
		expect(memory.externalTaskId(1, fox)).toBe(firstId({}, 1));
	});

	it('keeps its id when it was refused: no task has used it up', () => {
		const context: IDataObject = {};
		const memory = taskMemory(context, HERE_AND_NOW);
		const id = memory.externalTaskId(0, fox);
		memory.doubt(0, fox);
		memory.forget(0, fox);
		expect(memory.externalTaskId(0, fox)).toBe(id);
		expect(memory.isDoubtful(0, fox)).toBe(false);
		expect([memory.recall(0, fox), memory.known()]).toEqual([undefined, []]);
		expect(taskMemory(stored(context), HERE_AND_NOW).externalTaskId(0, fox)).toBe(id);
	});
});

describe('an execution that n8n retries, with another token', () => {
	const retried = { ...HERE_AND_NOW, origin: ['this n8n', 'a new token', 'the node'] };
	const ids = (memory: TaskMemory) => [
		memory.externalTaskId(0, fox),
		memory.externalTaskId(1, fox),
		memory.externalTaskId(2, owl),
	];

	it('looks for its orders by the ids that they were sent with', () => {
		const context: IDataObject = {};
		const before = taskMemory(context, HERE_AND_NOW);
		const sent = ids(before);
		before.doubt(0, fox);
		before.doubt(1, fox);
		before.forget(1, fox);
		const after = taskMemory(stored(context), retried);
		expect(after.isDoubtful(0, fox)).toBe(true);
		expect(ids(after)).toEqual(sent);
	});

	it('keeps these ids while they are refused and tried again, and when it is retried once more', () => {
		const context: IDataObject = {};
		const sent = ids(taskMemory(context, HERE_AND_NOW));
		const after = taskMemory(context, retried);
		after.doubt(0, fox);
		after.forget(0, fox);
		expect(ids(after)).toEqual(sent);
		const again = taskMemory(stored(context), {
			...retried,
			origin: ['this n8n', 'a third token', 'the node'],
		});
		expect(ids(again)).toEqual(sent);
	});

	it('gives new ids to what was done with', () => {
		const context: IDataObject = {};
		const before = taskMemory(context, HERE_AND_NOW);
		const [sent, other] = ids(before);
		before.remember(0, fox, 'a task');
		before.forget(0, fox);
		const [next, same] = ids(taskMemory(stored(context), retried));
		expect(next).not.toBe(sent);
		expect(same).toBe(other);
	});

	it.each([null, 7, [], {}, { mark: 'x' }])(
		'is taken for the first where its beginning is kept as %j',
		(klingBegin) => {
			const memory = taskMemory({ klingBegin }, HERE_AND_NOW);
			expect(memory.externalTaskId(0, fox)).toBe(firstId());
		},
	);
});

describe('the count of orders', () => {
	it('does not grow from one pass of a loop to the next', () => {
		const context: IDataObject = {};
		const sizes = Array.from({ length: 50 }, (_, pass) => {
			const memory = taskMemory(context, runOf(String(pass), HERE));
			for (const item of [0, 1, 2]) {
				memory.remember(item, fox, 'a task');
				memory.forget(item, fox);
			}
			return JSON.stringify(context).length;
		});
		expect(Math.max(...sizes)).toBeLessThan((sizes[0] ?? 0) + 20);
	});

	it.each([null, 'x', 7, []])('begins anew where its place holds %j', (klingOrders) => {
		const memory = taskMemory({ klingOrders }, HERE_AND_NOW);
		expect(memory.externalTaskId(0, fox)).toBe(firstId());
	});

	it.each([null, 'x', [], {}])('begins anew where an entry holds %j', (entry) => {
		const context: IDataObject = {};
		const memory = taskMemory(context, HERE_AND_NOW);
		memory.remember(0, fox, 'a task');
		memory.forget(0, fox);
		const orders = context.klingOrders as IDataObject;
		for (const key of Object.keys(orders)) if (key.includes(':')) orders[key] = entry;
		expect(taskMemory(context, HERE_AND_NOW).externalTaskId(0, fox)).toBe(firstId());
	});
});
