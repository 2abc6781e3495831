import { join } from 'node:path';
import { LOCAL } from './local.mjs';
import { Problem } from './problem.mjs';

const N8N_PORT = 5678;
const SIMULATOR_PORTS = { first: 5720, count: 8 };
// Long enough to see a task wait, short enough not to be waited for.
const TASK_SECONDS = 5;

/**
 * The port asked for, or the usual one, or the next free one.
 * @param {typeof import('../../test/e2e/lib/index')} lib
 * @param {number | undefined} asked
 */
export async function choosePort(lib, asked) {
	if (asked !== undefined) {
		if (await lib.isFree(asked)) return asked;
		throw new Problem(
			`Port ${asked} on 127.0.0.1 is taken by another program: end that, or choose another with --port.`,
		);
	}
	const port = await lib.freePortFrom(N8N_PORT);
	if (port !== N8N_PORT)
		console.log(`Port ${N8N_PORT} is taken by another program, so n8n gets ${port}.`);
	return port;
}

/**
 * Starts the Kling simulator, on the same ports each time where they are free, so that credentials
 * made by hand in the editor stay right.
 */
export async function startSimulator(lib) {
	const ports = Array.from(
		{ length: SIMULATOR_PORTS.count },
		(_, index) => SIMULATOR_PORTS.first + index,
	);
	const free = (await Promise.all(ports.map((port) => lib.isFree(port)))).every(Boolean);
	return await lib.startSimulatorProcess({
		taskSeconds: TASK_SECONDS,
		portBase: free ? SIMULATOR_PORTS.first : undefined,
		logFile: join(LOCAL, 'simulator.log'),
	});
}

/** The package is installed again only when it changed. */
export async function installPackage(lib, rest, tarball, installedHash) {
	const present = (await lib.communityPackages(rest)).find(
		({ packageName }) => packageName === tarball.name,
	);
	if (present && !present.failedLoading && installedHash === tarball.hash) return false;
	await lib.installPackage(rest, tarball);
	return true;
}

/** What goes into the credential, and how it is called in the editor. */
export function credentialFor(real, simulator) {
	const type = 'klingApi';
	if (real) return { name: real.title, type, data: real.data };
	const { baseUrl, apiKey } = simulator.services.klingGlobal;
	const data = {
		service: 'klingGlobal',
		klingGlobalBaseUrl: baseUrl,
		authentication: 'apiKey',
		apiKey,
	};
	return { name: 'Kling simulator', type, data };
}
