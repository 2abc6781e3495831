/** A made-up service that answers creates and look-ups by a script, on a made-up clock. */
import { createClient } from '../../../nodes/shared/tasks/client';
import type { CreateOptions } from '../../../nodes/shared/tasks/createOnce';
import { unreachable } from '../../../nodes/shared/tasks/http';
import { KlingError } from '../../../nodes/shared/core/errors';
import type { HttpResponse, Service } from '../../../nodes/shared/providers';
import { parseRequest } from '../../../nodes/shared/core/requests';
import type { Task } from '../../../nodes/shared/core/task';
import { answer, provider } from './support';

export const NAME = 'n8n-7-0-0123456789abcdef';
/** What is told of every create that stays in doubt. */
export const MAYBE = 'may have been made and charged';
export const TASK = '814237883686625347';

/** What comes back: an answer, or the code of a connection that fails. */
export type Reply = HttpResponse | string;

const record = (externalId: string) => ({
	task_id: TASK,
	task_status: 'submitted',
	task_info: { external_task_id: externalId },
});

/** The task, as a create or a look-up tells it. */
export function theTask(externalId = NAME): Reply {
	return answer({ code: 0, message: 'SUCCEED', request_id: 'r', data: record(externalId) });
}

export function refusal(code: number, message: string, status = 400): Reply {
	return answer({ code, message, request_id: 'r' }, status);
}

export const unknownTask = refusal(1201, `Task not found by id/external id: ${NAME}`);
export const duplicate = refusal(1201, `External_task_id ${NAME} already exists`);
export const busy = refusal(1303, 'parallel task over resource pack limit', 429);
export const internal = refusal(5000, 'Server internal error', 500);
/** Cut after the request has left; and never connected at all. */
export const cut = 'ECONNRESET';
export const never = 'ECONNREFUSED';
/** A look-up is tried three times before it counts as failed. */
export const blind: Reply[] = [cut, cut, cut];

const MOST_REQUESTS = 50;

export interface Script {
	service?: Service;
	/** Answers to the creates, in order; one too many fails the test. */
	posts?: Reply[];
	/** Answers to the look-ups, in order; afterwards the task is unknown. */
	gets?: Reply[];
	options?: CreateOptions;
	externalId?: string | null;
	signal?: AbortSignal;
	/** Called before every request is answered, with its number, and before every sleep. */
	onRequest?: (place: number) => void;
	onSleep?: (place: number) => void;
}

export interface Ending {
	task?: Task;
	error?: KlingError;
	/** What was sent: P for a create, G for a look-up. */
	sent: string;
	paths: string[];
	bodies: unknown[];
	slept: number[];
}

/** Creates one task against the script. */
export async function create({
	service = 'klingGlobal',
	posts = [],
	gets = [],
	options = {},
	externalId = NAME,
	signal,
	onRequest,
	onSleep,
}: Script): Promise<Ending> {
	const seen: Ending = { sent: '', paths: [], bodies: [], slept: [] };
	const left = { POST: [...posts], GET: [...gets] };
	let now = 0;
	let giveUp: (reason: Error) => void = () => undefined;
	// What is thrown into the client would become an answer like any other, and what never ends would never fail.
	const runaway = new Promise<never>((_resolve, reject) => {
		giveUp = reject;
	});
	const tooMany = async (): Promise<never> => {
		giveUp(new Error(`One request too many: ${seen.sent}`));
		return await new Promise<never>(() => undefined);
	};
	const client = createClient({
		provider: provider(service),
		signal,
		transport: async ({ method, path, body }) => {
			seen.sent += method.charAt(0);
			seen.paths.push(path);
			if (method === 'POST') seen.bodies.push(body);
			onRequest?.(seen.sent.length);
			const reply = left[method].shift() ?? (method === 'GET' ? unknownTask : undefined);
			if (reply === undefined || seen.sent.length > MOST_REQUESTS) return await tooMany();
			await Promise.resolve();
			if (typeof reply !== 'string') return reply;
			throw unreachable('The service', 'https://api.example.com', { code: reply });
		},
		clock: {
			now: () => now,
			sleep: async (ms) => {
				onSleep?.(seen.slept.length + 1);
				seen.slept.push(ms);
				now += ms;
				await Promise.resolve();
			},
		},
	});
	const request = parseRequest({
		kind: 'text2video',
		model_name: 'kling-v2-6',
		prompt: 'a fox',
		...(externalId === null ? {} : { external_task_id: externalId }),
	});
	try {
		const task = await Promise.race([client.create(request, options), runaway]);
		return { ...seen, task };
	} catch (thrown) {
		if (thrown instanceof KlingError) return { ...seen, error: thrown };
		throw thrown;
	}
}

/** What a person reads of a failed create. */
export function told({ error }: Ending): string {
	return `${error?.message ?? ''} | ${error?.details.advice ?? ''}`;
}
