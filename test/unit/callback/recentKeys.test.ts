import { RecentKeys } from '../../../nodes/KlingTrigger/dedupe/recentKeys';

function add(recent: RecentKeys, ...keys: string[]) {
	for (const key of keys) recent.begin(key)(true);
}

describe('the newest keys', () => {
	it('the oldest are forgotten, and no more', () => {
		const recent = new RecentKeys(1000);
		for (let n = 0; n < 2500; n += 1) add(recent, `task-${n}`);
		expect(recent.hasStarted('task-1499')).toBe(false);
		expect(recent.hasStarted('task-1500')).toBe(true);
		expect(recent.hasStarted('task-2499')).toBe(true);
	});

	it('a key is renewed by being started again', () => {
		const recent = new RecentKeys(2);
		add(recent, 'a', 'b', 'a', 'c');
		expect(['a', 'b', 'c'].map((key) => recent.hasStarted(key))).toEqual([true, false, true]);
	});

	it('what was stored is older, each key once, and forgotten within the bound', () => {
		const recent = new RecentKeys(4);
		add(recent, 'new');
		recent.addStored(['a', 'b', 'new', 'a', 'c', 'd']);
		expect(recent.toStore).toEqual(['b', 'c', 'd', 'new']);
	});
});

describe('a key that is being started', () => {
	it('counts as started when it went well, and whoever waits goes on', async () => {
		const recent = new RecentKeys(4);
		const settle = recent.begin('a');
		const waiting = recent.whenSettled('a');
		expect(recent.hasStarted('a')).toBe(false);
		settle(true);
		await waiting;
		expect(recent.hasStarted('a')).toBe(true);
		expect(recent.whenSettled('a')).toBeUndefined();
	});

	it('is to be stored with what went well, until it fails', () => {
		const recent = new RecentKeys(4);
		const { toStore } = recent;
		const [one, other] = [recent.begin('one'), recent.begin('other')];
		recent.begin('third')(true);
		expect([...toStore].sort()).toEqual(['one', 'other', 'third']);
		one(false);
		other(true);
		expect([...toStore].sort()).toEqual(['other', 'third']);
		expect(recent.toStore).toBe(toStore);
	});

	it('may be started again where it failed, though n8n hands it back as stored', () => {
		const recent = new RecentKeys(4);
		const settle = recent.begin('a');
		const stored = [...recent.toStore];
		settle(false);
		recent.addStored([...stored, 'b']);
		expect([recent.hasStarted('a'), recent.hasStarted('b')]).toEqual([false, true]);
		recent.begin('a')(true);
		expect(recent.hasStarted('a')).toBe(true);
	});

	it('does not count as started before it went well, though n8n hands it back as stored', () => {
		const recent = new RecentKeys(4);
		const settle = recent.begin('a');
		recent.addStored([...recent.toStore]);
		expect(recent.hasStarted('a')).toBe(false);
		expect(recent.toStore).toEqual(['a']);
		settle(true);
		expect(recent.hasStarted('a')).toBe(true);
	});

	it('leaves no more behind than the bound when it fails', () => {
		const recent = new RecentKeys(2);
		for (const key of ['a', 'b', 'c']) recent.begin(key)(false);
		recent.addStored(['a', 'b', 'c']);
		expect(['a', 'b', 'c'].map((key) => recent.hasStarted(key))).toEqual([true, false, false]);
	});

	it('is never forgotten, however many others start meanwhile', () => {
		const recent = new RecentKeys(2);
		const settle = recent.begin('slow');
		add(recent, 'a', 'b', 'c');
		expect(recent.whenSettled('slow')).toBeDefined();
		expect(recent.toStore).toEqual(['c', 'slow']);
		settle(true);
		expect(recent.toStore).toEqual(['c', 'slow']);
	});

	it('costs none of those that went well their room when it fails', () => {
		const recent = new RecentKeys(2);
		add(recent, 'a', 'b');
		for (const key of ['x', 'y', 'z']) recent.begin(key)(false);
		expect(recent.toStore).toEqual(['a', 'b']);
	});
});
