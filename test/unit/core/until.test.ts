/** The loop when it need not wait for the end: until each task was made, or until the last one was. */
import type { JobResult } from '../../../nodes/shared/tasks/jobResult';
import { busy, MINUTE, play, refused } from './play';
import type { Script } from './play';

const seen = (results: JobResult[]) =>
	results.map((result) => (result.ok ? result.task.status : result.error.kind));
const ids = (results: JobResult[]) => results.map(({ task }) => task?.id);
const many = (count: number, script: Script = {}): Script[] =>
	Array.from({ length: count }, () => script);

describe('until all are created', () => {
	const until = 'allCreated';

	it('nothing is checked or waited for where all may run at once', async () => {
		const { results, sleeps, checkTimes, reported } = await play(many(5), { until });
		expect(seen(results)).toEqual(many(5).map(() => 'submitted'));
		expect(results).toMatchObject(many(5).map(() => ({ ok: true, timedOut: false })));
		expect(reported).toEqual(ids(results));
		expect([sleeps, checkTimes]).toEqual([[], []]);
	});

	it('those that are too many wait for those before, and the last are left running', async () => {
		const { results, attempts, mostRunning, passed } = await play(many(7), {
			until,
			maxParallel: 3,
		});
		expect(attempts).toEqual(['0', '1', '2', '3', '4', '5', '6']);
		expect(mostRunning).toBe(3);
		expect(seen(results).slice(0, 6)).toEqual(many(6).map(() => 'succeed'));
		expect(results[6]).toMatchObject({ ok: true, timedOut: false, task: { id: 'task-6' } });
		expect(seen(results)[6]).toBe('submitted');
		// Two rounds of a minute; nobody waits for the third.
		expect(passed).toBe(2 * MINUTE);
	});

	it('a free slot is waited for', async () => {
		const { results, sleeps } = await play([{ create: [busy, busy] }, {}], { until });
		expect(seen(results)).toEqual(['submitted', 'submitted']);
		expect(sleeps).toEqual([2000, 4000]);
	});

	it('a task that ran out of time makes room for the next, and its result stays in order', async () => {
		const { results } = await play([{ runsFor: 90 * MINUTE }, {}], {
			until,
			maxParallel: 1,
			timeoutMs: 5 * MINUTE,
			unfinishedIsFine: true,
		});
		expect(results).toMatchObject([
			{ ok: true, timedOut: true, task: { id: 'task-0' } },
			{ ok: true, timedOut: false, task: { id: 'task-1' } },
		]);
	});

	it.each([
		[true, ['taskFailed', 'stopped', 'stopped']],
		[false, ['taskFailed', 'succeed', 'submitted']],
	])(
		'a task that failed meanwhile is an error; what is paid keeps its task (stop: %s)',
		async (stopAtError, ends) => {
			const scripts: Script[] = [{ end: 'failed' }, { runsFor: 2 * MINUTE }, {}];
			const change = { until, maxParallel: stopAtError ? 2 : 1, stopAtError } as const;
			const { results } = await play(scripts, change);
			expect(seen(results)).toEqual(ends);
			expect(ids(results)).toEqual(['task-0', 'task-1', stopAtError ? undefined : 'task-2']);
		},
	);

	it('one that is refused stops the submitting; those before are reported with their tasks', async () => {
		const { results, attempts } = await play([{}, { create: [refused] }, {}], { until });
		expect(seen(results)).toEqual(['stopped', 'refused', 'stopped']);
		expect(ids(results)).toEqual(['task-0', undefined, undefined]);
		expect(attempts).toEqual(['0', '1']);
	});

	it('Stop ends it, and what is paid keeps its task', async () => {
		const stop = new AbortController();
		const { results, attempts } = await play(
			many(3),
			{ until, maxParallel: 2 },
			stop.signal,
			(number) => {
				if (number === 2) stop.abort();
			},
		);
		expect(seen(results)).toEqual(['stopped', 'stopped', 'stopped']);
		expect(ids(results)).toEqual(['task-0', 'task-1', undefined]);
		expect(attempts).toEqual(['0', '1']);
	});

	it.each<[string, Script]>([
		['found', { reused: true }],
		['paid for before', { paid: 'by another execution' }],
	])(
		'a task of another execution that was %s is waited for: nobody calls',
		async (_how, script) => {
			const { results, checkTimes } = await play([script, {}], { until });
			expect(seen(results)).toEqual(['succeed', 'succeed']);
			// It is checked at once, since nobody knows how long it has been running.
			expect(checkTimes[0]).toBe(0);
		},
	);

	it('tasks that were paid for before are handed out unseen', async () => {
		const { results, checkTimes, attempts } = await play([{ paid: true }, {}], { until });
		expect(ids(results)).toEqual(['task-0', 'task-1']);
		expect(seen(results)).toEqual(['submitted', 'submitted']);
		expect([checkTimes, attempts]).toEqual([[], ['1']]);
	});
});

describe('until each is created', () => {
	const until = 'created';

	it('as many as there are slots are handed out, whatever may run side by side', async () => {
		const { results, mostRunning, sleeps } = await play(many(9), { until, maxParallel: 2 });
		expect(seen(results)).toEqual(many(9).map(() => 'submitted'));
		expect(mostRunning).toBe(9);
		expect(sleeps).toEqual([]);
	});

	it('a free slot is waited for, but not beyond the time-out', async () => {
		const { results, made, passed } = await play([{ create: many(500).map(() => busy) }, {}], {
			until,
			timeoutMs: 5 * MINUTE,
			stopAtError: false,
		});
		expect(seen(results)).toEqual(['refused', 'submitted']);
		expect([...made.keys()]).toEqual(['task-1']);
		expect(passed).toBe(5 * MINUTE);
	});

	it('one that is refused stops the submitting; those before are handed out', async () => {
		const { results, attempts } = await play([{}, { create: [refused] }, {}], { until });
		expect(seen(results)).toEqual(['submitted', 'refused', 'stopped']);
		expect(attempts).toEqual(['0', '1']);
	});

	it('Stop while it waits for a slot: the rest is never sent', async () => {
		const stop = new AbortController();
		const scripts: Script[] = [{}, { create: [busy] }, {}];
		const { results, attempts } = await play(scripts, { until }, stop.signal, () => stop.abort());
		expect(seen(results)).toEqual(['submitted', 'stopped', 'stopped']);
		expect(attempts).toEqual(['0', '1']);
	});
});
