import { exceedsDepth } from '../../../nodes/KlingTrigger/request/depth';

it.each([
	[1, 0, false],
	['text', 0, false],
	[null, 0, false],
	[[], 0, true],
	[{}, 1, false],
	[[1], 1, false],
	[[[1]], 1, true],
	[{ a: 1, b: { c: [] } }, 2, true],
	[{ a: 1, b: { c: [] } }, 3, false],
])('%j exceeds %i levels: %s', (value, levels, expected) => {
	expect(exceedsDepth(value, levels)).toBe(expected);
});

it('goes no deeper than the levels it is asked for', () => {
	const deep = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`) as never;
	expect(exceedsDepth(deep, 100)).toBe(true);
});
