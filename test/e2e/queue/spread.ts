import { expectAllDone, finishTasks, startAll, suspendAll } from './runs';
import { type QueueWorld, takenBy, timesTaken } from './world';

export function spreadSuite(world: () => QueueWorld): void {
	// One of each service is more than one worker takes.
	describe('executions of every service', () => {
		it('wait by polling on both workers, each item charged once', async () => {
			const { simulator } = world();
			simulator.settings.taskSeconds = 3;
			const runs = await startAll(world(), { waitMode: 'poll' });
			await expectAllDone(world(), runs);
			expect(new Set(runs.flatMap(({ id }) => takenBy(world(), id)))).toEqual(new Set([0, 1]));
		});

		it('are suspended by both workers and go on once, although main and webhook process are called at once', async () => {
			const { simulator } = world();
			simulator.settings.taskSeconds = 3600;
			// Creating takes long enough for all of them to be running at once.
			simulator.faults.add({
				match: { method: 'POST', path: /text2video$|\/kling\/videos$/ },
				times: null,
				action: { kind: 'delay', ms: 2000 },
			});
			const runs = await suspendAll(world());
			expect(new Set(runs.flatMap(({ id }) => takenBy(world(), id)))).toEqual(new Set([0, 1]));

			await finishTasks(world());
			await expectAllDone(world(), runs);
			for (const { id } of runs) expect(timesTaken(world(), id)).toBe(2);
		});
	});
}
