import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Callbacks } from './callbacks';
import { parseExactJson } from './exactJson';
import type { FaultAction } from './faults';
import { describeAuthorization, type RequestEntry } from './ledger';
import type { RateLimiter } from './rateLimiter';
import { Refusal } from './refusal';
import { plainHeaders, readBytes, send } from './server';
import type { Service } from './service';
import type { Answer, ApiRequest, ServiceName } from './types';
import type { World } from './world';

interface Parts {
	world: World;
	name: ServiceName;
	service: Service;
	callbacks: Callbacks;
	rateLimiter: RateLimiter;
}

/** Handles one request to a service: ledger, faults, the service's work, callbacks. */
export async function handleApiRequest(
	parts: Parts,
	incoming: IncomingMessage,
	response: ServerResponse,
): Promise<void> {
	const request = await readRequest(parts.name, incoming);
	const entry = record(parts.world, request);
	const fault = parts.world.faults.take({
		channel: 'api',
		service: parts.name,
		method: request.method,
		path: request.path,
	});
	if (fault?.kind === 'dropBefore') {
		response.destroy();
		return;
	}
	if (fault?.kind === 'delay') await sleep(fault.ms, undefined, { ref: false });
	const instead = fault && answerInstead(parts.service, fault);
	const answer = instead ?? (await work(parts, request, fault));
	entry.taskId = answer.taskId;
	if (fault?.kind === 'dropAfter') {
		response.destroy();
	} else {
		if (fault?.kind === 'delayAfter') await sleep(fault.ms, undefined, { ref: false });
		const sent = fault?.kind === 'errorAfter' ? errorAfter(parts.service, fault) : answer;
		entry.status = sent.status;
		send(response, sent);
	}
	const made = answer.taskId === undefined ? undefined : parts.world.tasks.get(answer.taskId);
	if (made) parts.callbacks.tell(made);
}

async function readRequest(service: ServiceName, incoming: IncomingMessage): Promise<ApiRequest> {
	const bytes = await readBytes(incoming);
	const isForm = (incoming.headers['content-type'] ?? '').startsWith('multipart/');
	const rawBody = isForm ? '' : bytes.toString('utf8');
	const url = new URL(incoming.url ?? '/', 'http://simulator');
	return {
		service,
		method: incoming.method ?? 'GET',
		path: url.pathname,
		query: url.searchParams,
		headers: plainHeaders(incoming),
		rawBody,
		...(isForm && { bytes }),
		body: isJson(incoming) ? parseExactJson(rawBody) : undefined,
	};
}

/** The services read no body that does not say it is JSON. */
function isJson(incoming: IncomingMessage): boolean {
	return (incoming.headers['content-type'] ?? '').includes('application/json');
}

function record(world: World, request: ApiRequest): RequestEntry {
	const { service, method, path, headers, rawBody, body } = request;
	const { authorization } = headers;
	const entry: RequestEntry = {
		time: world.clock.now(),
		service,
		method,
		path,
		query: Object.fromEntries(request.query),
		headers: authorization
			? { ...headers, authorization: describeAuthorization(authorization) }
			: headers,
		rawBody,
		body,
		status: 0,
	};
	world.ledger.requests.push(entry);
	return entry;
}

async function work(
	parts: Parts,
	request: ApiRequest,
	fault: FaultAction | undefined,
): Promise<Answer> {
	const { world, service, callbacks } = parts;
	try {
		parts.rateLimiter.check(request);
		const answer = await service.answer(request);
		const { taskId = '' } = answer;
		if (fault?.kind === 'callbackBeforeAnswer' && world.tasks.get(taskId)) {
			world.tasks.finish(taskId);
			await callbacks.settled();
		}
		return answer;
	} catch (error) {
		if (error instanceof Refusal) return service.refuse(error);
		throw error;
	}
}

/** The answer of a fault that keeps the service from doing anything. */
function answerInstead(service: Service, fault: FaultAction): Answer | undefined {
	switch (fault.kind) {
		case 'status':
			return { status: fault.status, headers: fault.headers, ...bodyOf(fault.body) };
		case 'error': {
			const answer = service.refuse(new Refusal(fault.code, fault.message));
			const retryAfter = fault.retryAfterSeconds;
			return retryAfter === undefined
				? answer
				: { ...answer, headers: { ...answer.headers, 'retry-after': String(retryAfter) } };
		}
		case 'html':
			return {
				status: fault.status ?? 502,
				headers: { 'content-type': 'text/html' },
				text: '<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body><center><h1>502 Bad Gateway</h1></center><hr><center>nginx</center></body>\r\n</html>\r\n',
			};
		case 'empty':
			return { status: fault.status ?? 200, text: '' };
		case 'garbage':
			return {
				status: 200,
				headers: { 'content-type': 'application/json' },
				...bodyOf(fault.body ?? '{"code":0,"data":{"task_id":'),
			};
		default:
			return undefined;
	}
}

function errorAfter(service: Service, fault: { code?: number; message?: string }): Answer {
	return service.refuse(new Refusal(fault.code ?? 5000, fault.message));
}

/** Text goes out as it is, anything else as JSON. */
function bodyOf(body: unknown): Pick<Answer, 'json' | 'text'> {
	return typeof body === 'string' || body === undefined ? { text: body ?? '' } : { json: body };
}
