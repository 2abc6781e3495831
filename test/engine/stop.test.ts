/** Stop: nothing more is sent, and no paid task is lost. */
import type { StartedRun } from './harness';
import { hooks, startKling, slept } from './kling';
import { useSimulator } from './support';

const world = useSimulator();

/** Lets a node that n8n no longer waits for come to its end. */
async function afterwards(): Promise<void> {
	for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

function stopAtSleep(number: number): (run: StartedRun) => void {
	let running: StartedRun | undefined;
	hooks.onSleep = () => {
		if (slept.length === number) running?.stop();
	};
	return (run) => {
		running = run;
	};
}

describe('Stop', () => {
	it('while waiting: no further look, sleep or download', async () => {
		const { simulator } = world;
		const follow = stopAtSleep(2);
		const run = startKling({ simulator });
		follow(run);
		const result = await run;
		expect(result.status).toBe('canceled');
		const sent = simulator.ledger.requests.length;
		await afterwards();
		expect(simulator.ledger.requests).toHaveLength(sent);
		expect(slept).toHaveLength(2);
		expect(simulator.ledger.downloads).toEqual([]);
		expect(simulator.ledger.charges).toHaveLength(1);
	});

	it('while items are waiting for slots: they are never submitted', async () => {
		const { simulator } = world;
		const follow = stopAtSleep(1);
		const run = startKling({
			simulator,
			items: Array.from({ length: 8 }, () => ({})),
			parameters: { options: { maxParallel: 3 } },
		});
		follow(run);
		expect((await run).status).toBe('canceled');
		await afterwards();
		expect(simulator.ledger.charges).toHaveLength(3);
		expect(simulator.ledger.requests).toHaveLength(3);
	});

	it('before the node began: nothing is sent', async () => {
		const { simulator } = world;
		const run = startKling({ simulator });
		run.stop();
		await run;
		await afterwards();
		expect(simulator.ledger.requests).toEqual([]);
	});

	it('leaves the IDs of the paid tasks in the context of the node', async () => {
		const { simulator } = world;
		const follow = stopAtSleep(2);
		const run = startKling({ simulator, items: [{}, {}] });
		follow(run);
		const { context } = await run;
		for (const { taskId } of simulator.ledger.charges) {
			expect(JSON.stringify(context)).toContain(taskId);
		}
	});
});
