import { lruOf } from '../../../nodes/shared/core/lru';

describe('the newest of what was used', () => {
	it('is made once per key', () => {
		let made = 0;
		const valueOf = lruOf(2, () => (made += 1));
		expect([valueOf('a'), valueOf('b'), valueOf('a')]).toEqual([1, 2, 1]);
	});

	it('gives up what was not used for longest', () => {
		let made = 0;
		const valueOf = lruOf(2, () => (made += 1));
		for (const key of ['a', 'b', 'a', 'c']) valueOf(key);
		expect([valueOf('a'), valueOf('c'), valueOf('b')]).toEqual([1, 3, 4]);
	});

	it('keeps a value of nothing, too', () => {
		let made = 0;
		const valueOf = lruOf(2, () => {
			made += 1;
			return undefined;
		});
		valueOf('a');
		valueOf('a');
		expect(made).toBe(1);
	});

	it('keeps what is in use, beyond its number, until it is not any more', () => {
		const busy = new Set(['a', 'b']);
		let made = 0;
		const valueOf = lruOf(
			2,
			(): { key?: string; number: number } => ({ number: (made += 1) }),
			({ key = '' }) => busy.has(key),
		);
		for (const key of ['a', 'b', 'c']) valueOf(key).key = key;
		expect(['a', 'b', 'c'].map((key) => valueOf(key).number)).toEqual([1, 2, 4]);
		busy.clear();
		valueOf('d');
		expect(['a', 'b'].map((key) => valueOf(key).number)).toEqual([6, 7]);
	});
});
