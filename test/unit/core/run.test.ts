/** The one loop that submits and waits, with a made-up client on a made-up clock. */
import fc from 'fast-check';

import { examples } from '../../depth';
import type { KlingClient } from '../../../nodes/shared/tasks/client';
import { KlingError } from '../../../nodes/shared/core/errors';
import type { TaskStatus } from '../../../nodes/shared/core/task';
import { parseRequest } from '../../../nodes/shared/core/requests';
import type { Job, WaitOptions } from '../../../nodes/shared/tasks/job';
import type { JobResult } from '../../../nodes/shared/tasks/jobResult';
import type { KeptCalls } from '../../../nodes/shared/tasks/payOnce';
import { runJobs } from '../../../nodes/shared/tasks/runJobs';
import { broken, busy, MINUTE, noSlot, options, play, refused, task, unknown } from './play';
import type { Script } from './play';
import { provider } from './support';

const kinds = (results: JobResult[]) =>
	results.map((result) => (result.ok ? result.task.status : result.error.kind));

describe('one task', () => {
	it('is submitted, reported, checked when it is due, and handed out', async () => {
		const { results, events, checkTimes } = await play([{}]);
		expect(results).toMatchObject([{ ok: true, timedOut: false, task: { id: 'task-0' } }]);
		expect(events).toEqual([
			[0, 'sent'],
			[0, 'made', 'task-0'],
		]);
		expect(checkTimes).toEqual([30_000, 40_000, 50_000, 60_000]);
	});

	it('is handed out at once without waiting', async () => {
		const { results, checkTimes, sleeps } = await play([{}], { until: 'created' });
		expect(kinds(results)).toEqual(['submitted']);
		expect([checkTimes, sleeps]).toEqual([[], []]);
	});

	it('is checked at the time-out, and not after it', async () => {
		const { results, checkTimes, passed } = await play([{ runsFor: 90 * MINUTE }], {
			timeoutMs: 45_000,
		});
		expect(kinds(results)).toEqual(['timedOut']);
		expect(checkTimes).toEqual([30_000, 40_000, 45_000]);
		expect(passed).toBe(45_000);
	});

	it('that is unfinished may be a result', async () => {
		const change = { timeoutMs: 45_000, unfinishedIsFine: true };
		const { results } = await play([{ runsFor: 90 * MINUTE }], change);
		expect(results).toMatchObject([{ ok: true, timedOut: true }]);
	});

	it.each([
		[[broken, broken, broken, broken], 'succeed'],
		[[unknown, unknown], 'succeed'],
		[[unknown, unknown, broken, unknown, unknown], 'succeed'],
		[[unknown, unknown, unknown], 'notFound'],
		[[refused], 'refused'],
		[[busy, busy], 'succeed'],
	])('survives checks that fail, or not', async (checks, end) => {
		const { results, attempts } = await play([{ checks }]);
		expect(kinds(results)).toEqual([end]);
		expect(results[0]?.task?.id).toBe('task-0');
		expect(attempts).toEqual(['0']);
	});

	it.each<[TaskStatus, string]>([
		['succeed', 'succeed'],
		['failed', 'taskFailed'],
	])('that is over (%s) when the create is answered is not checked', async (madeAs, end) => {
		const { results, checkTimes } = await play([{ madeAs }]);
		expect([kinds(results), checkTimes]).toEqual([[end], []]);
		expect(results[0]?.task?.id).toBe('task-0');
	});

	it('that fails is an error that keeps the task', async () => {
		const { results } = await play([{ end: 'failed' }]);
		expect(results).toMatchObject([
			{
				ok: false,
				task: { id: 'task-0', status: 'failed' },
				error: { details: { taskId: 'task-0' } },
			},
		]);
	});

	it('is not reported as refused when a refusal follows an ambiguous try', async () => {
		const refusedNow = new KlingError('invalidInput', 'the key is gone', { maybeCreated: true });
		const { events } = await play([{ create: [refusedNow] }]);
		expect(events).toEqual([[0, 'sent']]);
	});

	it('is not said to cost nothing when it is stopped after an ambiguous try', async () => {
		const busyThen = busy.with({ maybeCreated: true });
		const stop = new AbortController();
		const { results } = await play([{ create: [busyThen, busyThen] }], {}, stop.signal, () =>
			stop.abort(),
		);
		expect(results).toMatchObject([
			{ ok: false, error: { kind: 'stopped', details: { maybeCreated: true } } },
		]);
	});

	it('is never submitted again after an ambiguous answer', async () => {
		const ambiguous = new KlingError('unreachable', 'cut', { retryable: true, maybeCreated: true });
		const { results, attempts, events } = await play([{ create: [ambiguous] }]);
		expect(kinds(results)).toEqual(['unreachable']);
		expect(attempts).toEqual(['0']);
		expect(events).toEqual([[0, 'sent']]);
	});
});

