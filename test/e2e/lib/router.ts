import {
	createServer,
	type IncomingMessage,
	request as httpRequest,
	type ServerResponse,
} from 'node:http';
import { anyFreePort } from './ports';

/** A load balancer as it stands before an n8n of several processes. */
export interface Router {
	/** Its address on 127.0.0.1, without a slash at its end. */
	url: string;
	/** Base addresses that get its requests in turn; may be changed at any time. */
	targets: string[];
	stop(): Promise<void>;
}

/** Passes every request on to the next of its targets, and answers 502 when that cannot be reached. */
export async function startRouter(): Promise<Router> {
	let passed = 0;
	const server = createServer((request, response) => {
		const target = router.targets[passed % router.targets.length];
		passed += 1;
		if (target) passOn(request, response, target);
		else response.writeHead(502).end();
	});
	const port = await anyFreePort();
	await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
	const router: Router = {
		url: `http://127.0.0.1:${port}`,
		targets: [],
		async stop() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
	return router;
}

function passOn(request: IncomingMessage, response: ServerResponse, target: string): void {
	const { method, headers, url = '/' } = request;
	// Without an agent: a kept-alive connection may belong to a process that was killed since.
	const outgoing = httpRequest(target + url, { method, headers, agent: false }, (answer) => {
		response.writeHead(answer.statusCode ?? 502, answer.headers);
		answer.pipe(response);
		answer.on('error', () => response.destroy());
	});
	outgoing.on('error', () => {
		if (response.headersSent) response.destroy();
		else response.writeHead(502).end();
	});
	request.pipe(outgoing);
}
