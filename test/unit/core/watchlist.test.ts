/** The tasks that are waited for: when each is checked, and what is made of what was found. No client, no clock. */
import { KlingError } from '../../../nodes/shared/core/errors';
import type { Task } from '../../../nodes/shared/core/task';
import type { Watched } from '../../../nodes/shared/tasks/job';
import { Watchlist } from '../../../nodes/shared/tasks/watchlist';
import type { WatchOptions } from '../../../nodes/shared/tasks/watchlist';
import { broken, MINUTE, options, refused, task, unknown } from './play';

const S = 1000;
const watchOptions: WatchOptions = { ...options, oneByOne: false, random: () => 0.5 };

/** A list of tasks that are watched from time 0, to be checked for the first time after so many ms. */
function watch(initialDelays: number[], change: Partial<WatchOptions> = {}) {
	const list = new Watchlist({ ...watchOptions, ...change });
	for (const [index, initialDelayMs] of initialDelays.entries()) {
		list.add({ index, ref: { id: `t${index}`, kind: 'text2video' } }, initialDelayMs, 0);
	}
	return list;
}

function entryOf(list: Watchlist, index = 0): Watched {
	const entry = list.entries[index];
	if (!entry) throw new Error(`No entry ${index}`);
	return entry;
}

const indexes = (entries: readonly Watched[]) => entries.map(({ index }) => index);
const running = task('t0', 'processing');
const pauseOf = (ms: number) => broken.with({ retryAfterMs: ms });

describe('what is due', () => {
	it.each<[string, number[], number, Partial<WatchOptions>, number[]]>([
		['nothing before its time', [30 * S], 30 * S - 1, {}, []],
		['a task at its time', [30 * S], 30 * S, {}, [0]],
		['with it those due within half an interval', [30 * S, 35 * S, 36 * S], 30 * S, {}, [0, 1]],
		['nothing, though some are due soon, while none is due', [30 * S, 31 * S], 29 * S, {}, []],
		[
			'nothing comes along where each costs a request',
			[30 * S, 31 * S],
			30 * S,
			{ oneByOne: true },
			[0],
		],
		['every task at its deadline', [90 * MINUTE], 30 * MINUTE, {}, [0]],
	])('%s', (_what, initialDelays, now, change, due) => {
		expect(indexes(watch(initialDelays, change).due(now))).toEqual(due);
	});

	it('comes next at the earliest of all checks', () => {
		expect(watch([30 * S, 20 * S, 40 * S]).nextAt()).toBe(20 * S);
		expect(watch([]).nextAt()).toBeUndefined();
	});
});

describe('a pause that the service asks for', () => {
	it('postpones all checks, also of tasks that come later, but none beyond its deadline', () => {
		const list = watch([30 * S, 90 * S]);
		list.pause(pauseOf(40 * S), 20 * S);
		list.add({ index: 2, ref: { id: 't2', kind: 'text2video' } }, 0, 25 * S);
		expect(list.due(60 * S - 1)).toEqual([]);
		expect(indexes(list.due(60 * S))).toEqual([0, 2]);
		list.pause(pauseOf(90 * MINUTE), 20 * S);
		expect(list.nextAt()).toBe(30 * MINUTE);
	});

	it('is never shortened by another, nor asked for by what was found', () => {
		const list = watch([0]);
		list.pause(pauseOf(40 * S), 0);
		list.pause(pauseOf(10 * S), 0);
		list.pause(running, 0);
		list.pause(refused.with({ retryAfterMs: 60 * S }), 0);
		expect(list.nextAt()).toBe(40 * S);
	});
});

describe('the next check', () => {
	it.each<[string, Partial<WatchOptions>, number, number]>([
		['after the fixed interval', {}, 30 * S, 40 * S],
		['10 % earlier at the least', { random: () => 0 }, 30 * S, 39 * S],
		['10 % later at the most', { random: () => 1 }, 30 * S, 41 * S],
		['an eighth later, without a fixed interval', { pollIntervalMs: undefined }, 40 * S, 45 * S],
		['after 2 s at the least', { pollIntervalMs: undefined }, 8 * S, 10 * S],
		['after 10 s at the most', { pollIntervalMs: undefined }, 160 * S, 170 * S],
	])('comes %s', (_when, change, now, next) => {
		const list = watch([30 * S], change);
		expect(list.settle(entryOf(list), running, now)).toBeUndefined();
		expect(list.nextAt()).toBe(next);
	});

	it('comes less often for 12 tasks that are asked for one by one', () => {
		const list = watch(Array<number>(12).fill(MINUTE), {
			pollIntervalMs: undefined,
			oneByOne: true,
		});
		list.settle(entryOf(list), running, 8 * S);
		expect(list.nextAt()).toBe(14 * S);
	});
});

const unreadable = new KlingError('unreadable', 'garbage', {});

