import { expectAllDone, finishTasks, startAll, whenOver } from './runs';
import { PER_WORKER, type QueueWorld, takenBy } from './world';

/** More executions than one worker takes. */
const EACH = Math.ceil((PER_WORKER + 1) / 3);

export function spreadSuite(world: () => QueueWorld): void {
	describe('executions of three services', () => {
		it('wait by polling on both workers, each item charged once', async () => {
			const { simulator } = world();
			simulator.settings.taskSeconds = 3;
			const runs = await startAll(world(), { waitMode: 'poll' }, EACH);
			await expectAllDone(world(), runs);
			expect(new Set(runs.flatMap(({ id }) => takenBy(world(), id)))).toEqual(new Set([0, 1]));
		});

		it('are suspended by both workers and go on after the callbacks, each item charged once', async () => {
			const { simulator } = world();
			simulator.settings.taskSeconds = 3600;
			// Creating takes long enough for all of them to be running at once.
			simulator.faults.add({
				match: { method: 'POST', path: /text2video$|\/kling\/videos$/ },
				times: null,
				action: { kind: 'delay', ms: 2000 },
			});
			const runs = await startAll(world(), { waitMode: 'suspend' }, EACH);
			for (const run of runs) await whenOver(world(), run, 'waiting');
			expect(new Set(runs.flatMap(({ id }) => takenBy(world(), id)))).toEqual(new Set([0, 1]));

			finishTasks(world());
			await expectAllDone(world(), runs);
		});
	});
}
