/** A relay of a few lines that makes one task, and hands out its result at any address and in any form that a test wants. */
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { IDataObject } from 'n8n-workflow';

export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

export interface ResultHost {
	readonly origin: string;
	/** What the finished task names as its result. */
	resultUrl: string;
	/** Answers what is no call of the API. */
	serve: Handler;
	/** Path and Authorization of what was served. */
	readonly served: Array<{ path: string; authorization?: string }>;
	close(): Promise<void>;
}

export const HOST_KEY = 'key-of-the-relay-0123456789';

function answer(response: ServerResponse, data: IDataObject): void {
	response.setHeader('content-type', 'application/json');
	response.end(JSON.stringify({ code: 0, message: '', data: { task_id: '860', ...data } }));
}

export async function startResultHost(): Promise<ResultHost> {
	const server = createServer((request, response) => {
		const { url = '', method, headers } = request;
		if (url.startsWith('/kling/v1/')) {
			request.resume();
			if (method === 'POST') answer(response, { task_status: 'submitted' });
			else {
				const videos = [{ id: 'v1', url: host.resultUrl, duration: '5' }];
				answer(response, { task_status: 'succeed', task_result: { videos } });
			}
			return;
		}
		host.served.push({ path: url, authorization: headers.authorization });
		host.serve(request, response);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const host: ResultHost = {
		origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		resultUrl: '',
		serve: (_request, response) => response.writeHead(404).end(),
		served: [],
		async close() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
	return host;
}
