import { gateOf } from '../../../nodes/shared/callback/gate';
import { recentOf } from '../../../nodes/shared/callback/recent';

describe('the newest of what was seen', () => {
	it('forgets the oldest, and no more', () => {
		const recent = recentOf(1000);
		for (let n = 0; n < 2500; n += 1) recent.add(`task-${n}`);
		expect(recent.list).toHaveLength(1000);
		expect(recent.has('task-1499')).toBe(false);
		expect(recent.has('task-1500')).toBe(true);
		expect(recent.has('task-2499')).toBe(true);
	});

	it('is renewed by being seen again', () => {
		const recent = recentOf(2);
		for (const entry of ['a', 'b', 'a', 'c']) recent.add(entry);
		expect(recent.list).toEqual(['a', 'c']);
	});

	it('forgets what is taken back, and nothing else', () => {
		const recent = recentOf(3);
		for (const entry of ['a', 'b']) recent.add(entry);
		recent.remove('a');
		recent.remove('never seen');
		expect(recent.list).toEqual(['b']);
		expect(recent.has('a')).toBe(false);
	});

	it('takes over what was stored as older, each once, and forgets within the bound', () => {
		const recent = recentOf(4);
		recent.add('new');
		recent.absorb(['a', 'b', 'new', 'a', 'c', 'd']);
		expect(recent.list).toEqual(['b', 'c', 'd', 'new']);
		expect(recent.has('a')).toBe(false);
		expect(recent.has('b')).toBe(true);
	});

	it.each([undefined, null, 'text', { 0: 'a' }, [1, null, {}]])('ignores %j', (stored) => {
		const recent = recentOf(4);
		recent.absorb(stored);
		expect(recent.list).toEqual([]);
	});

	it('is one list for ever, so that who stores it stores what is true then', () => {
		const recent = recentOf(3);
		const { list } = recent;
		for (const entry of ['a', 'b', 'c', 'd']) recent.add(entry);
		recent.absorb(['z']);
		expect(recent.list).toBe(list);
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
