/** Executions in bad company: any faults, any tries, other workers, Retry. Nobody pays twice; in the end all is there. */
import fc from 'fast-check';

import { examples } from '../depth';
import type { Fault, ServiceName } from '../simulator';
import { retriable } from './again';
import type { RunOptions, RunResult } from './harness';
import { resetTime, runKling } from './kling';
import { createPath, useSimulator, words } from './support';

const world = useSimulator();

/** Makes work for the fault's number of requests, after so many that went well. */
const trouble = fc.record({
	at: fc.constantFrom('create', 'look', 'file'),
	after: fc.integer({ min: 0, max: 4 }),
	times: fc.integer({ min: 1, max: 4 }),
	action: fc.constantFrom<Fault['action']>(
		{ kind: 'dropAfter' },
		{ kind: 'errorAfter' },
		{ kind: 'dropBefore' },
		{ kind: 'error', code: 5000 },
		{ kind: 'error', code: 1303 },
		{ kind: 'error', code: 1301 },
		{ kind: 'html' },
		{ kind: 'empty' },
	),
});
type Trouble = typeof trouble extends fc.Arbitrary<infer T> ? T : never;

/** How an execution goes on: another worker begins it anew and knows nothing, or a person retries it. */
const step = fc.constantFrom('takeover' as const, 'retry' as const);

const company = fc.record({
	items: fc.integer({ min: 1, max: 4 }),
	troubles: fc.array(trouble, { minLength: 1, maxLength: 4 }),
	steps: fc.array(step, { maxLength: 3 }),
	maxTries: fc.integer({ min: 1, max: 3 }),
	slots: fc.integer({ min: 1, max: 4 }),
});

function arm(service: ServiceName, { at, after, times, action }: Trouble): void {
	const { faults } = world.simulator;
	const common = { after, times, action };
	if (at === 'create') {
		faults.add({ service, match: { method: 'POST', path: createPath(service) }, ...common });
	} else if (at === 'look') {
		faults.add({ service, match: { method: 'GET' }, ...common });
	} else faults.add({ service: 'cdn', ...common });
}

/** An execution as n8n has stored it: its number, and what it begins with. */
type Execution = Pick<RunOptions, 'executionId' | 'resumeToken' | 'continueFrom'>;

function paid(): string[] {
	return world.simulator.ledger.charges.map(({ taskId }) => taskId);
}

/** Plays it through, and returns how it ended. */
async function play(
	service: ServiceName,
	{
		items,
		troubles,
		steps,
		maxTries,
		slots,
	}: typeof company extends fc.Arbitrary<infer T> ? T : never,
): Promise<{ result: RunResult; retry: () => Promise<RunResult> }> {
	const { simulator } = world;
	simulator.reset();
	resetTime();
	simulator.settings.slots = slots;
	for (const one of troubles) arm(service, one);
	const work = async (execution: Execution) =>
		await runKling({
			simulator,
			service,
			...execution,
			items: Array.from({ length: items }, (_, index) => ({ words: `scene ${index}` })),
			parameters: { prompt: '={{ $json.words }}', options: { timeout: 20 } },
			retryOnFail: maxTries > 1,
			maxTries,
		});
	let number = 1;
	let execution: Execution = { executionId: '1', resumeToken: 'the token' };
	let result = await work(execution);
	const retry = async () => {
		if (result.status !== 'error') return result;
		number += 1;
		execution = { executionId: String(number), continueFrom: retriable(result) };
		return await work(execution);
	};
	for (const next of steps) {
		result = next === 'retry' ? await retry() : await work(execution);
	}
	return { result, retry };
}

it('at official Kling: one charge per item, and after the storm a Retry gets them all', async () => {
	await fc.assert(
		fc.asyncProperty(company, async (given) => {
			const { simulator } = world;
			const { retry } = await play('klingGlobal', given);
			expect(paid().length).toBeLessThanOrEqual(given.items);
			simulator.faults.clear();
			const result = await retry();
			expect(words(result)).toBe(' | ');
			const prompts = result.json.map(
				({ taskId }) => simulator.tasks.get(String(taskId))?.request.prompt,
			);
			expect(prompts).toEqual(Array.from({ length: given.items }, (_, index) => `scene ${index}`));
			expect(result.json.map(({ taskId }) => taskId).sort()).toEqual(paid().sort());
		}),
		{ numRuns: examples(40) },
	);
}, 120_000);

it.each(['relay', 'newApi', 'aceData', 'openaiHk'] as const)(
	'at %s: one charge per item, as long as n8n keeps what was noted',
	async (service) => {
		await fc.assert(
			fc.asyncProperty(company, async ({ steps, ...given }) => {
				const { simulator } = world;
				const kept = steps.filter((next) => next === 'retry');
				const { retry } = await play(service, { ...given, steps: kept });
				simulator.faults.clear();
				const result = await retry();
				expect(paid().length).toBeLessThanOrEqual(given.items);
				expect(new Set(simulator.tasks.all().map(({ request }) => request.prompt)).size).toBe(
					paid().length,
				);
				if (result.status === 'success') {
					expect(result.json.map(({ taskId }) => taskId).sort()).toEqual(paid().sort());
				} else expect(words(result)).toContain('may have been made and charged');
			}),
			{ numRuns: examples(12) },
		);
	},
	120_000,
);