describe('what is reported of a create', () => {
	it.each([
		['is refused', refused],
		['was never sent', new KlingError('invalidInput', 'wrong', {})],
		['is not offered', new KlingError('notOffered', 'wrong', {})],
	])('that %s: certainly nothing was made', async (_what, error) => {
		const { events } = await play([{ create: [error] }]);
		expect(events).toEqual([
			[0, 'sent'],
			[0, 'refused'],
		]);
	});

	it('that waits for a slot: each try, until the task was made', async () => {
		const { events } = await play([{ create: [busy] }]);
		expect(events).toEqual([
			[0, 'sent'],
			[0, 'refused'],
			[0, 'sent'],
			[0, 'made', 'task-0'],
		]);
	});
});

describe('a service that asks for a pause', () => {
	const pause = busy.with({ retryAfterMs: 45_000 });

	it('is not asked for any other task meanwhile', async () => {
		const { results, checkTimes } = await play([{ checks: [pause] }, { paid: true }]);
		expect(kinds(results)).toEqual(['succeed', 'succeed']);
		expect(checkTimes).toEqual([0, 10_000, 20_000, 30_000, 75_000]);
	});

	it('is not asked for a task that was made meanwhile', async () => {
		const { results, checkTimes } = await play([
			{ checks: [pause], runsFor: 90_000 },
			{ create: [busy, busy, busy, busy], paid: false },
		]);
		expect(kinds(results)).toEqual(['succeed', 'succeed']);
		expect(checkTimes.filter((at) => at > 30_000 && at < 75_000)).toEqual([]);
	});

	it('is asked at the time-out all the same', async () => {
		const { results, checkTimes } = await play(
			[{ checks: [pause], runsFor: 90 * MINUTE }, { runsFor: 90 * MINUTE }],
			{ timeoutMs: 40_000, stopAtError: false },
		);
		expect(kinds(results)).toEqual(['timedOut', 'timedOut']);
		expect(checkTimes).toEqual([30_000, 40_000]);
	});
});

