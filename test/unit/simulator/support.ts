import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
	startSimulator,
	VirtualClock,
	type ServiceName,
	type Simulator,
	type SimulatorOptions,
} from '../../simulator';

/** A JSON answer as tests like to read it. */
export interface Reply {
	status: number;
	text: string;
	headers: Headers;
	/** Empty when the answer is no JSON object. */
	json: Record<string, unknown>;
	/** `json.data`, empty when there is none. */
	data: Record<string, unknown>;
}

export interface Caller {
	sim: Simulator;
	clock: VirtualClock;
	get(service: ServiceName, path: string, key?: string): Promise<Reply>;
	/** A text goes out as it is, anything else as JSON. */
	post(service: ServiceName, path: string, body: unknown, key?: string): Promise<Reply>;
}

/** A simulator on a clock that stands still, and a client for it. */
export async function startWithClient(options: SimulatorOptions = {}): Promise<Caller> {
	const clock = new VirtualClock();
	const sim = await startSimulator({ clock, ...options });
	const call = async (
		service: ServiceName,
		path: string,
		init: RequestInit,
		key?: string,
	): Promise<Reply> => {
		const { baseUrl, apiKey } = sim.services[service];
		const headers = {
			authorization: `Bearer ${key ?? apiKey}`,
			'content-type': 'application/json',
		};
		return await reply(await fetch(baseUrl + path, { ...init, headers }));
	};
	return {
		sim,
		clock,
		get: async (service, path, key) => await call(service, path, { method: 'GET' }, key),
		post: async (service, path, body, key) =>
			await call(
				service,
				path,
				{ method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) },
				key,
			),
	};
}

export async function reply(response: Response): Promise<Reply> {
	const text = await response.text();
	const json = objectOf(text);
	const { data } = json;
	return {
		status: response.status,
		text,
		headers: response.headers,
		json,
		data: typeof data === 'object' && data !== null ? (data as Record<string, unknown>) : {},
	};
}

function objectOf(text: string): Record<string, unknown> {
	try {
		const value: unknown = JSON.parse(text);
		return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
	} catch {
		return {};
	}
}

/** @param now ms since 1970 */
export function makeJwt(
	accessKey: string,
	secretKey: string,
	now: number,
	claims: Record<string, unknown> = {},
): string {
	const seconds = Math.floor(now / 1000);
	const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
	const signed = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ iss: accessKey, exp: seconds + 1800, nbf: seconds - 5, ...claims })}`;
	return `${signed}.${createHmac('sha256', secretKey).update(signed).digest('base64url')}`;
}

export interface Received {
	headers: IncomingHttpHeaders;
	rawBody: string;
	body: Record<string, unknown>;
}

/** A receiver for callbacks. */
export async function startReceiver(): Promise<{
	url: string;
	received: Received[];
	stop(): Promise<void>;
}> {
	const received: Received[] = [];
	const server: Server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const rawBody = Buffer.concat(chunks).toString('utf8');
			received.push({ headers: request.headers, rawBody, body: objectOf(rawBody) });
			response.end('ok');
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}/hook`,
		received,
		stop: async () => {
			server.closeAllConnections();
			await new Promise<void>((resolve) => server.close(() => resolve()));
		},
	};
}

export const TEXT2VIDEO = '/v1/videos/text2video';
export const GOOD_BODY = { model_name: 'kling-v2-6', prompt: 'a cat' };
