/** A relay of a few lines that takes every task as 77, and answers all else as a test wants. */
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export const CREATED = {
	code: 0,
	message: 'SUCCEED',
	data: { task_id: '77', task_status: 'submitted' },
};

export type Reply = (response: ServerResponse, isCreate: boolean, request: IncomingMessage) => void;

const servers: Array<ReturnType<typeof createServer>> = [];
afterEach(() => {
	for (const server of servers.splice(0)) {
		server.closeAllConnections();
		server.close();
	}
});

/** It ends with the test. */
export async function hostileRelay(answer: Reply) {
	const seen = { requests: 0, creates: 0, closed: 0, looks: [] as string[] };
	const server = createServer((request, response) => {
		seen.requests += 1;
		response.once('close', () => (seen.closed += 1));
		const isCreate = request.method === 'POST';
		if (isCreate) seen.creates += 1;
		else seen.looks.push(request.url ?? '');
		request.resume().once('end', () => answer(response, isCreate, request));
	});
	await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
	servers.push(server);
	const { port } = server.address() as AddressInfo;
	return { seen, credential: { relayBaseUrl: `http://127.0.0.1:${port}` } };
}
