import { createServer } from 'node:http';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';

export interface Outside {
	/** For HTTP_PROXY and HTTPS_PROXY. */
	proxyUrl: string;
	/** Hosts that somebody wanted to reach, in order. */
	asked: string[];
	stop(): Promise<void>;
}

/** What a person reads in an error who enters a real key in such an n8n. */
const CLOSED =
	'This n8n was started without an account and reaches nothing outside. Start it with KLING_API_KEY=… npm start';

/** Programs that do not heed NO_PROXY come here with what is meant for this machine. */
function passOn(url: string, socket: Duplex): boolean {
	const { hostname, port } = new URL(`http://${url}`);
	if (hostname !== '127.0.0.1' && hostname !== 'localhost') return false;
	const target = connect(Number(port || 80), hostname, () => {
		socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
		target.pipe(socket).pipe(target);
	});
	for (const [end, other] of [
		[target, socket],
		[socket, target],
	] as const) {
		end.on('error', () => other.destroy());
	}
	return true;
}

/**
 * A proxy that lets nothing out and notes who was asked for. n8n looks things up on the internet
 * even with telemetry off (its banner, the registry of npm); a development machine has to be quiet,
 * and tests must be able to show that nothing else is called.
 */
export async function closeOutside(): Promise<Outside> {
	const asked: string[] = [];
	const server = createServer((request, response) => {
		asked.push(
			URL.canParse(request.url ?? '')
				? new URL(request.url ?? '').host
				: String(request.headers.host),
		);
		response.writeHead(403).end(CLOSED);
	});
	server.on('connect', (request, socket) => {
		if (passOn(String(request.url), socket)) return;
		asked.push(String(request.url));
		// The asker may hang up first; that is no error of ours.
		socket.on('error', () => undefined);
		socket.end(
			`HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: ${Buffer.byteLength(CLOSED)}\r\n\r\n${CLOSED}`,
		);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('No address');
	server.unref();
	return {
		proxyUrl: `http://127.0.0.1:${address.port}`,
		asked,
		async stop() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
