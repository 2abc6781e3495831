/** The store of paid tasks: what it knows after it was stored, and of whom. */
import type { IDataObject } from 'n8n-workflow';

import { KlingError } from '../../../nodes/shared/core/errors';
import { parseRequest } from '../../../nodes/shared/core/requests';
import { errorOf, runOf, storeIn } from './support';

const request = (prompt: string) =>
	parseRequest({ kind: 'text2video', model_name: 'kling-v3', prompt });
const fox = request('a fox');
const owl = request('an owl');
const SERVICE = 'klingGlobal https://api.example.com';
const OTHER_SERVICE = 'relay https://relay.example.com';

/** What n8n makes of a context between two tries. */
function stored(context: IDataObject): IDataObject {
	return JSON.parse(JSON.stringify(context)) as IDataObject;
}

describe('a task that was made', () => {
	it('is found after it was stored as JSON', () => {
		const context: IDataObject = {};
		storeIn(context, runOf(0, SERVICE)).made(2, fox, '814237883686625347');
		expect(storeIn(stored(context), runOf(0, SERVICE)).find(2, fox)).toEqual({
			state: 'made',
			id: '814237883686625347',
			ownedByOtherExecution: false,
		});
	});

	it('by the execution that Retry continues is known as that of another one', () => {
		const context: IDataObject = {};
		storeIn(context, runOf(0, SERVICE)).made(2, fox, 'first');
		const retried = { ...runOf(0, SERVICE), execution: '8' };
		storeIn(context, retried).made(3, fox, 'second');
		const secondTry = storeIn(stored(context), retried);
		expect(secondTry.find(2, fox)).toMatchObject({ id: 'first', ownedByOtherExecution: true });
		expect(secondTry.find(3, fox)).toMatchObject({ id: 'second', ownedByOtherExecution: false });
	});

	it('is not found for another item, pass of a loop, request, service or address', () => {
		const context: IDataObject = {};
		const store = storeIn(context, runOf(0, SERVICE));
		store.made(0, fox, 'task');
		expect(store.find(1, fox)).toBeUndefined();
		expect(store.find(0, owl)).toBeUndefined();
		expect(storeIn(context, runOf(1, SERVICE)).find(0, fox)).toBeUndefined();
		expect(storeIn(context, runOf(0, OTHER_SERVICE)).find(0, fox)).toBeUndefined();
		expect(store.find(0, fox)).toBeDefined();
	});

	it('keeps an id with spaces and marks', () => {
		const store = storeIn({}, runOf(0, SERVICE));
		store.made(0, fox, 'Cl6Mq2bftxo AA_SxQ-');
		expect(store.find(0, fox)).toMatchObject({ id: 'Cl6Mq2bftxo AA_SxQ-' });
	});

	it('is found by another store of the same context, as two calls of an agent at the same time have it', () => {
		const context: IDataObject = {};
		const [one, two] = [storeIn(context, runOf(0, SERVICE)), storeIn(context, runOf(0, SERVICE))];
		one.made(0, fox, 'task-fox');
		two.made(0, owl, 'task-owl');
		expect(two.find(0, fox)).toMatchObject({ id: 'task-fox' });
		expect(storeIn(stored(context), runOf(0, SERVICE)).list()).toHaveLength(2);
	});
});

it('a create that was sent is told from a task that was made, and from none', () => {
	const store = storeIn({}, runOf(0, SERVICE));
	expect(store.find(0, fox)).toBeUndefined();
	store.sent(0, fox);
	expect(store.find(0, fox)).toEqual({ state: 'sent' });
	expect(store.find(0, owl)).toBeUndefined();
	store.made(0, fox, 'task');
	expect(store.find(0, fox)).toMatchObject({ state: 'made' });
});

describe('a create that was sent', () => {
	const withKey = (account: string) => ({ ...runOf(0, SERVICE), account });

	it('with another key is told so, until it is made', () => {
		const context: IDataObject = {};
		storeIn(context, withKey('first')).sent(0, fox);
		const second = storeIn(stored(context), withKey('second'));
		expect(second.find(0, fox)).toEqual({ state: 'sent', hasOtherKey: true });
		// What is noted of it later does not make it one of the second key.
		second.sent(0, fox);
		expect(second.find(0, fox)).toEqual({ state: 'sent', hasOtherKey: true });
		expect(storeIn(stored(context), withKey('first')).find(0, fox)).toEqual({ state: 'sent' });
		second.made(0, fox, 'task');
		expect(second.find(0, fox)).toMatchObject({ state: 'made', id: 'task' });
	});

	it('is found by its item, when its request is not known any more', () => {
		const store = storeIn({}, runOf(0, SERVICE));
		store.sent(0, fox);
		store.made(1, owl, 'task');
		expect(store.unclearOf(0)).toEqual({ externalTaskId: store.externalTaskId(0, fox) });
		expect([store.unclearOf(1), store.unclearOf(2)]).toEqual([undefined, undefined]);
	});
});

