/** The loop when it need not wait for the end: until each task was made, or until the last one was. */
import type { JobResult } from '../../../nodes/shared/tasks/jobResult';
import { busy, MINUTE, play, refused } from './play';
import type { Script } from './play';

const seen = (outcomes: JobResult[]) =>
	outcomes.map((outcome) => (outcome.ok ? outcome.task.status : outcome.error.kind));
const ids = (outcomes: JobResult[]) => outcomes.map(({ task }) => task?.id);
const many = (count: number, script: Script = {}): Script[] =>
	Array.from({ length: count }, () => script);

describe('until all are created', () => {
	const until = 'allCreated';

	it('nothing is looked at or waited for where all may run at once', async () => {
		const { outcomes, sleeps, lookTimes, told } = await play(many(5), { until });
		expect(seen(outcomes)).toEqual(many(5).map(() => 'submitted'));
		expect(outcomes).toMatchObject(many(5).map(() => ({ ok: true, timedOut: false })));
		expect(told.map(([, id]) => id)).toEqual(ids(outcomes));
		expect([sleeps, lookTimes]).toEqual([[], []]);
	});

	it('those that are too many wait for those before, and the last are left running', async () => {
		const { outcomes, attempts, mostRunning, passed } = await play(many(7), {
			until,
			maxParallel: 3,
		});
		expect(attempts).toEqual(['0', '1', '2', '3', '4', '5', '6']);
		expect(mostRunning).toBe(3);
		expect(seen(outcomes).slice(0, 6)).toEqual(many(6).map(() => 'succeed'));
		expect(outcomes[6]).toMatchObject({ ok: true, timedOut: false, task: { id: 'task-6' } });
		expect(seen(outcomes)[6]).toBe('submitted');
		// Two rounds of a minute; nobody waits for the third.
		expect(passed()).toBe(2 * MINUTE);
	});

	it('a free slot is waited for', async () => {
		const { outcomes, sleeps } = await play([{ create: [busy, busy] }, {}], { until });
		expect(seen(outcomes)).toEqual(['submitted', 'submitted']);
		expect(sleeps).toEqual([2000, 4000]);
	});

	it('a task that ran out of time makes room for the next, and keeps its place', async () => {
		const { outcomes } = await play([{ runsFor: 90 * MINUTE }, {}], {
			until,
			maxParallel: 1,
			timeoutMs: 5 * MINUTE,
			unfinishedIsFine: true,
		});
		expect(outcomes).toMatchObject([
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
			const { outcomes } = await play(scripts, change);
			expect(seen(outcomes)).toEqual(ends);
			expect(ids(outcomes)).toEqual(['task-0', 'task-1', stopAtError ? undefined : 'task-2']);
		},
	);

	it('one that is refused stops the submitting; those before are told with their tasks', async () => {
		const { outcomes, attempts } = await play([{}, { create: [refused] }, {}], { until });
		expect(seen(outcomes)).toEqual(['stopped', 'refused', 'stopped']);
		expect(ids(outcomes)).toEqual(['task-0', undefined, undefined]);
		expect(attempts).toEqual(['0', '1']);
	});

	it('Stop ends it, and what is paid keeps its task', async () => {
		const stop = new AbortController();
		const { outcomes, attempts } = await play(
			many(3),
			{ until, maxParallel: 2 },
			stop.signal,
			(number) => {
				if (number === 2) stop.abort();
			},
		);
		expect(seen(outcomes)).toEqual(['stopped', 'stopped', 'stopped']);
		expect(ids(outcomes)).toEqual(['task-0', 'task-1', undefined]);
		expect(attempts).toEqual(['0', '1']);
	});

	it('tasks that were paid for before are handed out unseen', async () => {
		const { outcomes, lookTimes, attempts } = await play([{ paid: true }, {}], { until });
		expect(ids(outcomes)).toEqual(['task-0', 'task-1']);
		expect(seen(outcomes)).toEqual(['submitted', 'submitted']);
		expect([lookTimes, attempts]).toEqual([[], ['1']]);
	});
});

describe('until each is created', () => {
	const until = 'created';

	it('as many as there are slots are handed out, whatever may run side by side', async () => {
		const { outcomes, mostRunning, sleeps } = await play(many(9), { until, maxParallel: 2 });
		expect(seen(outcomes)).toEqual(many(9).map(() => 'submitted'));
		expect(mostRunning).toBe(9);
		expect(sleeps).toEqual([]);
	});

	it('a free slot is waited for, but not beyond the time-out', async () => {
		const { outcomes, made, passed } = await play([{ create: many(500).map(() => busy) }, {}], {
			until,
			timeoutMs: 5 * MINUTE,
			stopAtError: false,
		});
		expect(seen(outcomes)).toEqual(['refused', 'submitted']);
		expect([...made.keys()]).toEqual(['task-1']);
		expect(passed()).toBe(5 * MINUTE);
	});

	it('one that is refused stops the submitting; those before are handed out', async () => {
		const { outcomes, attempts } = await play([{}, { create: [refused] }, {}], { until });
		expect(seen(outcomes)).toEqual(['submitted', 'refused', 'stopped']);
		expect(attempts).toEqual(['0', '1']);
	});

	it('Stop while it waits for a slot: the rest is never sent', async () => {
		const stop = new AbortController();
		const scripts: Script[] = [{}, { create: [busy] }, {}];
		const { outcomes, attempts } = await play(scripts, { until }, stop.signal, () => stop.abort());
		expect(seen(outcomes)).toEqual(['submitted', 'stopped', 'stopped']);
		expect(attempts).toEqual(['0', '1']);
	});
});
