/** What tests of suspended executions share: a host that keeps them, and ways to let time pass. */
import type { RunResult } from './harness';
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
	/** Runs the node until the execution is suspended, or over. */
	async function suspend({ parameters, ...run }: Partial<KlingRun> = {}) {
		return await running().run(
			optionsFor({
				simulator: world.simulator,
				parameters: { waitMode: 'suspend', ...parameters },
				...run,
			}),
		);
	}
	/** Lets the services work for some seconds, and their calls arrive. */
	async function pass(seconds: number): Promise<void> {
		time.advance(seconds * 1000);
		await world.simulator.settled();
	}
	return {
		host: running,
		suspend,
		pass,
		/** What comes out of an execution that is suspended until its task is done. */
		async whenResumed(run: Partial<KlingRun>): Promise<RunResult> {
			const { first, whenOver } = await suspend(run);
			expect(first.status).toBe('waiting');
			await pass(70);
			return await whenOver;
		},
		/** The ids of the tasks that were paid for. */
		paid: () => world.simulator.ledger.charges.map(({ taskId }) => taskId),
	};
}
