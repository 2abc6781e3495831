/** Loop, client and creates together, against a service that fails by script: nobody pays twice, and nothing paid is lost. */
import fc from 'fast-check';

import { examples } from '../../depth';
import { createClient } from '../../../nodes/shared/tasks/client';
import { parseRequest } from '../../../nodes/shared/core/requests';
import type { Job, WaitOptions } from '../../../nodes/shared/tasks/job';
import type { JobResult } from '../../../nodes/shared/tasks/jobResult';
import { runJobs } from '../../../nodes/shared/tasks/runJobs';
import { CREATE_FAULTS, fakeService, CHECK_FAULTS } from './fakeService';
import type { CreateFault, CheckFault, Made, Names, Plan } from './fakeService';
import { MINUTE, nothingKept, options } from './play';
import { provider } from './support';

const nameOf = (item: number) => `n8n-7-${item}-0123456789abcdef`;

function jobOf(item: number): Job {
	const request = parseRequest({
		kind: 'text2video',
		model_name: 'kling-v3',
		prompt: String(item),
		external_task_id: nameOf(item),
	});
	return { request, initialDelayMs: 30_000, kept: nothingKept, create: { reuse: true } };
}

/** Lets the loop make and await so many tasks by the plan. */
async function carryOut(plan: Plan, items: number, change: Partial<WaitOptions>) {
	const service = fakeService(plan);
	const { transport, clock, runaway } = service;
	const reported: Array<[number, string]> = [];
	const client = createClient({
		provider: provider(plan.names === 'unique' ? 'klingGlobal' : 'relay'),
		transport,
		clock,
	});
	const jobs = Array.from({ length: items }, (_, item) => jobOf(item));
	const began = clock.now();
	const run = runJobs(
		jobs,
		{ ...options, ...change },
		{
			client,
			clock,
			random: () => 0.5,
			onTask: (item, _state, task) => task && reported.push([item, task.id]),
		},
	);
	const results = await Promise.race([run, runaway]);
	return { ...service, results, reported, passed: clock.now() - began };
}

/** How often each kind of fault comes is chosen, so that quiet services are played as well as hopeless ones. */
function faults<T extends string>(kinds: readonly T[]) {
	return fc.array(fc.oneof(fc.constant('fine' as const), fc.constantFrom(...kinds)), {
		maxLength: 14,
	});
}

const plan: fc.Arbitrary<Plan> = fc.record({
	names: fc.constantFrom<Names>('unique', 'loose', 'none'),
	slots: fc.integer({ min: 0, max: 4 }),
	creates: faults<Exclude<CreateFault, 'fine'>>(CREATE_FAULTS),
	checks: faults<Exclude<CheckFault, 'fine'>>(CHECK_FAULTS),
	runs: fc.array(fc.integer({ min: -2 * MINUTE, max: 12 * MINUTE }), { maxLength: 5 }),
});

const change = fc.record({
	until: fc.constantFrom<WaitOptions['until']>('finished', 'allCreated', 'created'),
	maxParallel: fc.integer({ min: 1, max: 5 }),
	timeoutMs: fc.constantFrom(2 * MINUTE, 10 * MINUTE),
	unfinishedIsFine: fc.boolean(),
	stopAtError: fc.boolean(),
});

/** Nothing paid is lost: the result holds the task, or says that there may be one, and the id that it can be found by. */
function expectNotLost({ id, item }: Made, result: JobResult | undefined): void {
	if (result?.task) {
		expect(result.task.id).toBe(id);
		return;
	}
	if (!result || result.ok) throw new Error(`Item ${item} has an result without a task`);
	expect(result.error.details.maybeCreated).toBe(true);
	expect(result.error.details.advice).toContain(nameOf(item));
}

it('an ambiguous create stays ambiguous while it waits for a slot', async () => {
	const creates: CreateFault[] = ['slow', 'busy', 'never'];
	const unlucky: Plan = { names: 'unique', slots: 1, creates, checks: [], runs: [] };
	const { made, results } = await carryOut(unlucky, 1, {});
	for (const task of made) expectNotLost(task, results[task.item]);
});

it('whatever happens: at most one charge per item, nothing paid is lost, and there is an end', async () => {
	await fc.assert(
		fc.asyncProperty(plan, fc.integer({ min: 0, max: 7 }), change, async (given, items, how) => {
			const result = await carryOut(given, items, how);
			const { results, made, posts, seen, reported, passed } = result;
			expect(results).toHaveLength(items);
			expect(seen.mostUnderWay).toBeLessThanOrEqual(1);
			expect(new Set(made.map(({ item }) => item)).size).toBe(made.length);
			for (const task of made) {
				expectNotLost(task, results[task.item]);
			}
			// What came out exists, and was reported the moment it did.
			const ids = results.flatMap(({ task }) => task?.id ?? []);
			expect(made.map(({ id }) => id)).toEqual(expect.arrayContaining(ids));
			expect(reported.map(([, id]) => id).sort()).toEqual(ids.sort());
			// "Certainly nothing was made" is never said of an item that has a task.
			for (const [item, result] of results.entries()) {
				if (result.ok || result.error.details.maybeCreated !== false) continue;
				expect(made.some((task) => task.item === item)).toBe(false);
			}
			// However often an order is sent, it is the same order.
			for (const { item, body } of posts) {
				expect(body).toBe(posts.find((post) => post.item === item)?.body);
			}
			expect(passed).toBeLessThanOrEqual((items + 1) * 2 * (how.timeoutMs + 2 * MINUTE));
		}),
		{ numRuns: examples(300) },
	);
});

it('a service that is well in the end gets every item done, if nothing but connections and slots were in the way', async () => {
	const passing = fc.array(
		fc.constantFrom<CreateFault>('fine', 'cutAfter', 'internalAfter', 'garbageAfter', 'busy'),
		{ maxLength: 10 },
	);
	await fc.assert(
		fc.asyncProperty(
			passing,
			fc.constantFrom<Names>('unique', 'loose'),
			fc.integer({ min: 1, max: 7 }),
			async (creates, names, items) => {
				const given = { names, slots: 3, creates, checks: [], runs: [] };
				const { results, made } = await carryOut(given, items, {});
				expect(made).toHaveLength(items);
				expect(results.map(({ task }) => task?.status)).toEqual(made.map(() => 'succeed'));
			},
		),
	);
});
