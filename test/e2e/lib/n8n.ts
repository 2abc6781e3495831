import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { closeOutside, type Outside } from './outside';
import { startProcess, type OwnProcess } from './ownProcess';
import type { Tarball } from './packageTarball';
import { HOST_NODE, LIB, N8N_BIN, ROOT } from './paths';
import { anyFreePort } from './ports';

const READY_MS = 120_000;

export interface N8nOptions {
	userFolder: string;
	port: number;
	/** What `npm view` and `npm pack` of this package give inside n8n. */
	tarball: Tarball;
	/** false: n8n may reach the internet (a real Kling service). */
	closed: boolean;
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

/** Starts the real n8n on 127.0.0.1 and waits till it answers. */
export async function startN8n({
	userFolder,
	port,
	tarball,
	closed,
	onStart,
}: N8nOptions): Promise<N8n> {
	mkdirSync(userFolder, { recursive: true, mode: 0o700 });
	const logFile = join(userFolder, 'n8n.log');
	const outside = closed ? await closeOutside() : undefined;
	const server = startProcess({
		name: 'n8n',
		node: HOST_NODE,
		args: [N8N_BIN, 'start'],
		cwd: userFolder,
		env: {
			...fromOurEnvironment(closed),
			...quietSettings(),
			...ownNpm(userFolder, tarball),
			...(outside && throughProxy(outside)),
			N8N_USER_FOLDER: userFolder,
			N8N_LISTEN_ADDRESS: '127.0.0.1',
			N8N_HOST: '127.0.0.1',
			N8N_PORT: String(port),
			N8N_RUNNERS_BROKER_PORT: String(await anyFreePort()),
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
		await untilReady(baseUrl, server);
	} catch (error) {
		await stop();
		throw error;
	}
	return { baseUrl, process: server, logFile, asked: outside?.asked ?? [], stop };
}

async function untilReady(baseUrl: string, server: OwnProcess): Promise<void> {
	const deadline = Date.now() + READY_MS;
	let how: string | undefined;
	void server.ended.then((end) => (how = end));
	// The second address is served only when n8n has loaded its modules and its nodes.
	for (const path of ['/healthz/readiness', '/rest/settings']) {
		while (!(await answersOk(baseUrl + path))) {
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

/** Not all of it: a person's own N8N_… and DB_… settings are meant for another n8n. */
function fromOurEnvironment(closed: boolean): NodeJS.ProcessEnv {
	const wanted = /^(PATH|HOME|USER|SHELL|LANG|LC_.*|TZ|TMPDIR|SSL_CERT_.*|NODE_EXTRA_CA_CERTS)$/;
	const proxies = /^(https?|no|all)_proxy$/i;
	return Object.fromEntries(
		Object.entries(process.env).filter(
			([name]) => wanted.test(name) || (!closed && proxies.test(name)),
		),
	);
}

function quietSettings(): NodeJS.ProcessEnv {
	return {
		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
		N8N_DYNAMIC_BANNERS_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
		// The list of verified packages would be fetched from n8n's server.
		N8N_VERIFIED_PACKAGES_ENABLED: 'false',
		// Served over http on 127.0.0.1, where some browsers refuse secure cookies.
		N8N_SECURE_COOKIE: 'false',
		N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem',
		N8N_GRACEFUL_SHUTDOWN_TIMEOUT: '5',
		// A workflow that was being (un)published when n8n was killed stays locked for that long.
		N8N_WORKFLOW_PUBLICATION_OUTBOX_LEASE_SECONDS: '10',
		N8N_WORKFLOW_PUBLICATION_OUTBOX_POLL_INTERVAL_MS: '2000',
		GENERIC_TIMEZONE: Intl.DateTimeFormat().resolvedOptions().timeZone,
	};
}

function throughProxy({ proxyUrl }: Outside): NodeJS.ProcessEnv {
	const noProxy = '127.0.0.1,localhost';
	return {
		HTTP_PROXY: proxyUrl,
		HTTPS_PROXY: proxyUrl,
		NO_PROXY: noProxy,
		http_proxy: proxyUrl,
		https_proxy: proxyUrl,
		no_proxy: noProxy,
	};
}

/** n8n finds our stand-in first when it runs `npm`; see hostNpm.mjs. */
function ownNpm(userFolder: string, tarball: Tarball): NodeJS.ProcessEnv {
	const bin = join(userFolder, 'bin');
	mkdirSync(bin, { recursive: true });
	const script = join(bin, 'npm');
	writeFileSync(script, `#!/bin/sh\nexec "$HOST_NPM_NODE" "$HOST_NPM_SCRIPT" "$@"\n`);
	chmodSync(script, 0o755);
	// npm is run by the Node that runs us, for which it came; n8n's task runners need the host's `node`.
	const path = process.env.PATH ?? '';
	return {
		PATH: [bin, dirname(HOST_NODE), path].join(delimiter),
		HOST_NPM_NODE: process.execPath,
		HOST_NPM_SCRIPT: join(LIB, 'hostNpm.mjs'),
		HOST_NPM_PACKAGE: `${tarball.name}@${tarball.version}`,
		HOST_NPM_TARBALL: tarball.file,
		HOST_NPM_PATH: [
			dirname(process.execPath),
			path.replaceAll(`${join(ROOT, 'node_modules', '.bin')}${delimiter}`, ''),
		].join(delimiter),
	};
}
