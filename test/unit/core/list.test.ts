/** Paging through the tasks of an account. */
import { KlingError } from '../../../nodes/shared/core/errors';
import { createClient } from '../../../nodes/shared/tasks/client';
import type { HttpRequest, HttpResponse } from '../../../nodes/shared/providers';
import { OFFICIAL_CREATED } from './samples';
import { answer, provider } from './support';

const clock = { now: () => 0, sleep: async () => await Promise.resolve() };

/** As many records as a page holds, the first page whatever is asked for. */
function samePage({ query = {} }: HttpRequest): HttpResponse {
	const size = Number(Object.entries(query).find(([name]) => /size/i.test(name))?.[1] ?? 30);
	const records = Array.from({ length: size }, (_, index) => ({
		...OFFICIAL_CREATED.data,
		task_id: `8142378836866${String(index).padStart(5, '0')}`,
	}));
	return answer({ code: 0, message: 'SUCCEED', request_id: 'r', data: records });
}

it('ends at a server that gives the same page again and again', async () => {
	let requests = 0;
	const client = createClient({
		provider: provider('klingGlobal'),
		transport: async (wire) => {
			requests += 1;
			if (requests > 20) throw new KlingError('refused', 'There is no end to this');
			return await Promise.resolve(samePage(wire));
		},
		clock,
	});
	const tasks = await client.list('text2video', 2000);
	expect(requests).toBeLessThanOrEqual(5);
	expect(tasks.length).toBeGreaterThan(0);
	expect(new Set(tasks.map(({ id }) => id)).size).toBe(tasks.length);
});

it('goes on behind a page with a record that cannot be read', async () => {
	const client = createClient({
		provider: provider('klingGlobal'),
		transport: async ({ query = {} }) => {
			const page = Number(query.pageNum);
			const records = Array.from({ length: page < 3 ? 500 : 7 }, (_, index) => ({
				...OFFICIAL_CREATED.data,
				task_id: page === 1 && index === 3 ? null : `${page}${String(index).padStart(17, '0')}`,
			}));
			return await Promise.resolve(
				answer({ code: 0, message: 'SUCCEED', request_id: 'r', data: records }),
			);
		},
		clock,
	});
	expect(await client.list('text2video', 2000)).toHaveLength(499 + 500 + 7);
});

describe('the list of all kinds at official Kling', () => {
	const ENTRY = { status: 'succeeded', outputs: [], billing: [], create_time: 1 };
	const VIDEO = { type: 'video', id: 'v', url: 'https://cdn.example/v.mp4', duration: '5' };

	const idOf = (n: number) => `8${String(n).padStart(17, '0')}`;

	/** A service with a list of all in pages, and lists of kinds that hold what `isAt` says. */
	function service(
		pageOf: (cursor: number) => { count: number; next?: string },
		isAt: (path: string) => boolean,
	) {
		const asked: HttpRequest[] = [];
		const client = createClient({
			provider: provider('klingGlobal'),
			async transport(request) {
				// They are a list of their own, which is empty here.
				if (request.path === '/solutions') {
					return await Promise.resolve(answer({ code: 0, data: { result: [] } }));
				}
				asked.push(request);
				if (asked.length > 40) throw new KlingError('refused', 'There is no end to this');
				if (request.method === 'GET') {
					const size = Number(request.query?.pageSize);
					const start = (Number(request.query?.pageNum) - 1) * size;
					const data = isAt(request.path)
						? Array.from({ length: size }, (_, index) => ({
								...OFFICIAL_CREATED.data,
								task_id: idOf(start + index),
							}))
						: [];
					return await Promise.resolve(answer({ code: 0, data }));
				}
				const { cursor = '0' } = request.body as { cursor?: string };
				const { count, next } = pageOf(Number(cursor));
				const result = Array.from({ length: count }, (_, index) => ({
					...ENTRY,
					id: idOf(Number(cursor) + index),
					outputs: [VIDEO],
				}));
				const data = { result, count, next_cursor: next ?? '', has_more: next !== undefined };
				return await Promise.resolve(answer({ code: 0, data }));
			},
			clock,
		});
		return { client, asked };
	}

	it('goes on behind the cursor, to the end or the limit', async () => {
		const page = (cursor: number) => ({
			count: 500,
			next: cursor < 1000 ? String(cursor + 500) : undefined,
		});
		const isAt = (path: string) => path.endsWith('text2video');
		const { client, asked } = service(page, isAt);
		const all = await client.list(undefined, 500_000);
		expect(all).toHaveLength(1500);
		expect(new Set(all.map(({ kind }) => kind))).toEqual(new Set(['text2video']));
		expect(asked.filter(({ method }) => method === 'POST').map(({ body }) => body)).toEqual([
			{ start_time: 0, limit: 500 },
			{ start_time: 0, limit: 500, cursor: '500' },
			{ start_time: 0, limit: 500, cursor: '1000' },
		]);

		const few = service(page, isAt);
		expect(await few.client.list(undefined, 700)).toHaveLength(700);
		expect(few.asked.filter(({ method }) => method === 'POST')).toHaveLength(2);
	});

	it('ends at a service whose cursor leads nowhere', async () => {
		const page = () => ({ count: 500, next: '0' });
		const { client, asked } = service(page, (path) => path.endsWith('text2video'));
		expect(await client.list(undefined, 500_000)).toHaveLength(500);
		expect(asked.filter(({ method }) => method === 'POST')).toHaveLength(2);
	});

	it('of nothing asks for no kind', async () => {
		const { client, asked } = service(
			() => ({ count: 0 }),
			() => true,
		);
		expect(await client.list(undefined, 50)).toEqual([]);
		expect(asked).toHaveLength(1);
	});
});
