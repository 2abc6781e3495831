import { RunningClock, VirtualClock } from '../../simulator';
import { parseExactJson, stringifyExactJson } from '../../simulator/exactJson';

describe('clocks', () => {
	it('fires timers in order, each at its time', () => {
		const clock = new VirtualClock(1000);
		const seen: number[] = [];
		clock.schedule(3000, () => seen.push(clock.now()));
		clock.schedule(2000, () => seen.push(clock.now()));
		const cancel = clock.schedule(2500, () => seen.push(0));
		cancel();
		clock.advance(1500);
		expect(seen).toEqual([2000]);
		clock.advance(1000);
		expect(seen).toEqual([2000, 3000]);
		expect(clock.now()).toBe(3500);
	});

	it('runs by itself and can be moved on top', async () => {
		const clock = new RunningClock();
		const fired: string[] = [];
		clock.schedule(clock.now() + 10, () => fired.push('soon'));
		clock.schedule(clock.now() + 1_000_000, () => fired.push('late'));
		await new Promise((resolve) => setTimeout(resolve, 30));
		expect(fired).toEqual(['soon']);
		clock.advance(1_000_000);
		expect(fired).toEqual(['soon', 'late']);
	});
});

it('keeps long numbers through JSON, and short ones and texts as they are', () => {
	const text =
		'{"a":829836802793406551,"b":-9007199254740993,"c":1.5,"d":"829836802793406551","e\\\\":[1,true,null,"\\"x 829836802793406551"]}';
	expect(stringifyExactJson(parseExactJson(text))).toBe(text);
	expect(parseExactJson('{"a":829836802793406551}')).toEqual({ a: BigInt('829836802793406551') });
	expect(parseExactJson('{')).toBeUndefined();
});
