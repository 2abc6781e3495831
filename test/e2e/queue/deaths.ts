import { retry } from '../lib/started';
import { until } from '../lib/until';
import {
	expectAllDone,
	expectCharges,
	expectDone,
	finishTasks,
	type Run,
	startAll,
	starter,
	starters,
	whenOver,
} from './runs';
import { type QueueWorld, takenBy } from './world';

const TAKEN_MS = 20_000;

/** Starts executions until this worker has one of each service. The other worker can take only so many. */
async function startOnWorker(world: QueueWorld, index: number): Promise<Run[]> {
	const runs: Run[] = [];
	for (const start of await starters(world, { waitMode: 'poll' })) {
		for (;;) {
			const run = await start(['A kite']);
			runs.push(run);
			await until(TAKEN_MS, `${run.id} was started`, () => takenBy(world, run.id).length > 0);
			if (takenBy(world, run.id).includes(index)) break;
		}
	}
	await untilAllMade(world, runs);
	return runs;
}

async function untilAllMade({ simulator }: QueueWorld, runs: Run[]): Promise<void> {
	const items = runs.flatMap(({ prompts }) => prompts).length;
	await until(TAKEN_MS, 'every task was made', () => simulator.ledger.charges.length === items);
}

export function deathsSuite(world: () => QueueWorld): void {
	describe('kill -9', () => {
		beforeEach(() => {
			world().simulator.settings.taskSeconds = 3600;
		});

		it('of a worker while executions are suspended: they go on at the other one', async () => {
			const { n8n } = world();
			const runs = await startAll(world(), { waitMode: 'suspend' }, 1);
			for (const run of runs) await whenOver(world(), run, 'waiting');
			await n8n.workers[0]!.process.kill();
			finishTasks(world());
			await expectAllDone(world(), runs);
			for (const { id } of runs) expect(takenBy(world(), id)).toContain(1);
			await n8n.restartWorker(0);
		});

		it('of the main while executions are suspended: they go on when it is back', async () => {
			const { n8n } = world();
			const runs = await startAll(world(), { waitMode: 'suspend' }, 1);
			for (const run of runs) await whenOver(world(), run, 'waiting');
			await n8n.main.process.kill();
			await n8n.restartMain();
			finishTasks(world());
			await expectAllDone(world(), runs);
		});

		it('of the main when the callback comes: at the time-out, the items tell the task ids', async () => {
			const { n8n } = world();
			const more = { waitMode: 'suspend', options: { timeout: 0.5 } };
			const runs = await startAll(world(), more, 1);
			for (const run of runs) await whenOver(world(), run, 'waiting');
			await n8n.main.process.kill();
			finishTasks(world());
			await n8n.restartMain();
			for (const run of runs) {
				const [items = []] = (await whenOver(world(), run)).outputs('Kling');
				expect(items).toHaveLength(run.prompts.length);
				for (const { json } of items) {
					expect(json.timedOut).toBe(true);
					expect(world().simulator.tasks.get(String(json.taskId))).toBeDefined();
				}
			}
			expectCharges(world(), runs);
		});

		it('of a worker while it polls: n8n runs nothing again, so nothing is charged again', async () => {
			const { n8n } = world();
			const runs = await startOnWorker(world(), 0);
			const lost = runs.filter(({ id }) => takenBy(world(), id).includes(0));
			await n8n.workers[0]!.process.kill();

			for (const run of lost) {
				const execution = await whenOver(world(), run, 'error');
				expect(execution.error?.message).toMatch(/failed to be processed too many times/);
				expect(execution.outputs('Kling')).toEqual([]);
			}
			expectCharges(world(), runs);

			finishTasks(world());
			await expectDone(
				world(),
				runs.filter((run) => !lost.includes(run)),
			);
			// Nor by the button: n8n has thrown away what there was to be run.
			for (const { id } of lost)
				expect(await retry(world().rest, id)).toMatchObject({ status: 'error' });
			expectCharges(world(), runs);
			await n8n.restartWorker(0);
		});

		it('of all of n8n while it polls: Retry finds what was paid for, where tasks have names', async () => {
			const { n8n, rest, simulator } = world();
			const named = await starter(world(), 'klingGlobal', {});
			const nameless = await starter(world(), 'aceData', {});
			const runs = [await named(['A kite']), await nameless(['A boat'])];
			await untilAllMade(world(), runs);
			await Promise.all([n8n.main, ...n8n.workers].map(async ({ process }) => process.kill()));
			await n8n.restartMain();
			await Promise.all([n8n.restartWorker(0), n8n.restartWorker(1)]);

			for (const run of runs) await whenOver(world(), run, 'crashed');
			expectCharges(world(), runs);
			finishTasks(world());
			simulator.settings.taskSeconds = 1;
			for (const { id } of runs) expect(await retry(rest, id)).toMatchObject({ status: 'success' });
			// At Ace Data Cloud it is a new order.
			expectCharges(world(), [...runs, runs[1]!]);
		});
	});
}