it('the list holds the tasks that exist, of this pass only', () => {
	const context: IDataObject = {};
	const store = storeIn(context, runOf(0, SERVICE));
	store.made(3, fox, 'a');
	store.sent(4, fox);
	store.made(6, fox, 'done with');
	store.delete(6, fox);
	storeIn(context, runOf(1, SERVICE)).made(5, fox, 'b');
	expect(store.list()).toEqual([{ itemIndex: 3, taskId: 'a' }]);
});

describe('deleting', () => {
	it('leaves other items and other passes alone', () => {
		const context: IDataObject = {};
		const store = storeIn(context, runOf(0, SERVICE));
		const next = storeIn(context, runOf(1, SERVICE));
		store.made(0, fox, 'a');
		store.made(1, fox, 'b');
		next.made(0, fox, 'c');
		store.delete(0, fox);
		expect(store.find(0, fox)).toBeUndefined();
		expect(store.list()).toEqual([{ itemIndex: 1, taskId: 'b' }]);
		expect(next.list()).toEqual([{ itemIndex: 0, taskId: 'c' }]);
	});

	it('leaves the other requests of an item alone, the unclear ones, too', () => {
		const store = storeIn({}, runOf(0, SERVICE));
		store.sent(0, fox);
		store.made(0, owl, 'task-owl');
		store.delete(0, owl);
		expect(store.find(0, fox)).toEqual({ state: 'sent' });
		expect(store.find(0, owl)).toBeUndefined();
	});

	it('at another service deletes nothing here', () => {
		const context: IDataObject = {};
		const store = storeIn(context, runOf(0, SERVICE));
		store.made(0, fox, 'task-fox');
		store.sent(0, owl);
		const other = storeIn(context, runOf(0, OTHER_SERVICE));
		other.delete(0, fox);
		other.delete(0, owl);
		expect(store.find(0, fox)).toMatchObject({ id: 'task-fox' });
		expect(store.find(0, owl)).toEqual({ state: 'sent' });
	});
});

describe('the passes of a loop', () => {
	it('are counted from the first that the record knows: a crashed execution has none, but n8n counted its run', () => {
		const context: IDataObject = {};
		storeIn(context, runOf(1, SERVICE)).made(0, fox, 'a');
		expect(storeIn({}, runOf(0, SERVICE)).externalTaskId(0, fox)).toBe(
			storeIn({}, runOf(1, SERVICE)).externalTaskId(0, fox),
		);
		expect(storeIn(context, runOf(2, SERVICE)).find(0, fox)).toBeUndefined();
	});
});

describe('a record that cannot be read', () => {
	const record = (tasks: object) => ({ v: 1, origin: 'x', firstRun: 0, tasks });
	const task = { state: 'made', item: 0, run: 0, attempt: 0, id: 'x', execution: '7' };

	it.each<[string, unknown, string]>([
		['a newer version', { ...record({}), v: 2 }, 'it has version 2, and this version of the node'],
		['no version', { origin: 'x', firstRun: 0, tasks: {} }, 'v is not valid'],
		['null', null, 'it is no record'],
		['text', 'x', 'it is no record'],
		['a list', [], ''],
		['no tasks', { v: 1, origin: 'x', firstRun: 0 }, 'tasks is not valid'],
		['a task without an id', record({ a: { ...task, id: '' } }), 'tasks.a.id is not valid'],
		['a task in an unknown state', record({ a: { ...task, state: 'lost' } }), 'tasks.a'],
		['a count that is none', record({ a: { ...task, attempt: null } }), 'tasks.a.attempt'],
	])('(%s) is refused in words, and stays as it is', (_what, kling, why) => {
		const context = { kling };
		const error = errorOf(() => storeIn(context, runOf(0, SERVICE)));
		expect(error).toBeInstanceOf(KlingError);
		expect(error.message).toContain('cannot be read');
		expect(error.message).toContain('so nothing was sent');
		expect(error.message).toContain(why);
		expect(error.details.advice).toContain('Task → Get Many');
		expect(context).toEqual({ kling });
	});

	it('is not the one of a node that has kept nothing yet', () => {
		expect(storeIn({ other: 1 }, runOf(0, SERVICE)).list()).toEqual([]);
	});
});
