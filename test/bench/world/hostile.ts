import { createServer } from 'node:http';
import { createGzip } from 'node:zlib';
import type { AddressInfo } from 'node:net';
import type { Ends } from './ends';

const MIB = 1024 ** 2;

/** A service whose every answer is an official task with a message of `mib` MiB, which gzip makes a thousand times smaller. */
export async function startHostileService(mib: number, ends: Ends): Promise<{ baseUrl: string }> {
	const chunk = Buffer.alloc(MIB, 'x');
	const server = createServer((_, response) => {
		response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
		const gzip = createGzip();
		gzip.pipe(response);
		response.on('close', () => gzip.destroy());
		gzip.write('{"code":0,"message":"');
		let left = mib;
		const more = (): void => {
			while (left > 0 && !gzip.destroyed) {
				left -= 1;
				if (!gzip.write(chunk)) return void gzip.once('drain', more);
			}
			if (!gzip.destroyed) gzip.end('","data":{}}');
		};
		more();
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	ends.add(async () => {
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
	});
	return { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}
