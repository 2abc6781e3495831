/** Billing ledgers page by page: whole, or an error. */
import fc from 'fast-check';

import { createClient } from '../../../nodes/shared/tasks/client';
import type { HttpRequest } from '../../../nodes/shared/providers';
import { answer, errorOf, provider } from './support';

const QUERY = { ledger: 'packs', start: 0, end: 1 } as const;

interface Page {
	lines: number;
	next?: string;
}

/** A client of a ledger whose pages are made one after another; and how many were asked for. */
function ledgerOf(pageAt: (index: number, request: HttpRequest) => Page, signal?: AbortSignal) {
	const sent: HttpRequest[] = [];
	let line = 0;
	const client = createClient({
		provider: provider('klingGlobal'),
		transport: async (request) => {
			const { lines, next = '' } = pageAt(sent.length, request);
			sent.push(request);
			const detail = Array.from({ length: lines }, () => ({ task_id: String(line++) }));
			const result = { detail, count: lines };
			const data = { result, next_cursor: next, has_more: next !== '' };
			return await Promise.resolve(answer({ code: 0, data }));
		},
		clock: { now: () => 0, sleep: async () => await Promise.resolve() },
		signal,
	});
	return { client, sent };
}

it('has every line once, in order, whatever the pages are like', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 9 }),
			fc.integer({ min: 1, max: 50 }),
			async (sizes, limit) => {
				const { client } = ledgerOf((index) => ({
					lines: sizes[index] ?? 0,
					next: index + 1 < sizes.length ? `c${index}` : undefined,
				}));
				const found = await client.billing.deductions(QUERY, limit);
				const all = sizes.reduce((sum, size) => sum + size, 0);
				const expected = Array.from({ length: Math.min(all, limit) }, (_, index) => String(index));
				expect(found.map(({ taskId }) => taskId)).toEqual(expected);
			},
		),
	);
});

it('gives up a ledger that always has another page', async () => {
	const { client, sent } = ledgerOf((index) => ({ lines: 1, next: `c${index}` }));
	await expect(client.billing.deductions(QUERY, 1e6)).rejects.toMatchObject({
		kind: 'unreadable',
		message: 'The billing ledger of Kling (global) does not end',
	});
	expect(sent).toHaveLength(1000);
});

it('gives up where two pages lead to one another', async () => {
	const { client, sent } = ledgerOf((index) => ({ lines: 1, next: index % 2 ? 'a' : 'b' }));
	await expect(client.billing.deductions(QUERY, 1e6)).rejects.toMatchObject({
		kind: 'unreadable',
	});
	expect(sent).toHaveLength(3);
});

it('asks for no further page once it is stopped', async () => {
	const stop = new AbortController();
	const { client, sent } = ledgerOf((index) => {
		if (index === 1) stop.abort();
		return { lines: 1, next: `c${index}` };
	}, stop.signal);
	expect(await client.billing.deductions(QUERY, 1e6)).toHaveLength(2);
	expect(sent).toHaveLength(2);
});

it('asks for no more than is wanted, and never for more than Kling gives', async () => {
	const limits = async (limit: number) => {
		const { client, sent } = ledgerOf(() => ({ lines: 0 }));
		await client.billing.deductions(QUERY, limit);
		return sent.map(({ body }) => body);
	};
	expect(await limits(7)).toEqual([{ start_time: 0, end_time: 1, limit: 7 }]);
	expect(await limits(501)).toEqual([{ start_time: 0, end_time: 1, limit: 500 }]);
});

describe('the end of a ledger', () => {
	const page = (more: object) => {
		const { read } = provider('klingGlobal').calls.deductions!;
		const data = { result: { detail: [] }, ...more };
		return read(answer({ code: 0, data }), { ...QUERY, limit: 1 });
	};

	it.each([true, 'true', undefined, null])('is not told by has_more: %j', (has_more) => {
		expect(page({ has_more, next_cursor: 'c1' }).next).toBe('c1');
	});

	it.each([
		{ has_more: false, next_cursor: 'c1' },
		{ has_more: 'false', next_cursor: 'c1' },
		{ next_cursor: '' },
		{},
	])('is told by %j', (more) => {
		expect(page(more)).toEqual({ deductions: [] });
	});

	it.each([true, 'true'])('is not known where has_more is %j, and no cursor comes', (has_more) => {
		expect(errorOf(() => page({ has_more })).kind).toBe('unreadable');
	});
});
