/** The External Task ID that the node gives a task of its own accord: what may change it, and what must not. */
import type { IDataObject } from 'n8n-workflow';

import { parseRequest } from '../../../nodes/shared/core/requests';
import type { RunIdentity } from '../../../nodes/Kling/run/taskStore';
import { runOf, storeIn } from './support';
import type { Store } from './support';

const request = (prompt: string) =>
	parseRequest({ kind: 'text2video', model_name: 'kling-v3', prompt });
const fox = request('a fox');
const owl = request('an owl');
const HERE = 'klingGlobal https://api.example.com';
const HERE_AND_NOW = runOf(0, HERE);

/** What n8n makes of a context between two tries, on whichever machine. */
function stored(context: IDataObject): IDataObject {
	return JSON.parse(JSON.stringify(context)) as IDataObject;
}

/** The first id for the fox, after some changes to the identity of the run. */
function firstId(change: Partial<RunIdentity> = {}, itemIndex = 0, wish = fox): string {
	return storeIn({}, { ...HERE_AND_NOW, ...change }).externalTaskId(itemIndex, wish);
}

describe('the External Task ID of an order', () => {
	it('tells whose it is and the item, and is one that every service takes', () => {
		expect(firstId({}, 7)).toMatch(/^n8n-7-[0-9a-f]{16}$/);
	});

	it('is the same for a worker that starts the execution over with an empty store', () => {
		expect(firstId()).toBe(firstId());
	});

	it('is the same however often it is asked for, and after being stored', () => {
		const context: IDataObject = {};
		const store = storeIn(context, HERE_AND_NOW);
		const id = store.externalTaskId(0, fox);
		expect(store.externalTaskId(0, fox)).toBe(id);
		expect(storeIn(stored(context), HERE_AND_NOW).externalTaskId(0, fox)).toBe(id);
	});

	it('does not change because the create is under way, unclear, or its task is known', () => {
		const store = storeIn({}, HERE_AND_NOW);
		const id = store.externalTaskId(0, fox);
		store.sent(0, fox);
		expect(store.externalTaskId(0, fox)).toBe(id);
		store.made(0, fox, 'a task');
		expect(store.externalTaskId(0, fox)).toBe(id);
	});

	it.each<[string, Partial<RunIdentity>]>([
		['service or address', { serviceKey: 'klingChina https://api.example.cn' }],
		['execution', { origin: ['this n8n', 'another token', 'the node'] }],
		['n8n', { origin: ['another n8n', 'the token', 'the node'] }],
		['node', { origin: ['this n8n', 'the token', 'another node'] }],
		['cut between the same words', { origin: ['this n8n', 'the tokenthe', ' node'] }],
	])('is another for another %s', (_what, change) => {
		expect(firstId(change)).not.toBe(firstId());
	});

	it('is another for another pass of a loop', () => {
		const context: IDataObject = {};
		const passes = [0, 1, 2].map((pass) => storeIn(context, runOf(pass, HERE)));
		const ids = passes.map((store) => store.externalTaskId(0, fox));
		expect(new Set(ids).size).toBe(3);
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
		const store = storeIn(context, HERE_AND_NOW);
		const ids = new Set<string>();
		for (const task of ['first', 'second', 'third']) {
			ids.add(store.externalTaskId(0, fox));
			store.made(0, fox, task);
			store.delete(0, fox);
		}
		expect(ids.size).toBe(3);
		const next = store.externalTaskId(0, fox);
		expect(ids.has(next)).toBe(false);
		expect(storeIn(stored(context), HERE_AND_NOW).externalTaskId(0, fox)).toBe(next);
	});

	it('leaves the ids of other orders alone', () => {
		const store = storeIn({}, HERE_AND_NOW);
		store.made(0, fox, 'a task');
		store.delete(0, fox);
		expect(store.externalTaskId(0, owl)).toBe(firstId({}, 0, owl));
		expect(store.externalTaskId(1, fox)).toBe(firstId({}, 1));
	});

	it('keeps its id when it was refused: no task has used it up', () => {
		const context: IDataObject = {};
		const store = storeIn(context, HERE_AND_NOW);
		const id = store.externalTaskId(0, fox);
		store.sent(0, fox);
		store.delete(0, fox);
		expect(store.externalTaskId(0, fox)).toBe(id);
		expect([store.find(0, fox), store.list()]).toEqual([undefined, []]);
		expect(storeIn(stored(context), HERE_AND_NOW).externalTaskId(0, fox)).toBe(id);
	});
});

describe('an execution that n8n retries, with another token', () => {
	const retried = { ...HERE_AND_NOW, origin: ['this n8n', 'a new token', 'the node'] };
	const ids = (store: Store) => [
		store.externalTaskId(0, fox),
		store.externalTaskId(1, fox),
		store.externalTaskId(2, owl),
	];

	it('looks for its orders by the ids that they were sent with', () => {
		const context: IDataObject = {};
		const before = storeIn(context, HERE_AND_NOW);
		const sent = ids(before);
		before.sent(0, fox);
		before.sent(1, fox);
		before.delete(1, fox);
		const after = storeIn(stored(context), retried);
		expect(after.find(0, fox)).toEqual({ state: 'sent' });
		expect(ids(after)).toEqual(sent);
	});

	it('keeps these ids while they are refused and tried again, and when it is retried once more', () => {
		const context: IDataObject = {};
		const sent = ids(storeIn(context, HERE_AND_NOW));
		const after = storeIn(context, retried);
		after.sent(0, fox);
		after.delete(0, fox);
		expect(ids(after)).toEqual(sent);
		const again = storeIn(stored(context), {
			...retried,
			origin: ['this n8n', 'a third token', 'the node'],
		});
		expect(ids(again)).toEqual(sent);
	});

	it('gives new ids to what was done with', () => {
		const context: IDataObject = {};
		const before = storeIn(context, HERE_AND_NOW);
		const [sent, other] = ids(before);
		before.made(0, fox, 'a task');
		before.delete(0, fox);
		const [next, same] = ids(storeIn(stored(context), retried));
		expect(next).not.toBe(sent);
		expect(same).toBe(other);
	});
});

describe('the count of orders', () => {
	it('does not grow from one pass of a loop to the next', () => {
		const context: IDataObject = {};
		const sizes = Array.from({ length: 50 }, (_, pass) => {
			const store = storeIn(context, runOf(pass, HERE));
			for (const item of [0, 1, 2]) {
				store.made(item, fox, 'a task');
				store.delete(item, fox);
			}
			return JSON.stringify(context).length;
		});
		expect(Math.max(...sizes)).toBeLessThan((sizes[0] ?? 0) + 20);
	});

	it('is kept for a task that exists, from one pass to the next', () => {
		const context: IDataObject = {};
		const first = storeIn(context, runOf(0, HERE));
		first.made(0, fox, 'one');
		first.delete(0, fox);
		first.made(0, fox, 'two');
		const id = first.externalTaskId(0, fox);
		storeIn(context, runOf(1, HERE)).made(0, fox, 'three');
		expect(storeIn(stored(context), runOf(0, HERE)).externalTaskId(0, fox)).toBe(id);
	});
});