describe('a slot that is taken', () => {
	it('is asked for at growing distances', async () => {
		const { sleeps, results } = await play([{ create: Array.from({ length: 7 }, () => busy) }]);
		expect(sleeps.slice(0, 7)).toEqual([2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
		expect(kinds(results)).toEqual(['succeed']);
	});

	it('is not waited for beyond the time-out', async () => {
		const create = Array.from({ length: 500 }, () => busy.with({ retryAfterMs: 24 * 60 * MINUTE }));
		const { results, passed } = await play([{ create }], { timeoutMs: 5 * MINUTE });
		expect(kinds(results)).toEqual(['refused']);
		expect(passed).toBe(5 * MINUTE);
	});

	it('is waited for by those who do not wait for the end, too', async () => {
		const { sleeps, results, checkTimes } = await play([{ create: [busy, busy] }, {}], {
			until: 'created',
			maxParallel: 1,
		});
		expect(kinds(results)).toEqual(['submitted', 'submitted']);
		expect(sleeps).toEqual([2000, 4000]);
		expect(checkTimes).toEqual([]);
	});
});

describe('the time that is waited for a slot', () => {
	const oneByOne = { maxParallel: 1, stopAtError: false, unfinishedIsFine: true };
	const long = { runsFor: 90 * MINUTE };

	it('begins anew once a request was refused for another reason', async () => {
		const scripts: Script[] = [
			{ create: [noSlot, refused] },
			{ ...long, model: 'kling-v2-6' },
			{ create: [noSlot] },
		];
		const { results } = await play(scripts, oneByOne);
		expect(kinds(results)).toEqual(['refused', 'processing', 'succeed']);
	});

	it.each([
		['of the model', noSlot],
		['of the account', busy],
	])('%s begins anew once a task was made', async (_whose, taken) => {
		const scripts: Script[] = [{ create: [taken], ...long }, { create: [taken] }];
		const { results } = await play(scripts, oneByOne);
		expect(kinds(results)).toEqual(['processing', 'succeed']);
	});
});

describe('several tasks', () => {
	it('are submitted in order, and no more at a time than allowed', async () => {
		const { attempts, mostRunning } = await play(
			Array.from({ length: 7 }, () => ({})),
			{ maxParallel: 3 },
		);
		expect(attempts).toEqual(['0', '1', '2', '3', '4', '5', '6']);
		expect(mostRunning).toBe(3);
	});

	it('are abandoned at the first error: what is paid keeps its task, what is not is never sent', async () => {
		const scripts: Script[] = [{}, { create: [refused] }, {}];
		const { results, attempts } = await play(scripts);
		expect(kinds(results)).toEqual(['stopped', 'refused', 'stopped']);
		expect(results[0]?.task?.id).toBe('task-0');
		expect(results[2]?.task).toBeUndefined();
		expect(attempts).toEqual(['0', '1']);
	});

	it('go on after an error where they may', async () => {
		const scripts: Script[] = [{ end: 'failed' }, { create: [refused] }, {}];
		const { results } = await play(scripts, { stopAtError: false });
		expect(kinds(results)).toEqual(['taskFailed', 'refused', 'succeed']);
	});

	it('that a person has stopped tell what was paid for them before', async () => {
		const stop = new AbortController();
		stop.abort();
		const request = parseRequest({
			kind: 'avatar',
			image_url: 'https://pictures.example.com/fox.jpg',
			text: 'Good day to you',
			voice_id: 'oversea_male1',
			voice_language: 'en',
		});
		const answer = { audioId: '7', url: 'https://files.test/a.mp3' };
		const never = () => {
			throw new Error('Nothing is sent any more');
		};
		const kept: KeptCalls = () => ({
			find: () => ({ state: 'answered', at: 0, answer }),
			...{ sent: never, answered: never, unclear: never, forget: never },
		});
		const clock = { now: () => 0, sleep: async () => await Promise.resolve() };
		const client = { provider: provider('klingGlobal') } as KlingClient;
		for (const earlier of ['none', 'ambiguous'] as const) {
			const job: Job = { request, initialDelayMs: 0, create: { earlier }, kept };
			const [result] = await runJobs([job], options, { client, clock, signal: stop.signal });
			const { advice } = result?.ok === false ? result.error.details : {};
			expect(advice).toContain('Paid already: the speech (audio ID 7)');
			expect(advice).not.toContain('Nothing was charged');
		}
	});

	it('are left alone when a person has stopped', async () => {
		const stop = new AbortController();
		stop.abort();
		const { results, attempts } = await play([{}, {}], {}, stop.signal);
		expect(kinds(results)).toEqual(['stopped', 'stopped']);
		expect(attempts).toEqual([]);
	});
});

const script: fc.Arbitrary<Script> = fc.record({
	create: fc.array(fc.constantFrom(busy, broken, refused, busy), { maxLength: 3 }),
	checks: fc.array(fc.constantFrom(broken, unknown, busy, refused), { maxLength: 6 }),
	runsFor: fc.integer({ min: 0, max: 40 * MINUTE }),
	end: fc.constantFrom<TaskStatus>('succeed', 'failed'),
});

it('whatever happens: one result each, one request at a time, no second create, and an end', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.array(script, { maxLength: 8 }),
			fc.integer({ min: 1, max: 4 }),
			fc.boolean(),
			fc.constantFrom<WaitOptions['until']>('finished', 'allCreated', 'created'),
			async (scripts, maxParallel, stopAtError, until) => {
				const change = { maxParallel, stopAtError, until };
				const { results, attempts, made, mostUnderWay, mostRunning, reported, passed } = await play(
					scripts,
					change,
				);
				expect(results).toHaveLength(scripts.length);
				expect(mostUnderWay).toBeLessThanOrEqual(1);
				// A task that was given up runs on, but nobody counts it any more.
				const givenUp = scripts.some(
					({ checks = [], runsFor = 0 }) =>
						runsFor > 20 * MINUTE || checks.some((error) => [refused, unknown].includes(error)),
				);
				if (until !== 'created' && !givenUp) expect(mostRunning).toBeLessThanOrEqual(maxParallel);
				for (const [index, { create = [] }] of scripts.entries()) {
					// Only an answer that says "busy" may be followed by another try.
					const tries = attempts.filter((other) => other === String(index)).length;
					const allowed = create.findIndex((error) => error !== busy);
					expect(tries).toBeLessThanOrEqual((allowed < 0 ? create.length : allowed) + 1);
					const paid = made.has(`task-${index}`);
					expect(results[index]?.task?.id).toBe(paid ? `task-${index}` : undefined);
				}
				expect([...reported].sort()).toEqual([...made.keys()].sort());
				expect(passed).toBeLessThanOrEqual(scripts.length * 2 * 31 * MINUTE);
			},
		),
		{ numRuns: examples(300) },
	);
});

it('checks are spread by at most a tenth', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
			async (chance) => {
				let now = 0;
				const times: number[] = [];
				const client = {
					provider: provider('relay'),
					getMany: async () => {
						times.push(now);
						return new Map([['t', task('t', times.length > 3 ? 'succeed' : 'processing')]]);
					},
				} as unknown as KlingClient;
				const clock = {
					now: () => now,
					sleep: async (ms: number) => {
						now += ms;
					},
				};
				const ref = { id: 't', kind: 'text2video' } as const;
				await runJobs([{ ref, initialDelayMs: 0 }], options, {
					client,
					clock,
					random: () => chance,
				});
				for (const [index, at] of times.slice(1).entries()) {
					const gap = at - (times[index] ?? 0);
					expect(gap).toBeGreaterThanOrEqual(9000 - 0.01);
					expect(gap).toBeLessThanOrEqual(11_000 + 0.01);
				}
			},
		),
	);
});
