/** Whether all tasks of a suspended run have ended, with as few requests as that takes. */
import type { KlingClient } from '../../../nodes/shared/tasks/client';
import type { FoundTasks } from '../../../nodes/shared/tasks/getMany';
import { KlingError } from '../../../nodes/shared/core/errors';
import { providerFor } from '../../../nodes/shared/providers';
import type { Task, TaskRef, TaskStatus } from '../../../nodes/shared/core/task';
import { checkUntilClear, nothingKnown } from '../../../nodes/Kling/suspend/checkAll';

const notFound = new KlingError('notFound', 'unknown', {});
const missing = new KlingError('unreadable', 'no link', { resultMissing: true, retryable: true });
const broken = new KlingError('unreachable', 'broken', { retryable: true });

/** A service with tasks `0`, `1`, …; what it says of each, request after request (the last word stays). */
function service(
	words: Array<TaskStatus | KlingError | Array<TaskStatus | KlingError>>,
	name: 'klingGlobal' | 'relay',
) {
	const refs = words.map((_, index): TaskRef => ({ id: String(index), kind: 'text2video' }));
	const left = words.map((word) => (Array.isArray(word) ? [...word] : [word]));
	const asked: string[][] = [];
	const pauses: number[] = [];
	const client: Pick<KlingClient, 'provider' | 'getMany'> = {
		provider: providerFor({ service: name, prefix: '', authentication: 'apiKey' }),
		getMany: async (wanted) => {
			asked.push(wanted.map(({ id }) => id));
			const found: FoundTasks = new Map();
			for (const { id } of wanted) {
				const mine = left[Number(id)] ?? [];
				const word = mine.length > 1 ? mine.shift() : mine[0];
				if (word === undefined) continue;
				const task = (status: TaskStatus): Task => ({
					id,
					kind: 'text2video',
					status,
					message: '',
					results: [],
					raw: null,
				});
				found.set(id, word instanceof KlingError ? word : task(word));
			}
			return await Promise.resolve(found);
		},
	};
	let now = 0;
	const clock = {
		now: () => now,
		sleep: async (ms: number) => {
			pauses.push(ms);
			now += ms;
			await Promise.resolve();
		},
	};
	const known = nothingKnown();
	const call = async (...named: string[]) =>
		await checkUntilClear(refs, (id) => named.includes(id), known, {
			client: client as KlingClient,
			clock,
		});
	return { call, asked, pauses, known, clock };
}

describe('where many tasks can be asked for at once', () => {
	it('one request tells that all have ended', async () => {
		const { call, asked, known } = service(['succeed', 'failed', 'succeed'], 'klingGlobal');
		expect(await call()).toBe('ended');
		expect(asked).toEqual([['0', '1', '2']]);
		expect([...known.ended].map(([id, { ok }]) => [id, ok])).toEqual([
			['0', true],
			['1', false],
			['2', true],
		]);
	});

	it('what has ended is not asked for again', async () => {
		const { call, asked } = service(['succeed', ['processing', 'succeed']], 'klingGlobal');
		expect(await call()).toBe('running');
		expect(await call()).toBe('ended');
		expect(asked).toEqual([['0', '1'], ['1']]);
	});

	it('no more is asked for once one is found running', async () => {
		const words: TaskStatus[] = Array<TaskStatus>(45).fill('succeed');
		words[3] = 'processing';
		const { call, asked } = service(words, 'klingGlobal');
		expect(await call()).toBe('running');
		expect(asked.map(({ length }) => length)).toEqual([20]);
	});
});

describe('where each task is asked for by itself', () => {
	it('the one the call speaks of comes first, and the first that runs ends it', async () => {
		const { call, asked } = service(['processing', 'succeed', 'succeed'], 'relay');
		expect(await call('2')).toBe('running');
		expect(asked).toEqual([['2'], ['0']]);
		expect(await call('1')).toBe('running');
		expect(asked).toEqual([['2'], ['0'], ['1'], ['0']]);
	});

	it('a hundred tasks with three calls each cost at most two requests per call', async () => {
		const running: TaskStatus[] = Array<TaskStatus>(100).fill('processing');
		const { call, asked, known } = service(running, 'relay');
		for (let index = 0; index < 99; index += 1) {
			await call(String(index));
			await call(String(index));
			known.ended.set(String(index), { ok: false, error: notFound });
			await call(String(index));
		}
		expect(asked.length).toBeLessThanOrEqual(2 * 3 * 99);
	});
});

