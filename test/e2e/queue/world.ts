import { readFileSync } from 'node:fs';
import { startSimulator, type Simulator } from '../../simulator';
import { installPackage, makeTarball, type N8n, type Rest, signIn } from '../lib';
import { type QueueMode, startQueueMode } from '../lib/queueMode';
import { until } from '../lib/until';
import { LOGIN, type Setting, settingsFor } from '../world';

/** What a worker runs side by side. */
export const PER_WORKER = 3;
const INSTALLED_MS = 30_000;

/** How soon n8n notices that a worker is gone. Its own values are 60, 10 and 30 s. */
const NOTICED_SOON = {
	QUEUE_WORKER_LOCK_DURATION: '15000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '1000',
	QUEUE_WORKER_STALLED_INTERVAL: '3000',
};

/** No further process beside each of n8n's: they run Code nodes, and there are none. */
const NO_TASK_RUNNERS = { N8N_RUNNERS_MODE: 'external', N8N_RUNNERS_AUTH_TOKEN: 'nobody-comes' };

/** One main, one webhook process and two workers with the packed package installed, and a simulator. */
export interface QueueWorld {
	n8n: QueueMode;
	/** Signed in at the main. */
	rest: Rest;
	simulator: Simulator;
	settings: Setting[];
	stop(): Promise<void>;
}

export async function startQueueWorld(): Promise<QueueWorld> {
	const simulator = await startSimulator({ taskSeconds: 1 });
	const ends: Array<() => unknown> = [() => simulator.stop()];
	const stop = async () => {
		for (const end of ends.splice(0).reverse()) await end();
	};
	try {
		const tarball = await makeTarball();
		const n8n = await startQueueMode({
			tarball,
			workers: 2,
			executionsPerWorker: PER_WORKER,
			settings: { ...NOTICED_SOON, ...NO_TASK_RUNNERS },
		});
		ends.push(() => n8n.stop());
		const rest = await signIn(n8n.main.baseUrl, LOGIN, n8n.router.url);
		await installPackage(rest, tarball);
		// The main tells the others, and each installs it for itself.
		const installed = `Community package installed: ${tarball.name}`;
		for (const process of [n8n.webhook, ...n8n.workers]) {
			await until(INSTALLED_MS, installed, () => logOf(process).includes(installed));
		}
		return { n8n, rest, simulator, settings: settingsFor(simulator), stop };
	} catch (error) {
		await stop();
		throw error;
	}
}

const logOf = ({ logFile }: N8n) => readFileSync(logFile, 'utf8');
const timesLogged = (process: N8n, words: string) => logOf(process).split(words).length - 1;
const timesLoggedByAll = (processes: N8n[], words: string) =>
	processes.reduce((times, process) => times + timesLogged(process, words), 0);

/** The places of the workers that have taken an execution up, those ended long ago not counted. */
export function takenBy({ n8n }: QueueWorld, executionId: string): number[] {
	return n8n.workers.flatMap((worker, index) =>
		timesLogged(worker, `Worker started execution ${executionId} (`) > 0 ? [index] : [],
	);
}

/** How often the workers have taken an execution up: once when it starts, and once each time that it goes on. */
export function timesTaken({ n8n }: QueueWorld, executionId: string): number {
	return timesLoggedByAll(n8n.workers, `Worker started execution ${executionId} (`);
}

/** How often the workers were done with it: once when it was suspended, and once when it was over. */
export function timesDone({ n8n }: QueueWorld, executionId: string): number {
	return timesLoggedByAll(n8n.workers, `Worker finished execution ${executionId} (`);
}

/** Whether this process took the call that an execution was started by, or goes on by. */
export function tookCallFor(process: N8n, executionId: string): boolean {
	return timesLogged(process, `Enqueued execution ${executionId} (`) > 0;
}
