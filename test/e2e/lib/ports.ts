import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

const LOWEST = 20_000;
const HIGHEST = 32_000;

/** The port if a server can listen there, or undefined. */
async function tryPort(port: number): Promise<number | undefined> {
	return await new Promise((resolve) => {
		const server = createServer();
		server.once('error', () => resolve(undefined));
		server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
			server.close(() => resolve(port));
		});
	});
}

export async function isFree(port: number): Promise<boolean> {
	return (await tryPort(port)) !== undefined;
}

/**
 * A free port below those that systems give to outgoing connections, of which one might take it before
 * a server that starts slowly does.
 */
export async function anyFreePort(): Promise<number> {
	for (let left = 100; left > 0; left -= 1) {
		const port = await tryPort(randomInt(LOWEST, HIGHEST));
		if (port !== undefined) return port;
	}
	throw new Error('No free port on 127.0.0.1');
}

/** The first free port from `first` on. */
export async function freePortFrom(first: number, tries = 50): Promise<number> {
	for (let port = first; port < first + tries; port++) {
		if (await isFree(port)) return port;
	}
	return await anyFreePort();
}
