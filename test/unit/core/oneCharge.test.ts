/** Loop, client and creates together, against a service that fails by script: nobody pays twice, and nothing paid is lost. */
import fc from 'fast-check';

import { createClient } from '../../../nodes/shared/tasks/client';
import { parseRequest } from '../../../nodes/shared/core/requests';
import type { Job, WaitOptions } from '../../../nodes/shared/tasks/job';
import type { JobResult } from '../../../nodes/shared/tasks/jobResult';
import { runJobs } from '../../../nodes/shared/tasks/runJobs';
import { CREATE_FAULTS, fakeService, LOOK_FAULTS } from './fakeService';
import type { CreateFault, LookFault, Made, Names, Plan } from './fakeService';
import { MINUTE, options } from './play';
import { provider } from './support';

const nameOf = (item: number) => `n8n-7-${item}-0123456789abcdef`;

function jobOf(item: number): Job {
	const request = parseRequest({
		kind: 'text2video',
		model_name: 'kling-v3',
		prompt: String(item),
		external_task_id: nameOf(item),
	});
	return { request, firstLookMs: 30_000, create: { reuse: true } };
}

/** Lets the loop make and await so many tasks by the plan. */
async function carryOut(plan: Plan, items: number, change: Partial<WaitOptions>) {
	const service = fakeService(plan);
	const { transport, clock, runaway } = service;
	const told: Array<[number, string]> = [];
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
			onTask: (item, _state, task) => task && told.push([item, task.id]),
		},
	);
	const outcomes = await Promise.race([run, runaway]);
	return { ...service, outcomes, told, passed: clock.now() - began };
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
	looks: faults<Exclude<LookFault, 'fine'>>(LOOK_FAULTS),
	runs: fc.array(fc.integer({ min: -2 * MINUTE, max: 12 * MINUTE }), { maxLength: 5 }),
});

const change = fc.record({
	until: fc.constantFrom<WaitOptions['until']>('finished', 'allCreated', 'created'),
	maxParallel: fc.integer({ min: 1, max: 5 }),
	timeoutMs: fc.constantFrom(2 * MINUTE, 10 * MINUTE),
	unfinishedIsFine: fc.boolean(),
	stopAtError: fc.boolean(),
});

/** Nothing paid is lost: the outcome holds the task, or tells the doubt and the name that it can be found by. */
function expectNotLost({ id, item }: Made, outcome: JobResult | undefined): void {
	if (outcome?.task) {
		expect(outcome.task.id).toBe(id);
		return;
	}
	if (!outcome || outcome.ok) throw new Error(`Item ${item} has an outcome without a task`);
	expect(outcome.error.details.maybeCreated).toBe(true);
	expect(outcome.error.details.advice).toContain(nameOf(item));
}

it('a create that ended unclear stays in doubt while it stands in the queue for a slot', async () => {
	const creates: CreateFault[] = ['slow', 'busy', 'never'];
	const unlucky: Plan = { names: 'unique', slots: 1, creates, looks: [], runs: [] };
	const { made, outcomes } = await carryOut(unlucky, 1, {});
	for (const task of made) expectNotLost(task, outcomes[task.item]);
});

it('whatever happens: at most one charge per item, nothing paid is lost, and there is an end', async () => {
	await fc.assert(
		fc.asyncProperty(plan, fc.integer({ min: 0, max: 7 }), change, async (given, items, how) => {
			const result = await carryOut(given, items, how);
			const { outcomes, made, posts, seen, told, passed } = result;
			expect(outcomes).toHaveLength(items);
			expect(seen.mostUnderWay).toBeLessThanOrEqual(1);
			expect(new Set(made.map(({ item }) => item)).size).toBe(made.length);
			for (const task of made) {
				expectNotLost(task, outcomes[task.item]);
			}
			// What came out exists, and was told the moment it did.
			const ids = outcomes.flatMap(({ task }) => task?.id ?? []);
			expect(made.map(({ id }) => id)).toEqual(expect.arrayContaining(ids));
			expect(told.map(([, id]) => id).sort()).toEqual(ids.sort());
			// "Certainly nothing was made" is never said of an item that has a task.
			for (const [item, outcome] of outcomes.entries()) {
				if (outcome.ok || outcome.error.details.maybeCreated !== false) continue;
				expect(made.some((task) => task.item === item)).toBe(false);
			}
			// However often an order is sent, it is the same order.
			for (const { item, body } of posts) {
				expect(body).toBe(posts.find((post) => post.item === item)?.body);
			}
			expect(passed).toBeLessThanOrEqual((items + 1) * 2 * (how.timeoutMs + 2 * MINUTE));
		}),
		{ numRuns: 300 },
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
				const given = { names, slots: 3, creates, looks: [], runs: [] };
				const { outcomes, made } = await carryOut(given, items, {});
				expect(made).toHaveLength(items);
				expect(outcomes.map(({ task }) => task?.status)).toEqual(made.map(() => 'succeed'));
			},
		),
	);
});
