import { gateOf } from '../../../nodes/KlingTrigger/limit';
import { recentOf } from '../../../nodes/KlingTrigger/dedupe/recentKeys';
import type { Recent } from '../../../nodes/KlingTrigger/dedupe/recentKeys';

describe('the newest of what was seen', () => {
	const add = (recent: Recent, ...entries: string[]) => {
		for (const entry of entries) recent.begin(entry)(true);
	};

	it('forgets the oldest, and no more', () => {
		const recent = recentOf(1000);
		for (let n = 0; n < 2500; n += 1) add(recent, `task-${n}`);
		expect(recent.has('task-1499')).toBe(false);
		expect(recent.has('task-1500')).toBe(true);
		expect(recent.has('task-2499')).toBe(true);
	});

	it('is renewed by being seen again', () => {
		const recent = recentOf(2);
		add(recent, 'a', 'b', 'a', 'c');
		expect(['a', 'b', 'c'].map((entry) => recent.has(entry))).toEqual([true, false, true]);
	});

	it('takes over what was stored as older, each once, and forgets within the bound', () => {
		const recent = recentOf(4);
		add(recent, 'new');
		recent.absorb(['a', 'b', 'new', 'a', 'c', 'd']);
		expect(recent.list).toEqual(['b', 'c', 'd', 'new']);
	});

	it.each([undefined, null, 'text', { 0: 'a' }, [1, null, {}]])('ignores %j', (stored) => {
		const recent = recentOf(4);
		recent.absorb(stored);
		expect(recent.list).toEqual([]);
	});
});

describe('what is underway', () => {
	it('is known when it went well, and whoever waits is told', async () => {
		const recent = recentOf(4);
		const settle = recent.begin('a');
		const waiting = recent.underway('a');
		expect(recent.has('a')).toBe(false);
		settle(true);
		await waiting;
		expect(recent.has('a')).toBe(true);
		expect(recent.underway('a')).toBeUndefined();
	});

	it('stands in one list with what went well, until it fails', () => {
		const recent = recentOf(4);
		const { list } = recent;
		const [one, other] = [recent.begin('one'), recent.begin('other')];
		recent.begin('third')(true);
		expect([...list].sort()).toEqual(['one', 'other', 'third']);
		one(false);
		other(true);
		expect([...list].sort()).toEqual(['other', 'third']);
		expect(recent.list).toBe(list);
	});

	it('is forgotten where it failed, though somebody wrote it down, until it is seen again', () => {
		const recent = recentOf(4);
		const settle = recent.begin('a');
		const written = [...recent.list];
		settle(false);
		recent.absorb([...written, 'b']);
		expect([recent.has('a'), recent.has('b')]).toEqual([false, true]);
		recent.begin('a')(true);
		expect(recent.has('a')).toBe(true);
	});

	it('is not known before it went well, though n8n hands it back as stored', () => {
		const recent = recentOf(4);
		const settle = recent.begin('a');
		recent.absorb([...recent.list]);
		expect(recent.has('a')).toBe(false);
		expect(recent.list).toEqual(['a']);
		settle(true);
		expect(recent.has('a')).toBe(true);
	});

	it('leaves no more behind than the bound when it fails', () => {
		const recent = recentOf(2);
		for (const entry of ['a', 'b', 'c']) recent.begin(entry)(false);
		recent.absorb(['a', 'b', 'c']);
		expect(['a', 'b', 'c'].map((entry) => recent.has(entry))).toEqual([true, false, false]);
	});
});

describe('a gate', () => {
	const full = () => new Error('full');
	const tick = () => new Promise((resolve) => setImmediate(resolve));

	it('lets a few in at a time, all in the end, in order', async () => {
		const gate = gateOf(3, 100, full);
		let inside = 0;
		let most = 0;
		const done: number[] = [];
		await Promise.all(
			Array.from({ length: 20 }, (_, n) =>
				gate(async () => {
					inside += 1;
					most = Math.max(most, inside);
					await tick();
					inside -= 1;
					done.push(n);
				}),
			),
		);
		expect(most).toBe(3);
		expect(done).toEqual(Array.from({ length: 20 }, (_, n) => n));
	});

	it('goes on after work that fails', async () => {
		const gate = gateOf(1, 10, full);
		const failing = gate(async () => {
			await tick();
			throw new Error('broken');
		});
		const next = gate(async () => 'done');
		await expect(failing).rejects.toThrow('broken');
		await expect(next).resolves.toBe('done');
	});

	it('refuses those who would wait too long in line', async () => {
		const gate = gateOf(1, 1, full);
		let leave = () => {};
		const first = gate(async () => await new Promise<void>((resolve) => (leave = resolve)));
		const second = gate(async () => 'second');
		await expect(gate(async () => 'third')).rejects.toThrow('full');
		leave();
		await first;
		await expect(second).resolves.toBe('second');
		await expect(gate(async () => 'fourth')).resolves.toBe('fourth');
	});
});