describe('what checks find', () => {
	type Checks = Array<Task | KlingError>;
	const notYet: Array<[string, Checks]> = [
		['a task that runs', [running]],
		['"not found" twice', [unknown, unknown]],
		['"not found" three times, but not in a row', [unknown, unknown, running, unknown]],
		['"not found" around another error', [unknown, unknown, broken, unknown, unknown]],
		['an error that may pass', [broken]],
		['an answer that nobody can read', [unreadable]],
	];
	it.each(notYet)('%s: watched further', (_what, checks) => {
		const list = watch([0]);
		const results = checks.map((found) => list.settle(entryOf(list), found, MINUTE));
		expect(results).toEqual(checks.map(() => undefined));
		expect(list.entries).toHaveLength(1);
	});

	it.each<[string, Checks, object]>([
		['a result', [task('t0', 'succeed')], { ok: true, timedOut: false }],
		['a failure', [task('t0', 'failed')], { ok: false, error: { kind: 'taskFailed' } }],
		['"not found" three times', [unknown, unknown, unknown], { error: { kind: 'notFound' } }],
		['an error for good', [refused], { error: { kind: 'refused', details: { taskId: 't0' } } }],
	])('%s: the watch is over, and the result keeps the task', (_what, checks, result) => {
		const list = watch([0, 0]);
		const entry = entryOf(list);
		const results = checks.map((found) => list.settle(entry, found, MINUTE));
		expect(results.at(-1)).toMatchObject({ ...result, task: { id: 't0' } });
		expect(indexes(list.entries)).toEqual([1]);
	});

	it('an error for good after a sight of the task: the result keeps what was seen', () => {
		const list = watch([0]);
		const entry = entryOf(list);
		list.settle(entry, { ...running, unitsDeducted: '3' }, MINUTE);
		expect(list.settle(entry, refused, MINUTE)?.task).toMatchObject({ unitsDeducted: '3' });
	});
});

describe('a task that succeeded without a result', () => {
	const missing = new KlingError('unreadable', 'no link', { resultMissing: true, retryable: true });
	/** What the checks find at these times, in seconds. */
	function settleAt(seconds: number[], change: Partial<WatchOptions> = {}) {
		const list = watch([0], change);
		const entry = entryOf(list);
		return seconds.map((at) => list.settle(entry, missing, at * S)?.ok);
	}

	it.each([
		[
			'after two minutes',
			[60, 100, 140, 179, 180],
			[undefined, undefined, undefined, undefined, false],
		],
		['not before the third look', [60, 300, 540], [undefined, undefined, false]],
	])('is given up %s', (_when, seconds, ends) => {
		expect(settleAt(seconds)).toEqual(ends);
	});

	it('is given up with what the service said, and the task', () => {
		const list = watch([0]);
		const entry = entryOf(list);
		const results = [0, 1, 200].map((at) => list.settle(entry, missing, at * S));
		expect(results.at(-1)).toMatchObject({
			ok: false,
			error: { message: 'no link', details: { taskId: 't0' } },
			task: { id: 't0', status: 'succeed' },
		});
		expect(list.entries).toEqual([]);
	});

	it('is watched on after other trouble, and anew after a sight of it running', () => {
		const list = watch([0]);
		const entry = entryOf(list);
		for (const found of [missing, broken, missing]) list.settle(entry, found, 0);
		list.settle(entry, running, 100 * S);
		expect([200, 210, 220].map((at) => list.settle(entry, missing, at * S))).toEqual([
			undefined,
			undefined,
			undefined,
		]);
		expect(list.settle(entry, broken, 300 * S)).toBeUndefined();
		expect(list.settle(entry, missing, 330 * S)?.ok).toBe(false);
	});

	it('is no task that still runs, at its deadline either', () => {
		const list = watch([0], { timeoutMs: 60 * S });
		expect(list.settle(entryOf(list), missing, 60 * S)).toMatchObject({
			error: { kind: 'unreadable', message: 'no link' },
		});
	});
});

describe('a task that still runs at its deadline', () => {
	const late = 30 * MINUTE;
	const asResult = { ok: true, timedOut: true, task: running };

	it.each<[string, Partial<WatchOptions>, object]>([
		['is an error', {}, { ok: false, error: { kind: 'timedOut' }, task: running }],
		['is a result where that is fine', { unfinishedIsFine: true }, asResult],
		['is a result until all are created', { until: 'allCreated' }, asResult],
	])('%s', (_what, change, result) => {
		const list = watch([0], change);
		expect(list.settle(entryOf(list), running, late - 1)).toBeUndefined();
		expect(list.settle(entryOf(list), running, late)).toMatchObject(result);
		expect(list.entries).toEqual([]);
	});

	it('that failed is no error where nobody awaits its end', () => {
		const list = watch([0], { until: 'created' });
		const failed = task('t0', 'failed');
		expect(list.settle(entryOf(list), failed, 0)).toMatchObject({ ok: true, task: failed });
	});

	it.each([running, broken])('is handed out at its first check until created', (found) => {
		const list = watch([0], { until: 'created' });
		const result = list.settle(entryOf(list), found, late);
		expect(result).toMatchObject({ ok: true, timedOut: false, task: { id: 't0' } });
		expect(list.entries).toEqual([]);
	});

	it('says the word and the message of the service', () => {
		const list = watch([0]);
		const odd = { ...running, statusWord: 'REVIEWING', message: 'waits for a person' };
		expect(list.settle(entryOf(list), odd, late)).toMatchObject({
			error: {
				message: 'The task is still running after 30 min (status: REVIEWING)',
				details: { serviceMessage: 'waits for a person' },
			},
		});
	});

	it('says what the service said when it was looked at last', () => {
		const list = watch([0]);
		const odd = broken.with({ serviceMessage: 'try later', code: 'odd', requestId: 'r-1' });
		expect(list.settle(entryOf(list), odd, late)).toMatchObject({
			error: { details: { serviceMessage: 'try later', code: 'odd', requestId: 'r-1' } },
		});
	});

	it('says why its last check failed, but not why one before failed', () => {
		const list = watch([0]);
		const entry = entryOf(list);
		list.settle(entry, broken, MINUTE);
		list.settle(entry, running, MINUTE);
		const other = watch([0]);
		other.settle(entryOf(other), running, MINUTE);
		const advice = (result: ReturnType<Watchlist['settle']>) =>
			result && !result.ok ? result.error.details.advice : undefined;
		expect(advice(list.settle(entry, running, late))).not.toContain('broken');
		expect(advice(other.settle(entryOf(other), broken, late))).toContain('broken');
	});
});
