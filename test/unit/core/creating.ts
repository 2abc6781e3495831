/** A made-up service that answers creates and look-ups by a script, on a made-up clock. */
import { KlingError } from '../../../nodes/shared/core/errors';
import { parseRequest } from '../../../nodes/shared/core/requests';
import type { Task } from '../../../nodes/shared/core/task';
import type { HttpRequest, HttpResponse, Service } from '../../../nodes/shared/providers';
import { createClient } from '../../../nodes/shared/tasks/client';
import type { CreateOptions } from '../../../nodes/shared/tasks/createOnce';
import { unreachable } from '../../../nodes/shared/tasks/http';
import { answer, provider } from './support';

export const EXTERNAL_ID = 'n8n-7-0-0123456789abcdef';
/** What is said of every create that is ambiguous. */
export const MAYBE = 'may have been made and charged';
export const TASK = '814237883686625347';
/** When the create is sent, in ms. */
export const START = 1_762_156_158_000;

/** What comes back: an answer, or the code of a connection that fails. */
export type Reply = HttpResponse | string;

/** The task, as a create or a look-up finds it. */
export function theTask(externalId = EXTERNAL_ID, createdAt = START, status = 'submitted'): Reply {
	const record = {
		task_id: TASK,
		task_status: status,
		task_info: { external_task_id: externalId },
		created_at: createdAt,
	};
	return answer({ code: 0, message: 'SUCCEED', request_id: 'r', data: record });
}

export function refusal(code: number, message: string, status = 400): Reply {
	return answer({ code, message, request_id: 'r' }, status);
}

export const unknownTask = refusal(1201, `Task not found by id/external id: ${EXTERNAL_ID}`);
export const duplicate = refusal(1201, `External_task_id ${EXTERNAL_ID} already exists`);
export const busy = refusal(1303, 'parallel task over resource pack limit', 429);
export const noBalance = refusal(1102, 'Account balance not enough', 429);
export const internal = refusal(5000, 'Server internal error', 500);
/** Cut after the request has left; and never connected at all. */
export const cut = 'ECONNRESET';
export const never = 'ECONNREFUSED';
/** A look-up is tried three times before it counts as failed. */
export const notAskable: Reply[] = [cut, cut, cut];

const MOST_REQUESTS = 50;

export interface Script {
	service?: Service;
	/** Answers to the creates, in order; one too many fails the test. */
	posts?: Reply[];
	/** Answers to the look-ups, in order; afterwards the task is unknown. */
	gets?: Reply[];
	options?: CreateOptions;
	/** Null: the request has none. */
	externalId?: string | null;
	/** Stop is pressed while the request, or the sleep, of this number (from 1) is under way. */
	stopAt?: { request?: number; sleep?: number };
}

/** What came of one create. */
export interface Created {
	task?: Task;
	error?: KlingError;
	/** What was sent: P for a create, G for a look-up. */
	sent: string;
	paths: string[];
	bodies: unknown[];
	slept: number[];
}

/** A promise that is rejected from outside: what is thrown into the client would become an answer like any other. */
function runawayGuard() {
	let giveUp: (reason: Error) => void = () => undefined;
	const runaway = new Promise<never>((_resolve, reject) => {
		giveUp = reject;
	});
	const tooMany = async (sent: string): Promise<never> => {
		giveUp(new Error(`One request too many: ${sent}`));
		return await new Promise<never>(() => undefined);
	};
	return { runaway, tooMany };
}

/** Creates one task against the script. */
export async function create({
	service = 'klingGlobal',
	posts = [],
	gets = [],
	options = {},
	externalId = EXTERNAL_ID,
	stopAt = {},
}: Script): Promise<Created> {
	const seen: Created = { sent: '', paths: [], bodies: [], slept: [] };
	const left = { POST: [...posts], GET: [...gets] };
	const stop = new AbortController();
	const { runaway, tooMany } = runawayGuard();
	let now = START;

	async function transport({ method, path, body }: HttpRequest): Promise<HttpResponse> {
		seen.sent += method.charAt(0);
		seen.paths.push(path);
		if (method === 'POST') seen.bodies.push(body);
		if (seen.sent.length === stopAt.request) stop.abort();
		const reply = left[method].shift() ?? (method === 'GET' ? unknownTask : undefined);
		if (reply === undefined || seen.sent.length > MOST_REQUESTS) return await tooMany(seen.sent);
		await Promise.resolve();
		if (typeof reply !== 'string') return reply;
		throw unreachable('The service', 'https://api.example.com', { code: reply });
	}

	async function sleep(ms: number): Promise<void> {
		seen.slept.push(ms);
		if (seen.slept.length === stopAt.sleep) stop.abort();
		now += ms;
		await Promise.resolve();
	}

	const client = createClient({
		provider: provider(service),
		signal: stop.signal,
		transport,
		clock: { now: () => now, sleep },
	});
	const request = parseRequest({
		kind: 'text2video',
		model_name: 'kling-v2-6',
		prompt: 'a fox',
		external_task_id: externalId ?? undefined,
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
export function textOf({ error }: Created): string {
	return `${error?.message ?? ''} | ${error?.details.advice ?? ''}`;
}

/** What came of a create, in the words of the table in createOnce.ts. */
export function outcomeOf(created: Created): string {
	const { task, error } = created;
	if (task) return task.reused ? 'done, reused' : 'done';
	const text = textOf(created);
	if (text.includes('Not sent again')) return 'not sent again';
	const maybe = error?.details.maybeCreated;
	// What a person reads must agree with what the program knows.
	if (text.includes(MAYBE) !== (maybe === true)) return `contradiction: ${maybe} | ${text}`;
	const what =
		error?.kind === 'stopped' ? 'stopped' : text.includes('turn on Reuse') ? 'taken' : 'error';
	return `${what}, ${maybe === false ? 'not made' : maybe ? 'ambiguous' : 'unsaid'}`;
}
