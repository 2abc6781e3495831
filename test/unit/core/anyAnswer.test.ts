/** Whatever a service answers: what is read from it is well-formed, or it is a KlingError; never anything else. */
import { resultsOf } from '../../../nodes/shared/core/task';
import * as codec from '../../../nodes/shared/providers/codec';
import fc from 'fast-check';

import { examples } from '../../depth';
import { toMessage as explain } from '../../../nodes/shared/core/explain';
import { KlingError } from '../../../nodes/shared/core/errors';
import { ALL_KINDS } from '../../../nodes/shared/core/kinds';
import type { Kind } from '../../../nodes/shared/core/kinds';
import { isJsonObject } from '../../../nodes/shared/core/json';
import type { LibraryEntry } from '../../../nodes/shared/core/library';
import { libraryJson } from '../../../nodes/shared/n8n/libraryJson';
import { filesOf } from '../../../nodes/shared/n8n/files';
import { taskJson } from '../../../nodes/shared/n8n/itemJson';
import type { HttpResponse, Provider } from '../../../nodes/shared/providers';
import type { Task } from '../../../nodes/shared/core/task';
import { DIALECTS } from './support';
import { ANSWERS } from './samples';

const STATUSES = ['submitted', 'processing', 'succeed', 'failed'];

function checkTime(time: number | undefined): void {
	if (time !== undefined) expect(new Date(time).toISOString()).toMatch(/Z$/);
}

