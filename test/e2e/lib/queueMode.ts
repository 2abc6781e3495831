import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type N8n, startN8n, startWebhookProcess, startWorker } from './n8n';
import type { Tarball } from './packageTarball';
import { anyFreePort } from './ports';
import { startPostgres } from './postgres';
import { startRedis } from './redis';
import { type Router, startRouter } from './router';

/** n8n in queue mode: one main, one webhook process and workers, with a PostgreSQL and a Redis of their own. */
export interface QueueMode {
	main: N8n;
	webhook: N8n;
	workers: N8n[];
	/** All webhooks are called at its address. Its targets are main and webhook process, unless a test says otherwise. */
	router: Router;
	/** Starts the main again after its end, at the same address and with the same data. */
	restartMain(): Promise<void>;
	/** The same for the webhook process. */
	restartWebhook(): Promise<void>;
	/** Puts another process in the place of a worker that has ended. */
	restartWorker(index: number): Promise<void>;
	stop(): Promise<void>;
}

interface QueueOptions {
	tarball: Tarball;
	workers: number;
	/** How many executions each worker runs side by side. */
	executionsPerWorker: number;
	/** For all processes alike, over what queue mode needs. */
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
		const router = await startRouter();
		onStart(() => router.stop());
		const mainPort = await anyFreePort();
		const webhookPort = await anyFreePort();
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
			// Where all processes find files; it is n8n's own choice in queue mode.
			N8N_DEFAULT_BINARY_DATA_MODE: 'database',
			// The workers tell the services where to call.
			N8N_WEBHOOK_URL: `${router.url}/`,
			...options.settings,
		};
		const common = { tarball, closed: true, settings, onStart };
		const runMain = async () =>
			await startN8n({ ...common, userFolder: join(folder, 'main'), port: mainPort });
		const runWebhook = async () =>
			await startWebhookProcess({
				...common,
				userFolder: join(folder, 'webhook'),
				port: webhookPort,
			});
		const runWorker = async (_: unknown, index: number) =>
			await startWorker({
				...common,
				userFolder: join(folder, `worker-${index}`),
				port: await anyFreePort(),
				executions: executionsPerWorker,
			});
		// The main makes the tables, so it comes first.
		const main = await runMain();
		const [webhook, ...workers] = await Promise.all([
			runWebhook(),
			...Array.from({ length: count }, runWorker),
		]);
		router.targets = [main.baseUrl, webhook.baseUrl];
		const mode: QueueMode = {
			main,
			webhook,
			workers,
			router,
			async restartMain() {
				mode.main = await runMain();
			},
			async restartWebhook() {
				mode.webhook = await runWebhook();
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
