import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { stringifyExactJson } from './exactJson';
import type { Answer } from './types';

const HOST = '127.0.0.1';
const LARGEST_BODY_BYTES = 128 * 1024 * 1024;

/** A server that is listening, and how to end it. */
export interface Listener {
	/** Without a slash at its end. */
	url: string;
	port: number;
	stop(): Promise<void>;
}

/**
 * Listens on 127.0.0.1.
 * @param port 0: any free one
 * @param name for the message when the port is taken
 */
export async function listen(
	name: string,
	port: number,
	handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
): Promise<Listener> {
	const server = createServer((request, response) => {
		handle(request, response).catch((error: unknown) => fail(response, error));
	});
	// A sync create at Ace Data takes minutes, which is not the server's business to cut short.
	server.requestTimeout = 0;
	await new Promise<void>((resolve, reject) => {
		server.once('error', (error: NodeJS.ErrnoException) => {
			reject(
				error.code === 'EADDRINUSE'
					? new Error(
							`Port ${port}, meant for ${name} of the Kling simulator, is already in use on ${HOST}.`,
						)
					: error,
			);
		});
		server.listen(port, HOST, resolve);
	});
	const address = server.address() as AddressInfo;
	return { url: `http://${HOST}:${address.port}`, port: address.port, stop: () => stop(server) };
}

/** The whole body as text. */
export async function readBody(request: IncomingMessage): Promise<string> {
	return (await readBytes(request)).toString('utf8');
}

/** The whole body. */
export async function readBytes(request: IncomingMessage): Promise<Buffer> {
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of request as AsyncIterable<Buffer>) {
		size += chunk.length;
		if (size > LARGEST_BODY_BYTES)
			throw new Error('Request body is larger than the simulator takes');
		chunks.push(chunk);
	}
	return Buffer.concat(chunks);
}

export function send(response: ServerResponse, answer: Answer): void {
	if (response.destroyed || response.headersSent) return;
	const isJson = answer.json !== undefined;
	const body = isJson ? stringifyExactJson(answer.json) : (answer.text ?? '');
	response.writeHead(answer.status, {
		...(isJson ? { 'content-type': 'application/json;charset=UTF-8' } : {}),
		'content-length': Buffer.byteLength(body),
		...answer.headers,
	});
	response.end(body);
}

/** Headers of a request, one text each. */
export function plainHeaders(request: IncomingMessage): Record<string, string> {
	return Object.fromEntries(
		Object.entries(request.headers).map(([name, value]) => [
			name,
			Array.isArray(value) ? value.join(', ') : (value ?? ''),
		]),
	);
}

/** An error in the simulator itself must not look like one a service would answer. */
function fail(response: ServerResponse, error: unknown): void {
	const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
	send(response, { status: 599, json: { simulatorError: message } });
}

async function stop(server: Server): Promise<void> {
	await new Promise<void>((resolve) => {
		server.close(() => resolve());
		server.closeAllConnections();
	});
}