function checkTask(task: Task): void {
	expect(typeof task.id).toBe('string');
	expect(task.id).not.toBe('');
	expect(STATUSES).toContain(task.status);
	expect(typeof task.message).toBe('string');
	for (const { url, duration } of resultsOf(task, 'video')) {
		expect(url).toMatch(/^https?:\/\//i);
		expect(duration === undefined || Number.isFinite(duration)).toBe(true);
	}
	for (const { url, index } of resultsOf(task, 'image')) {
		expect(url).toMatch(/^(https?:\/\/|data:image\/)/i);
		expect(typeof index).toBe('number');
	}
	checkTime(task.createdAt);
	checkTime(task.updatedAt);
	// And everything that is made of it holds.
	for (const simplify of [true, false])
		JSON.stringify(taskJson(task, { kind: task.kind, simplify }));
	filesOf(task);
}

const A_FILE = {
	sha256: '0',
	name: 'a.png',
	type: 'image/png',
	size: 1,
	open: async () => await Promise.resolve(Buffer.from('x')),
};
const PAGE = { library: 'own', page: 1, pageSize: 50 } as const;

/** What is kept has an id, and items can be made of it. */
function checkEntries(...lists: Array<LibraryEntry[] | undefined>): void {
	for (const entry of lists.flatMap((list) => list ?? [])) {
		if (entry.result) expect(entry.result.id).not.toBe('');
		for (const simplify of [true, false]) {
			JSON.stringify(libraryJson(entry, entry.result?.type ?? 'element', simplify));
		}
	}
}

/** Every way to read an answer; what it returns goes through the checks. */
function readers(provider: Provider, kind: Kind): Array<(response: HttpResponse) => void> {
	const { batch, list, overview, solutions, calls } = provider;
	const checkAll = (tasks: Task[]) => tasks.forEach(checkTask);
	return [
		(response) => checkTask(codec.readCreated(provider, { kind: kind }, response)),
		...provider.codecs(kind).map(({ api }) => (response: HttpResponse) => {
			const ref = { id: 'x', kind, api };
			checkTask(codec.readTask(provider, ref, response));
			checkTask(codec.readTask(provider, { ...ref, byName: true }, response));
		}),
		(response) => {
			const task = codec.readTask(provider, { id: 'x', kind }, response);
			checkTask(task);
			// Without a kind it is none of ours, and its result may be of any form.
			if (task.status === 'succeed' && task.kind) expect(task.results).not.toEqual([]);
		},
		(response) => expect(typeof provider.readProbe(response).message).toBe('string'),
		...(batch ? [(response: HttpResponse) => checkAll(batch.read(response))] : []),
		...(list ? [(response: HttpResponse) => checkAll(list.read(kind, response).tasks)] : []),
		...[overview, solutions].flatMap((one) =>
			one
				? [
						(response: HttpResponse) => checkTask(codec.readBy(one, 'x', response)),
						(response: HttpResponse) => checkAll(one.list.read(response).tasks),
					]
				: [],
		),
		(response) =>
			checkEntries(
				calls.libraryPage?.read(response, { ...PAGE, type: 'element' }).entries,
				calls.libraryEntry?.read(response, { type: 'voice', id: 'x' }),
			),
		(response) => {
			const deleted = calls.libraryDelete?.read(response, { type: 'voice', id: 'x' });
			if (deleted) expect(isJsonObject(deleted.raw)).toBe(true);
		},
		(response) => {
			const balances = calls.balance?.read(response, { now: 0 }) ?? [];
			for (const { raw } of balances) expect(isJsonObject(raw)).toBe(true);
		},
		(response) => {
			const { url } = calls.upload?.read(response, A_FILE) ?? {};
			if (url !== undefined) expect(url).toMatch(/^https?:/i);
		},
		(response) => provider.platformProbe?.read(response, undefined),
		(response) => {
			const query = { ledger: 'packs', start: 0, end: 1, limit: 1 } as const;
			const { deductions = [] } = calls.deductions?.read(response, query) ?? {};
			for (const { amount = 0 } of deductions) expect(Number.isFinite(amount)).toBe(true);
		},
		...(calls.resourcePacks
			? [
					(response: HttpResponse) =>
						expect(calls.resourcePacks?.read(response, { start: 0, end: 1 })).toBeInstanceOf(Array),
				]
			: []),
	];
}

function checkAnswer(response: HttpResponse, kinds: readonly Kind[] = ['text2video']): void {
	for (const provider of DIALECTS) {
		for (const kind of kinds) {
			for (const read of readers(provider, kind)) {
				try {
					read(response);
				} catch (thrown) {
					if (!(thrown instanceof KlingError)) throw thrown;
					const { message, description } = explain(thrown);
					expect(`${message}${description}`).not.toMatch(/undefined|\[object/);
				}
			}
		}
	}
}

const status = fc.oneof(
	fc.constantFrom(200, 201, 204, 302, 400, 401, 403, 404, 408, 429, 500, 502, 503, 504, 0),
	fc.integer({ min: 0, max: 999 }),
);
const headers = fc.dictionary(fc.constantFrom('retry-after', 'date', 'content-type'), fc.string());

/** Words that mean something to a reader, in places where they mean nothing. */
const word = fc.constantFrom(
	'succeed',
	'failed',
	'SUCCESS',
	'success',
	'https://x.y/z.mp4',
	'data:image/png;base64,iVBORw0KGgo=',
	'canceled',
	'finished',
	'{"url":"https://x.y/z.mp4"}',
	'["https://x.y/z.png"]',
	'5.1',
	'-1',
	'',
	' ',
	'1e999',
	'9007199254740993',
);
const leaf = fc.oneof(
	word,
	fc.string({ maxLength: 8 }),
	fc.double({ noNaN: true }),
	fc.integer(),
	fc.boolean(),
	fc.constant(null),
);
const KEYS = [
	'code',
	'message',
	'data',
	'task_id',
	'id',
	'task_status',
	'status',
	'task_result',
	'videos',
	'images',
	'url',
	'outputs',
	'type',
	'result',
	'items',
	'response',
	'success',
	'error',
	'video_url',
	'fail_reason',
	'result_url',
	'created_at',
	'updated_at',
	'duration',
	'task_info',
	'billing',
	'amount',
	'charge_type',
	'state',
	'resource_pack_subscribe_infos',
	'remaining_quantity',
	'finished_at',
	'b64_json',
	'metadata',
	'output',
	'content',
	'seconds',
	'url_1',
	'detail',
	'request',
	'__proto__',
	'constructor',
	'toString',
];
const { tree } = fc.letrec((tie) => ({
	tree: fc.oneof(
		{ maxDepth: 5, withCrossShrink: true },
		leaf,
		fc.array(tie('tree'), { maxLength: 3 }),
		fc.dictionary(fc.constantFrom(...KEYS), tie('tree'), { maxKeys: 7 }),
	),
}));

type Path = Array<string | number>;

function pathsOf(value: unknown, path: Path = []): Path[] {
	if (typeof value !== 'object' || value === null) return [path];
	const parts: Array<[string | number, unknown]> = Array.isArray(value)
		? [...value.entries()]
		: Object.entries(value);
	return [path, ...parts.flatMap(([key, part]) => pathsOf(part, [...path, key]))];
}

function replaced(value: unknown, [key, ...rest]: Path, by: unknown): unknown {
	if (key === undefined) return by;
	if (Array.isArray(value))
		return value.map((part: unknown, at) => (at === key ? replaced(part, rest, by) : part));
	const record = value as Record<string, unknown>;
	return { ...record, [key]: replaced(record[key], rest, by) };
}

describe('any answer', () => {
	it('of any text', () => {
		fc.assert(
			fc.property(status, headers, fc.string({ maxLength: 60 }), (code, head, text) => {
				checkAnswer({ status: code, headers: head, text });
			}),
			{ numRuns: examples(300) },
		);
	});

	it('of any JSON made of the words that services use', () => {
		fc.assert(
			fc.property(status, headers, tree, (code, head, json) => {
				checkAnswer({ status: code, headers: head, text: JSON.stringify(json) });
			}),
			{ numRuns: examples(300) },
		);
	});

	it.each(ALL_KINDS)('that was documented, with anything in any place of it, for %s', (kind) => {
		fc.assert(
			fc.property(
				fc.constantFrom(...ANSWERS),
				fc.nat(),
				fc.oneof(leaf, tree, fc.constantFrom(1e300, -1e300, 1e20, Number.MAX_SAFE_INTEGER)),
				fc.constantFrom(200, 200, 200, 400, 500),
				(sample, place, by, code) => {
					const paths = pathsOf(sample);
					const path = paths[place % paths.length] ?? [];
					const text = JSON.stringify(replaced(sample, path, by));
					checkAnswer({ status: code, headers: {}, text }, [kind]);
				},
			),
			{ numRuns: examples(100) },
		);
	});

	it.each([
		['data', 5000],
		['data', 50_000],
	])('that is nested without end (%s × %i)', (key, depth) => {
		const open = `{"task_id":"1","${key}":`.repeat(depth);
		const text = `${open}{}${'}'.repeat(depth)}`;
		for (const provider of DIALECTS) {
			const { status: found } = (() => {
				try {
					return codec.readTask(
						provider,
						{ id: 'x', kind: 'text2video' },
						{ status: 200, headers: {}, text },
					);
				} catch (thrown) {
					if (!(thrown instanceof KlingError)) throw thrown;
					return { status: 'refused' };
				}
			})();
			expect([...STATUSES, 'refused']).toContain(found);
		}
	});

	it.each(['1e999', '-1e999', '8640000000000001', '"99999999999999999999"', '1e15'])(
		'with a time that no calendar holds: %s',
		(time) => {
			const text = `{"code":0,"data":{"task_id":"1","task_status":"submitted","created_at":${time},"updated_at":${time}}}`;
			checkAnswer({ status: 200, headers: {}, text });
		},
	);
});
