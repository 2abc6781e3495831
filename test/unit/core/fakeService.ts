/** A made-up service on a made-up clock, that makes tasks, charges for them and gets in the way of both by a script. */
import type { Transport } from '../../../nodes/shared/tasks/http';
import { unreachable } from '../../../nodes/shared/tasks/http';
import type { Clock } from '../../../nodes/shared/core/clock';
import { parseJson, stringifyJson } from '../../../nodes/shared/core/json';
import type { HttpRequest, HttpResponse } from '../../../nodes/shared/providers';
import { answer } from './support';

/** What it makes of names: none may be taken twice; the same may be, but is found; it leaves them out without a word. */
export type Names = 'unique' | 'loose' | 'none';

/** What happens to a create: answers without work, then answers after the work, `slow` even before the task can be seen. */
export const CREATE_FAULTS = [
	'busy',
	'no',
	'internal',
	'cut',
	'never',
	'page',
	'cutAfter',
	'internalAfter',
	'garbageAfter',
	'slow',
] as const;
export type CreateFault = (typeof CREATE_FAULTS)[number] | 'fine';

/** What happens to a check, or a look-up. */
export const CHECK_FAULTS = ['internal', 'cut', 'page', 'empty', 'busy'] as const;
export type CheckFault = (typeof CHECK_FAULTS)[number] | 'fine';

export interface Plan {
	names: Names;
	slots: number;
	/** By create and by check, in order; afterwards all is fine. */
	creates: CreateFault[];
	checks: CheckFault[];
	/** How long the tasks run, in ms, over and over; negative: they fail after that time. */
	runs: number[];
}

export interface Made {
	id: string;
	externalId?: string;
	/** The item that it was made for. */
	item: number;
	endsAt: number;
	fails: boolean;
	/** From when on it is found by its name. */
	seenFrom: number;
}

/** For whom it never ends; no plan needs as many. */
const MOST_REQUESTS = 5000;
const SLOW_MS = 9000;

const trouble: Record<string, () => HttpResponse> = {
	busy: () => answer({ code: 1303, message: 'no slot', request_id: 'r' }, 429),
	no: () => answer({ code: 1301, message: 'content', request_id: 'r' }, 400),
	internal: () => answer({ code: 5000, message: 'oops', request_id: 'r' }, 500),
	internalAfter: () => answer({ code: 5001, message: 'oops', request_id: 'r' }, 503),
	garbageAfter: () => answer('{"code":0,"data":{"task_id":'),
	page: () => answer('<html><title>Hello</title></html>'),
	empty: () => answer(''),
};

/** Throws for a connection that breaks; undefined when there is no trouble. */
function get(fault: string): HttpResponse | undefined {
	if (fault === 'never') throw unreachable('The service', 'https://x', { code: 'ECONNREFUSED' });
	if (['cut', 'cutAfter', 'slow'].includes(fault)) {
		throw unreachable('The service', 'https://x', { code: 'ECONNRESET' });
	}
	return trouble[fault]?.();
}

export function fakeService({ names, slots, creates, checks, runs }: Plan) {
	let now = 1_000_000;
	let underWay = 0;
	const made: Made[] = [];
	const posts: Array<{ item: number; body: string; fault: CreateFault; status: number }> = [];
	const seen = { requests: 0, mostUnderWay: 0 };
	const left = { creates: [...creates], checks: [...checks] };
	let giveUp: (reason: Error) => void = () => undefined;
	/** Rejects when there is no end to the requests. */
	const runaway = new Promise<never>((_resolve, reject) => {
		giveUp = reject;
	});
	runaway.catch(() => undefined);

	const record = ({ id, externalId, endsAt, fails }: Made) => ({
		task_id: id,
		task_status: now < endsAt ? 'processing' : fails ? 'failed' : 'succeed',
		task_info: externalId === undefined ? {} : { external_task_id: externalId },
		task_result: { videos: [{ id: `video of ${id}`, url: 'https://cdn.example.com/x.mp4' }] },
	});
	const fine = (data: unknown) => answer({ code: 0, message: 'SUCCEED', request_id: 'r', data });
	const wrong = (message: string) => answer({ code: 1201, message, request_id: 'r' }, 400);

	function takeCreate({ body }: HttpRequest): HttpResponse {
		const text = stringifyJson(body ?? null);
		const wish = parseJson(text) as Record<string, string>;
		const fault = left.creates.shift() ?? 'fine';
		const post = { item: Number(wish.prompt), body: text, fault, status: 0 };
		posts.push(post);
		const response = makeTask(wish, fault);
		post.status = response.status;
		return response;
	}

	function makeTask(
		{ prompt, external_task_id: name }: Record<string, string>,
		fault: CreateFault,
	): HttpResponse {
		const after = ['cutAfter', 'internalAfter', 'garbageAfter', 'slow'].includes(fault);
		const instead = fault === 'fine' || after ? undefined : get(fault);
		// Names come before everything else that Kling checks in a request.
		if (instead && fault !== 'no') return instead;
		if (names === 'unique' && made.some(({ externalId }) => externalId === name)) {
			return wrong(`External_task_id ${name} already exists`);
		}
		if (instead) return instead;
		if (made.filter(({ endsAt }) => now < endsAt).length >= slots) return get('busy') as never;
		const runs_ = runs[made.length % Math.max(runs.length, 1)] ?? 60_000;
		const task: Made = {
			id: String(814_237_883_686_000_000n + BigInt(made.length)),
			...(names === 'none' ? {} : { externalId: name }),
			item: Number(prompt),
			endsAt: now + Math.abs(runs_),
			fails: runs_ < 0,
			seenFrom: fault === 'slow' ? now + SLOW_MS : now,
		};
		made.push(task);
		return (after ? get(fault) : undefined) ?? fine(record(task));
	}

	function check({ path, query }: HttpRequest): HttpResponse {
		const instead = get(left.checks.shift() ?? 'fine');
		if (instead) return instead;
		const many = query?.task_ids;
		if (many !== undefined) {
			const ids = String(many).split(',');
			return fine(made.filter(({ id }) => ids.includes(id)).map(record));
		}
		const id = decodeURIComponent(path.split('/').at(-1) ?? '');
		const task = made.find(
			(one) => one.id === id || (one.externalId === id && one.seenFrom <= now),
		);
		return task ? fine(record(task)) : wrong(`Task not found by id/external id: ${id}`);
	}

	const transport: Transport = async (request) => {
		seen.requests += 1;
		if (seen.requests > MOST_REQUESTS) {
			giveUp(new Error('There is no end to the requests'));
			return await new Promise<never>(() => undefined);
		}
		underWay += 1;
		seen.mostUnderWay = Math.max(seen.mostUnderWay, underWay);
		await Promise.resolve();
		underWay -= 1;
		return request.method === 'POST' ? takeCreate(request) : check(request);
	};
	const clock: Clock = {
		now: () => now,
		sleep: async (ms) => {
			now += ms;
			await Promise.resolve();
		},
	};
	return { transport, clock, runaway, made, posts, seen };
}
