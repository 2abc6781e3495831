/** Many tasks with few requests, and reads that are tried again. */
import { KlingError } from '../../../nodes/shared/core/errors';
import type { HttpRequest, HttpResponse, Service } from '../../../nodes/shared/providers';
import { createClient } from '../../../nodes/shared/tasks/client';
import { unreachable } from '../../../nodes/shared/tasks/http';
import { answer, provider } from './support';

const ids = ['814237883686625341', '814237883686625342', '814237883686625343'];
const refs = ids.map((id) => ({ id, kind: 'text2video' as const }));

function record(id: string, hasVideo = true) {
	const videos = hasVideo ? [{ id: 'v', url: 'https://cdn.example.com/x.mp4' }] : [];
	return { task_id: id, task_status: 'succeed', task_result: { videos } };
}
const found = (data: unknown) => answer({ code: 0, message: 'SUCCEED', request_id: 'r', data });
const all = () => found(ids.map((id) => record(id)));
const failing = (code: number, status: number, headers = {}) =>
	answer({ code, message: 'x', request_id: 'r' }, status, headers);
const cut = (): HttpResponse => {
	throw unreachable('The service', 'https://x', { code: 'ECONNRESET' });
};

type Serve = (request: HttpRequest, ids: string[]) => HttpResponse;

/** A client whose service is played by a function; `asked` are the ids of every request, `slept` the pauses in ms. */
function clientOf(serve: Serve, service: Service = 'klingGlobal', signal?: AbortSignal) {
	const asked: string[][] = [];
	const slept: number[] = [];
	const client = createClient({
		provider: provider(service),
		signal,
		transport: async (request) => {
			const one = request.path.split('/').at(-1) ?? '';
			const wanted = String(request.query?.task_ids ?? one).split(',');
			asked.push(wanted);
			return await Promise.resolve().then(() => serve(request, wanted));
		},
		clock: {
			now: () => 0,
			sleep: async (ms) => {
				slept.push(ms);
				await Promise.resolve();
			},
		},
	});
	return { client, asked, slept };
}

/** Answers for single tasks as usual, and for many as told. */
function batchesAnswer(batch: () => HttpResponse): Serve {
	return (_request, wanted) => (wanted.length > 1 ? batch() : found(record(wanted[0] ?? '')));
}

describe('many tasks', () => {
	it.each<[string, () => HttpResponse, string[][]]>([
		['all at once', all, [ids]],
		[
			'one that is left out by itself',
			() => found([record(ids[0]!), record(ids[2]!)]),
			[ids, [ids[1]!]],
		],
		[
			'one without its result by itself',
			() => found([record(ids[0]!), record(ids[1]!, false), record(ids[2]!)]),
			[ids, [ids[1]!]],
		],
		[
			'one by one where the account may not',
			() => failing(1103, 403),
			[ids, ...ids.map((id) => [id])],
		],
	])('are got %s', async (_how, batch, requests) => {
		const { client, asked } = clientOf(batchesAnswer(batch));
		const tasks = await client.getMany(refs);
		expect(asked).toEqual(requests);
		expect([...tasks.keys()].sort()).toEqual(ids);
		expect([...tasks.values()].some((task) => task instanceof KlingError)).toBe(false);
	});

	it('are got one by one for good where the account may not ask for many', async () => {
		const { client, asked } = clientOf(batchesAnswer(() => failing(1103, 403)));
		await client.getMany(refs);
		await client.getMany(refs);
		expect(asked.filter((wanted) => wanted.length > 1)).toHaveLength(1);
	});

	it.each<[string, () => HttpResponse, string[][]]>([
		['asks for a pause', () => failing(1302, 429, { 'retry-after': '20' }), [ids]],
		['cannot be reached', cut, [ids]],
		['fails at this request', () => failing(5000, 500), [ids]],
	])(
		'are given one error where the service %s, and not asked for again',
		async (_how, batch, requests) => {
			const { client, asked } = clientOf(batchesAnswer(batch));
			const tasks = await client.getMany(refs);
			expect(asked).toEqual(requests);
			for (const id of ids) expect(tasks.get(id)).toMatchObject({ details: { taskId: id } });
		},
	);

	it('in several batches: a service that cannot be reached is asked once', async () => {
		const many = Array.from({ length: 50 }, (_, index) => ({
			id: `9${index}`,
			kind: refs[0]!.kind,
		}));
		const { client, asked } = clientOf(cut);
		expect((await client.getMany(many)).size).toBe(50);
		expect(asked).toHaveLength(1);
	});

	it.each<[string, () => HttpResponse, number]>([
		['cannot be reached', cut, 1],
		['asks for a pause', () => failing(1302, 429, { 'retry-after': '20' }), 1],
		['fails at each', () => failing(5000, 500), 3],
	])('one by one: where the service %s, requests sent', async (_how, reply, requests) => {
		const { client, asked } = clientOf(reply, 'relay');
		const tasks = await client.getMany(refs);
		expect(asked).toHaveLength(requests);
		for (const id of ids) expect(tasks.get(id)).toMatchObject({ details: { taskId: id } });
	});

	it('that were not asked for when a person stopped are missing', async () => {
		const stop = new AbortController();
		const serve: Serve = (_request, [id = '']) => {
			stop.abort();
			return found(record(id));
		};
		const { client } = clientOf(serve, 'relay', stop.signal);
		expect([...(await client.getMany(refs)).keys()]).toEqual([ids[0]]);
	});
});

describe('a read that fails', () => {
	it.each<[string, () => HttpResponse, number[]]>([
		['for the moment', () => failing(5000, 500), [1000, 3000]],
		['with a pause', () => failing(1302, 429, { 'retry-after': '20' }), [20_000, 20_000]],
		[
			'with a pause of a day',
			() => failing(1302, 429, { 'retry-after': '86400' }),
			[60_000, 60_000],
		],
		['for good', () => failing(1000, 401), []],
	])('%s is tried again after so many ms', async (_how, reply, pauses) => {
		const { client, slept } = clientOf(reply);
		await expect(client.get(refs[0]!)).rejects.toMatchObject({ details: { taskId: ids[0] } });
		expect(slept).toEqual(pauses);
	});

	it('is not tried again once a person has stopped', async () => {
		const stop = new AbortController();
		const serve: Serve = () => {
			stop.abort();
			return failing(5000, 500);
		};
		const { client, asked } = clientOf(serve, 'klingGlobal', stop.signal);
		await expect(client.get(refs[0]!)).rejects.toBeInstanceOf(KlingError);
		expect(asked).toHaveLength(1);
	});

	it('is not tried again where the failure means "not here": a web page, when all kinds are tried', async () => {
		const { client, slept } = clientOf(() => answer('<html><title>Hello</title></html>'), 'relay');
		await expect(client.findById('x')).rejects.toMatchObject({ details: { taskId: 'x' } });
		expect(slept).toEqual([]);
	});
});
