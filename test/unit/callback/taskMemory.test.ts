/** What a trigger remembers of the tasks that calls have named. */
import { KlingError } from '../../../nodes/shared/core/errors';
import type { Task } from '../../../nodes/shared/core/task';
import { TaskMemory, taskMemoryOf } from '../../../nodes/KlingTrigger/taskMemory';

it('remembers a task that nobody knows for a minute', () => {
	const memory = new TaskMemory();
	expect(memory.isUnknown('7', 0)).toBe(false);
	memory.addUnknown('7', 0);
	expect(memory.isUnknown('7', 59_999)).toBe(true);
	expect(memory.isUnknown('8', 59_999)).toBe(false);
	expect(memory.isUnknown('7', 60_000)).toBe(false);
});

it('remembers where a task was found, and no more of it', () => {
	const memory = new TaskMemory();
	expect(memory.placeOf('7')).toBeUndefined();
	const task = { id: '7', kind: 'image2video', api: 'legacy', raw: 'long' } as const;
	memory.addPlace('7', task);
	expect(memory.placeOf('7')).toEqual({ kind: 'image2video', api: 'legacy' });
	expect(memory.isUnknown('7', 0)).toBe(false);
});

it('remembers the newest thousand of each', () => {
	const memory = new TaskMemory();
	for (let n = 0; n <= 1000; n += 1) {
		memory.addUnknown(String(n), 0);
		memory.addPlace(String(n), { kind: 'text2video' });
	}
	const [first, second, last] = ['0', '1', '1000'].map((id) => ({
		unknown: memory.isUnknown(id, 1),
		place: memory.placeOf(id) !== undefined,
	}));
	expect(first).toEqual({ unknown: false, place: false });
	expect(second).toEqual({ unknown: true, place: true });
	expect(last).toEqual({ unknown: true, place: true });
});

it('is one for each trigger', () => {
	taskMemoryOf('one').addUnknown('7', 0);
	expect(taskMemoryOf('one').isUnknown('7', 1)).toBe(true);
	expect(taskMemoryOf('another').isUnknown('7', 1)).toBe(false);
});

it('has one budget for a service, and another where a search costs another number of requests', () => {
	const memory = new TaskMemory();
	const budget = memory.budgetFor(19);
	expect(memory.budgetFor(19)).toBe(budget);
	expect(memory.budgetFor(2)).not.toBe(budget);
	expect(memory.budgetFor(2).cost).toBe(2);
});

it('searches once for a task, however many calls name it meanwhile', async () => {
	const memory = new TaskMemory();
	const task = { id: '7', status: 'succeed', message: '', results: [], raw: null } as const;
	const answers: Array<(found: Task) => void> = [];
	const search = async () => await new Promise<Task>((resolve) => answers.push(resolve));
	const [one, same] = [1, 2].map(async () => await memory.searchOnce('7', search));
	const other = memory.searchOnce('8', search);
	expect(answers).toHaveLength(2);
	for (const found of answers) found({ ...task, results: [] });
	expect(await one).toBe(await same);
	await other;

	const fails = async () => await Promise.reject<Task>(new KlingError('notFound', 'x'));
	await expect(memory.searchOnce('7', fails)).rejects.toThrow('x');
	void memory.searchOnce('7', search);
	expect(answers).toHaveLength(3);
});
