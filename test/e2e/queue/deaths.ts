import { readExecution } from '../lib';
import { retry } from '../lib/started';
import { until } from '../lib/until';
import {
	expectAllDone,
	expectCharges,
	expectDone,
	finishTasks,
	type Run,
	starter,
	suspendAll,
	whenOver,
} from './runs';
import { type QueueWorld, takenBy, timesDone, tookCallFor } from './world';

const TAKEN_MS = 60_000;

/** Starts executions until this worker has one of each of these services. The other worker can take only so many. */
async function startOnWorker(world: QueueWorld, index: number): Promise<Run[]> {
	const runs: Run[] = [];
	for (const service of ['klingGlobal', 'openaiHk', 'newApi'] as const) {
		const start = await starter(world, service, { waitMode: 'poll' });
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

/** The calls of these executions are lost: they go on at the timeout, with an item per task. */
async function expectTimedOut(world: QueueWorld, runs: Run[]): Promise<void> {
	for (const run of runs) {
		const [items = []] = (await whenOver(world, run)).outputs('Kling');
		expect(items).toHaveLength(run.prompts.length);
		for (const { json } of items) {
			expect(json.timedOut).toBe(true);
			expect(world.simulator.tasks.get(String(json.taskId))).toBeDefined();
		}
	}
}

export function deathsSuite(world: () => QueueWorld): void {
	describe('kill -9', () => {
		beforeEach(() => {
			world().simulator.settings.taskSeconds = 3600;
		});

		it('of the main and a worker while executions are suspended: webhook process and the other worker go on', async () => {
			const { n8n } = world();
			n8n.router.targets = [n8n.main.baseUrl];
			const runs = await suspendAll(world());
			await Promise.all([n8n.main.process.kill(), n8n.workers[0]!.process.kill()]);
			n8n.router.targets = [n8n.webhook.baseUrl];
			await finishTasks(world());
			for (const { id } of runs) {
				await until(TAKEN_MS, `${id} is over`, () => timesDone(world(), id) === 2);
				expect(tookCallFor(n8n.webhook, id)).toBe(true);
				expect(takenBy(world(), id)).toContain(1);
			}
			await Promise.all([n8n.restartMain(), n8n.restartWorker(0)]);
			await expectAllDone(world(), runs);
		});

		it('of the webhook process while executions are suspended: they go on when it is back, or at the timeout', async () => {
			const { n8n } = world();
			n8n.router.targets = [n8n.webhook.baseUrl];
			const kept = await suspendAll(world());
			const keptTasks = world().simulator.tasks.all();
			const missed = await suspendAll(world(), { timeout: 0.5 });
			await n8n.webhook.process.kill();
			await finishTasks(world(), (id) => !keptTasks.some((task) => task.id === id));
			await n8n.restartWebhook();
			await finishTasks(world());
			await expectDone(world(), kept);
			for (const { id } of kept) expect(tookCallFor(n8n.webhook, id)).toBe(true);
			await expectTimedOut(world(), missed);
			expectCharges(world(), [...kept, ...missed]);
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

			await finishTasks(world());
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

		it('of all of n8n while it polls: Retry finds what was paid for, where tasks are found by name', async () => {
			const { n8n, rest, simulator } = world();
			const startOne = async (service: Run['service']) =>
				await (
					await starter(world(), service, {})
				)(['A kite']);
			const services = ['klingGlobal', 'relay', 'newApi', 'aceData'] as const;
			const runs = await Promise.all(services.map(startOne));
			await untilAllMade(world(), runs);
			const all = [n8n.main, n8n.webhook, ...n8n.workers];
			await Promise.all(all.map(async ({ process }) => process.kill()));
			await Promise.all([
				n8n.restartMain(),
				n8n.restartWebhook(),
				n8n.restartWorker(0),
				n8n.restartWorker(1),
			]);

			for (const run of runs) await whenOver(world(), run, 'crashed');
			expectCharges(world(), runs);
			await finishTasks(world());
			simulator.settings.taskSeconds = 1;
			const retries = await Promise.all(runs.map(async ({ id }) => await retry(rest, id)));
			// new-api does not find tasks by name, but passes the name on to Kling, which takes none twice.
			const ends = ['success', 'success', 'error', 'success'];
			expect(retries.map(({ status }) => status)).toEqual(ends);
			const { error } = await readExecution(rest, retries[2]!.id);
			expect(error?.description).toMatch(/may have been made and charged.*already exists/);
			// At Ace Data Cloud it is a new order.
			expectCharges(world(), [...runs, runs[3]!]);
		});
	});
}
