/** What calls for tasks that no service knows may cost a trigger. */
import { UnknownTasks, unknownTasksOf } from '../../../nodes/KlingTrigger/unknownTasks';

it('remembers a task for a minute', () => {
	const unknown = new UnknownTasks();
	expect(unknown.has('7', 0)).toBe(false);
	unknown.add('7', 0);
	expect(unknown.has('7', 59_999)).toBe(true);
	expect(unknown.has('8', 59_999)).toBe(false);
	expect(unknown.has('7', 60_000)).toBe(false);
});

it('remembers the newest thousand', () => {
	const unknown = new UnknownTasks();
	for (let n = 0; n <= 1000; n += 1) unknown.add(String(n), 0);
	expect(unknown.has('0', 1)).toBe(false);
	expect(unknown.has('1', 1)).toBe(true);
	expect(unknown.has('1000', 1)).toBe(true);
});

it('lets 40 requests be spent on searches, and 4 more per second', () => {
	const unknown = new UnknownTasks();
	const now = Date.UTC(2026, 0);
	for (let n = 0; n < 5; n += 1) expect(unknown.takeSearch(8, now)).toBe(true);
	expect(unknown.takeSearch(8, now)).toBe(false);
	expect(unknown.takeSearch(8, now + 1_999)).toBe(false);
	expect(unknown.takeSearch(8, now + 2_001)).toBe(true);
	expect(unknown.takeSearch(8, now + 2_002)).toBe(false);
	expect(unknown.takeSearch(40, now + 600_000)).toBe(true);
	expect(unknown.takeSearch(1, now + 600_000)).toBe(false);
});

it('is one for each trigger', () => {
	unknownTasksOf('one').add('7', 0);
	expect(unknownTasksOf('one').has('7', 1)).toBe(true);
	expect(unknownTasksOf('another').has('7', 1)).toBe(false);
});
