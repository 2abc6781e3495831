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