describe('requests that fail', () => {
	it('are tried again', async () => {
		const { call, pauses } = service([[broken, broken, 'succeed']], 'klingGlobal');
		expect(await call()).toBe('ended');
		expect(pauses).toEqual([2000, 4000]);
	});

	it('for good leave it open', async () => {
		const { call, known } = service(['succeed', broken], 'klingGlobal');
		expect(await call()).toBe('unknown');
		expect([...known.ended.keys()]).toEqual(['0']);
	});

	it('do not matter as long as another task runs', async () => {
		const { call, pauses } = service([broken, 'processing'], 'klingGlobal');
		expect(await call()).toBe('running');
		expect(pauses).toEqual([]);
	});

	it('three times with "not found" mean that the task is gone', async () => {
		const { call, known } = service([notFound, 'succeed'], 'klingGlobal');
		expect(await call()).toBe('ended');
		expect(known.ended.get('0')).toMatchObject({ ok: false, error: { kind: 'notFound' } });
	});

	it('once with "not found" mean nothing', async () => {
		const { call, known } = service([[notFound, 'succeed']], 'klingGlobal');
		expect(await call()).toBe('ended');
		expect(known.ended.get('0')?.ok).toBe(true);
	});
});

describe('a task that succeeded without its result', () => {
	it.each(['klingGlobal', 'relay'] as const)('is looked at until it is there, %s', async (name) => {
		const { call, asked, known } = service([[missing, missing, 'succeed'], 'succeed'], name);
		expect(await call()).toBe('ended');
		expect(known.ended.get('0')?.ok).toBe(true);
		expect(asked.flat().filter((id) => id === '0')).toHaveLength(3);
		expect(asked.flat().filter((id) => id === '1')).toHaveLength(1);
	});

	it.each(['klingGlobal', 'relay'] as const)('is given up after two minutes, %s', async (name) => {
		const { call, known, pauses } = service([missing, 'succeed'], name);
		expect(await call()).toBe('ended');
		expect(known.ended.get('0')).toMatchObject({
			ok: false,
			error: { message: 'no link', details: { taskId: '0' } },
			task: { id: '0', status: 'succeed' },
		});
		const waited = pauses.reduce((sum, ms) => sum + ms, 0);
		expect(waited).toBeGreaterThanOrEqual(120_000);
		expect(waited).toBeLessThan(135_000);
		expect(pauses.length).toBeLessThan(30);
	});

	it.each(['klingGlobal', 'relay'] as const)(
		'is not waited for while another runs, whose call comes later, %s',
		async (name) => {
			const words = [missing, ['processing', 'processing', 'succeed'] as TaskStatus[]];
			const { call, asked, known, pauses, clock } = service(words, name);
			expect(await call('0')).toBe('running');
			expect(pauses).toEqual([]);
			await clock.sleep(300_000);
			expect(await call('0')).toBe('running');
			expect(known.ended.size).toBe(0);
			pauses.length = 0;
			// Long ago, but one look is left.
			expect(await call('1')).toBe('ended');
			expect(pauses).toEqual([]);
			expect(known.ended.get('0')?.ok).toBe(false);
			expect(asked.flat().filter((id) => id === '0')).toHaveLength(3);
		},
	);

	it('is given up at once where none will come', async () => {
		const { call, known, pauses } = service([missing.with({ retryable: false })], 'relay');
		expect(await call()).toBe('ended');
		expect(known.ended.get('0')).toMatchObject({ ok: false, error: { message: 'no link' } });
		expect(pauses).toEqual([]);
	});

	it('is looked for on where the service cannot be asked in between', async () => {
		const { call, known } = service([[missing, broken, broken, broken, 'succeed']], 'relay');
		expect(await call()).toBe('ended');
		expect(known.ended.get('0')?.ok).toBe(true);
	});

	it('is given up beside one that cannot be asked for, which stays open', async () => {
		const { call, known } = service([missing, broken], 'klingGlobal');
		expect(await call()).toBe('unknown');
		expect([...known.ended.keys()]).toEqual(['0']);
		expect(known.ended.get('0')?.ok).toBe(false);
	});

	it('is left open where the service cannot be asked any more', async () => {
		const { call, known, pauses } = service([[missing, broken]], 'relay');
		expect(await call()).toBe('unknown');
		expect(known.ended.size).toBe(0);
		const waited = pauses.reduce((sum, ms) => sum + ms, 0);
		expect(waited).toBeGreaterThanOrEqual(180_000);
		expect(waited).toBeLessThan(210_000);
	});
});
