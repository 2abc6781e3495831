import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type N8n, startN8n, startWorker } from './n8n';
import type { Tarball } from './packageTarball';
import { anyFreePort } from './ports';
import { startPostgres } from './postgres';
import { startRedis } from './redis';

/** n8n in queue mode: one main and its workers, with a PostgreSQL and a Redis of their own. */
export interface QueueMode {
	main: N8n;
	workers: N8n[];
	/** Starts the main again after its end, at the same address and with the same data. */
	restartMain(): Promise<void>;
	/** Puts another process in the place of a worker that has ended. */
	restartWorker(index: number): Promise<void>;
	stop(): Promise<void>;
}

interface QueueOptions {
	tarball: Tarball;
	workers: number;
	/** How many executions each worker runs side by side. */
	executionsPerWorker: number;
	/** For main and workers alike, over what queue mode needs. */
	settings?: Record<string, string>;
}

/** Throws when PostgreSQL or Redis is not installed. n8n cannot reach the internet. */
export async function startQueueMode(options: QueueOptions): Promise<QueueMode> {
	const { tarball, workers: count, executionsPerWorker } = options;
	const folder = mkdtempSync(join(tmpdir(), 'n8n-queue-e2e-'));
	const ends: Array<() => unknown> = [() => rmSync(folder, { recursive: true, force: true })];
	const onStart = (end: () => unknown) => ends.push(end);
	const stop = async () => {
		for (const end of ends.splice(0).reverse()) await end();
	};
	try {
		const postgres = await startPostgres();
		onStart(() => postgres.stop());
		const redis = await startRedis();
		onStart(() => redis.stop());
		const mainPort = await anyFreePort();
		const settings = {
			EXECUTIONS_MODE: 'queue',
			QUEUE_BULL_REDIS_HOST: '127.0.0.1',
			QUEUE_BULL_REDIS_PORT: String(redis.port),
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: '127.0.0.1',
			DB_POSTGRESDB_PORT: String(postgres.port),
			DB_POSTGRESDB_USER: postgres.user,
			DB_POSTGRESDB_DATABASE: postgres.database,
			// Shared by all, or the workers cannot read credentials.
			N8N_ENCRYPTION_KEY: randomBytes(24).toString('hex'),
			// Where main and workers both find files; it is n8n's own choice in queue mode.
			N8N_DEFAULT_BINARY_DATA_MODE: 'database',
			// Callbacks come to the main, also for executions that a worker parks.
			N8N_WEBHOOK_URL: `http://127.0.0.1:${mainPort}/`,
			...options.settings,
		};
		const common = { tarball, closed: true, settings, onStart };
		const runMain = async () =>
			await startN8n({ ...common, userFolder: join(folder, 'main'), port: mainPort });
		const runWorker = async (_: unknown, index: number) =>
			await startWorker({
				...common,
				userFolder: join(folder, `worker-${index}`),
				port: await anyFreePort(),
				executions: executionsPerWorker,
			});
		const mode: QueueMode = {
			// The main makes the tables, so it comes first.
			main: await runMain(),
			workers: await Promise.all(Array.from({ length: count }, runWorker)),
			async restartMain() {
				mode.main = await runMain();
			},
			async restartWorker(index) {
				mode.workers[index] = await runWorker(undefined, index);
			},
			stop,
		};
		return mode;
	} catch (error) {
		await stop();
		throw error;
	}
}
