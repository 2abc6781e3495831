import { dirname, join } from 'node:path';
import { type N8n, type Rest, signIn, startN8n } from '../lib';
import { LOGIN, startWorld, type World } from '../world';
import type { Host } from './environment';
import { ExecutionPoller } from './executionPoller';

const BUSY_MS = 60_000;
const SLOW_MODULES = join(__dirname, 'slowModules.cjs');

/** The same, but asks again while n8n is too busy to reach its own database. */
function patient(rest: Rest): Rest {
	const once = rest.fetch.bind(rest);
	rest.fetch = async (...request) => {
		const deadline = Date.now() + BUSY_MS;
		for (;;) {
			const response = await once(...request);
			if (response.status !== 503 || Date.now() > deadline) return response;
			await new Promise((resolve) => setTimeout(resolve, 1000));
		}
	};
	return rest;
}

/** An n8n that can be killed and started again. */
export class RestartableHost implements Host {
	readonly executions = new ExecutionPoller(() => this.rest);

	private constructor(
		private readonly world: World,
		public n8n: N8n,
		/** Of the n8n that runs now. */
		public rest: Rest,
		private readonly whenRestarted: Record<string, string>,
	) {}

	/** Starts an n8n that will start slowly when it has crashed. */
	static async start(): Promise<RestartableHost> {
		return this.of(await startWorld(), { EXTERNAL_HOOK_FILES: SLOW_MODULES });
	}

	/** `whenRestarted`: environment variables for the n8n that is started after a crash. */
	static of(world: World, whenRestarted: Record<string, string> = {}): RestartableHost {
		return new RestartableHost(world, world.n8n, patient(world.rest), whenRestarted);
	}

	asked(): readonly string[] {
		return this.n8n.asked;
	}

	/** Kills n8n by SIGKILL, does something, and starts it again with the same data and address. */
	async crash(meanwhile: () => Promise<void>): Promise<void> {
		const { baseUrl, logFile, process } = this.n8n;
		await process.kill();
		await meanwhile();
		this.n8n = await startN8n({
			userFolder: dirname(logFile),
			port: Number(new URL(baseUrl).port),
			tarball: this.world.tarball,
			closed: true,
			settings: this.whenRestarted,
		});
		this.rest = patient(await signIn(this.n8n.baseUrl, LOGIN));
	}

	async stop(): Promise<void> {
		await this.n8n.stop();
		await this.world.stop();
	}
}
