/** What tests of suspended executions share: a host that keeps them, and ways to let time pass. */
import { optionsFor, time } from './kling';
import type { KlingRun } from './kling';
import type { useSimulator } from './support';
import { startWaitingHost } from './waitingHost';
import type { WaitingHost } from './waitingHost';

type World = ReturnType<typeof useSimulator>;

/** A new host for every test. */
export function useSuspension(world: World) {
	let host: WaitingHost | undefined;
	const running = (): WaitingHost => {
		if (!host) throw new Error('The host runs inside tests only');
		return host;
	};
	beforeEach(async () => {
		host = await startWaitingHost();
	});
	afterEach(async () => await running().stop());
	return {
		host: running,
		/** Runs the node until the execution is suspended, or over. */
		async suspend({ parameters, ...run }: Partial<KlingRun> = {}) {
			return await running().run(
				optionsFor({
					simulator: world.simulator,
					parameters: { waitMode: 'suspend', ...parameters },
					...run,
				}),
			);
		},
		/** Lets the services work for some seconds, and their calls arrive. */
		async pass(seconds: number): Promise<void> {
			time.advance(seconds * 1000);
			await world.simulator.settled();
		},
		/** The ids of the tasks that were paid for. */
		paid: () => world.simulator.ledger.charges.map(({ taskId }) => taskId),
	};
}
