/** Answers without end, or that unpack to gigabytes: the node gives up, and closes the connection. */
import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { createGzip } from 'node:zlib';

import { CREATED, hostileRelay } from './hostileRelay';
import { runKling } from './kling';
import { useSimulator } from './support';

const world = useSimulator();
const MB = 1024 * 1024;

/** Packs to a sixtieth: packed to a thousandth, all of it fits into the buffers of a connection, and is sent before it is read. */
const NOISE = randomBytes(16 * 1024).toString('hex');

function sendEndless(response: ServerResponse, head: string, most: number): { sent: number } {
	const counted = { sent: 0 };
	const chunk = Buffer.from(NOISE.padEnd(MB, 'a'));
	response.write(head);
	const more = () => {
		while (!response.destroyed && counted.sent < most) {
			counted.sent += chunk.length;
			if (!response.write(chunk)) return void response.once('drain', more);
		}
		if (!response.destroyed) response.end();
	};
	more();
	return counted;
}

const wait = (credential: object) => ({
	simulator: world.simulator,
	service: 'relay' as const,
	credential: credential as { relayBaseUrl: string },
});

it.each(['plain', 'gzip'])('an answer without end is given up at 32 MB (%s)', async (encoding) => {
	let counted = { sent: 0 };
	const { seen, credential } = await hostileRelay((response, isCreate) => {
		if (isCreate) return void response.end(JSON.stringify(CREATED));
		if (encoding === 'plain') {
			counted = sendEndless(response, '{"code":0,"x":"', 1000 * MB);
			return;
		}
		response.setHeader('content-encoding', 'gzip');
		const zip = createGzip();
		zip.pipe(response);
		counted = sendEndless(zip as unknown as ServerResponse, '{"code":0,"x":"', 1000 * MB);
	});
	const { error } = await runKling(wait(credential));
	expect(error?.message).toContain('gave an answer of more than 32 MB');
	expect(error?.context).toMatchObject({ taskId: '77' });
	expect(counted.sent).toBeLessThan(900 * MB);
	// The server hears of it a moment later, on a busy machine several.
	for (let looks = 0; seen.closed < seen.requests && looks < 50; looks += 1) {
		await new Promise((again) => setTimeout(again, 100));
	}
	expect(seen.closed).toBe(seen.requests);
	expect(seen.creates).toBe(1);
});

it('a create that is answered without end may have been paid for', async () => {
	const { seen, credential } = await hostileRelay((response) => {
		sendEndless(response, '{"code":0,"x":"', 1000 * MB);
	});
	const { error } = await runKling(wait(credential));
	expect(`${error?.message} ${error?.description ?? ''}`).toMatch(/32 MB.*may have been made/s);
	expect(seen.creates).toBe(1);
});
