import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fromOurEnvironment, ownNpm, quietSettings, throughProxy } from './n8nSettings';
import { closeOutside } from './outside';
import { startProcess, type OwnProcess } from './ownProcess';
import type { Tarball } from './packageTarball';
import { anyFreePort } from './ports';
import { N8N_BIN, N8N_NODE, N8N_SETTINGS } from './underTest';

const READY_MS = 180_000;

export interface N8nOptions {
	userFolder: string;
	/** Where it listens on 127.0.0.1; a worker tells its health there, and nothing else. */
	port: number;
	/** What `npm view` and `npm pack` of this package give inside n8n. */
	tarball: Tarball;
	/** false: n8n may reach the internet (a real Kling service). */
	closed: boolean;
	/** More environment variables for n8n, or others than ours. */
	settings?: Record<string, string>;
	/** Told how to end it as soon as it was started, long before it is ready. */
	onStart?: (stop: () => Promise<void>) => void;
}

export interface N8n {
	baseUrl: string;
	process: OwnProcess;
	logFile: string;
	/** Hosts n8n wanted to reach outside; empty when it may. */
	asked: readonly string[];
	stop(): Promise<void>;
}

/** One of n8n's commands that serve, and the addresses that answer when it is ready. */
interface Command {
	args: string[];
	settings: (port: number) => Record<string, string>;
	ready: string[];
}

const listening = (port: number) => ({
	N8N_LISTEN_ADDRESS: '127.0.0.1',
	N8N_HOST: '127.0.0.1',
	N8N_PORT: String(port),
});

const MAIN: Command = {
	args: ['start'],
	settings: listening,
	// The second address is served only when n8n has loaded its modules and its nodes.
	ready: ['/healthz/readiness', '/rest/settings'],
};

const WEBHOOK: Command = {
	args: ['webhook'],
	settings: listening,
	ready: ['/healthz/readiness'],
};

/** `executions`: how many it runs side by side. */
const worker = (executions: number): Command => ({
	args: ['worker', `--concurrency=${executions}`],
	settings: (port) => ({
		QUEUE_HEALTH_CHECK_ACTIVE: 'true',
		N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
		QUEUE_HEALTH_CHECK_PORT: String(port),
	}),
	ready: ['/healthz/readiness'],
});

/** Starts the real n8n on 127.0.0.1 and waits till it answers. */
export async function startN8n(options: N8nOptions): Promise<N8n> {
	return await start(MAIN, options);
}

/** Starts a worker of an n8n in queue mode and waits till it takes executions. */
export async function startWorker(options: N8nOptions & { executions: number }): Promise<N8n> {
	return await start(worker(options.executions), options);
}

/** Starts a webhook process of an n8n in queue mode and waits till it takes calls. */
export async function startWebhookProcess(options: N8nOptions): Promise<N8n> {
	return await start(WEBHOOK, options);
}

async function start(command: Command, options: N8nOptions): Promise<N8n> {
	const { userFolder, port, tarball, closed, settings, onStart } = options;
	mkdirSync(userFolder, { recursive: true, mode: 0o700 });
	const logFile = join(userFolder, 'n8n.log');
	const outside = closed ? await closeOutside() : undefined;
	const server = startProcess({
		name: 'n8n',
		node: N8N_NODE,
		args: [N8N_BIN, ...command.args],
		cwd: userFolder,
		env: {
			...fromOurEnvironment(closed),
			...quietSettings(),
			...N8N_SETTINGS,
			...ownNpm(userFolder, tarball),
			...(outside && throughProxy(outside)),
			N8N_USER_FOLDER: userFolder,
			N8N_RUNNERS_BROKER_PORT: String(await anyFreePort()),
			...command.settings(port),
			...settings,
		},
		logFile,
	});
	const stop = async () => {
		await server.stop();
		await outside?.stop();
	};
	onStart?.(stop);
	const baseUrl = `http://127.0.0.1:${port}`;
	try {
		await untilReady(
			command.ready.map((path) => baseUrl + path),
			server,
		);
	} catch (error) {
		await stop();
		throw error;
	}
	return { baseUrl, process: server, logFile, asked: outside?.asked ?? [], stop };
}

async function untilReady(urls: string[], server: OwnProcess): Promise<void> {
	const deadline = Date.now() + READY_MS;
	let how: string | undefined;
	void server.ended.then((end) => (how = end));
	for (const url of urls) {
		while (!(await answersOk(url))) {
			if (how !== undefined) throw new Error(`n8n ended with ${how}:\n${server.tail()}`);
			if (Date.now() > deadline)
				throw new Error(`n8n is not ready after ${READY_MS / 1000} s:\n${server.tail()}`);
			await new Promise((resolve) => setTimeout(resolve, 150));
		}
	}
}

async function answersOk(url: string): Promise<boolean> {
	try {
		const response = await fetch(url, { signal: AbortSignal.timeout(5000) });
		await response.arrayBuffer();
		return response.ok;
	} catch {
		return false;
	}
}
