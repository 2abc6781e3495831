import { createServer } from 'node:net';

/** Whether a server can listen there; 0 asks for any free port. Returns the port, or undefined. */
async function tryPort(port: number): Promise<number | undefined> {
	return await new Promise((resolve) => {
		const server = createServer();
		server.once('error', () => resolve(undefined));
		server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
			const address = server.address();
			const found = address !== null && typeof address === 'object' ? address.port : undefined;
			server.close(() => resolve(found));
		});
	});
}

export async function isFree(port: number): Promise<boolean> {
	return (await tryPort(port)) !== undefined;
}

export async function anyFreePort(): Promise<number> {
	const port = await tryPort(0);
	if (port === undefined) throw new Error('No free port on 127.0.0.1');
	return port;
}

/** The first free port from `first` on. */
export async function freePortFrom(first: number, tries = 50): Promise<number> {
	for (let port = first; port < first + tries; port++) {
		if (await isFree(port)) return port;
	}
	return await anyFreePort();
}
