import { percentile, summarize } from '../bench/measure/statistics';
import { isStandard, readOptions } from '../bench/options';
import { number, table } from '../bench/report/format';
import { Ends } from '../bench/world/ends';

describe('the options of npm run bench', () => {
	it('are those of docs/benchmarks.md when none is given', () => {
		const options = readOptions([]);
		expect(options).toMatchObject({ items: [1, 20, 100], taskSeconds: 20, slots: 20 });
		expect(isStandard(options)).toBe(true);
	});

	it('choose parts and numbers, with or without an equals sign', () => {
		const options = readOptions(['--only', 'load,waiting', '--items=1,20', '--task-seconds', '5']);
		expect(options).toMatchObject({ only: ['load', 'waiting'], items: [1, 20], taskSeconds: 5 });
		expect(isStandard(options)).toBe(false);
	});

	it.each([
		[['--only', 'speed'], /--only takes load, .*, not speed/],
		[['--ways', ''], /--ways takes polling, .*, not nothing/],
		[['--items', '0'], /--items needs whole numbers from 1 on, not 0/],
		[['--fast'], /does not know --fast/],
	])('refuse %j in one sentence', (words, message) => {
		expect(() => readOptions(words)).toThrow(message);
	});
});

describe('the statistics', () => {
	it('take the nearest rank', () => {
		const values = Array.from({ length: 40 }, (_, index) => 40 - index);
		expect(summarize(values)).toEqual({ count: 40, median: 20, p95: 38, least: 1, most: 40 });
		expect(percentile([7], 0.95)).toBe(7);
	});

	it('refuse to make a number of nothing', () => {
		expect(() => percentile([], 0.5)).toThrow('Nothing was measured');
	});
});

describe('the tables', () => {
	it('are Markdown with numbers to the right', () => {
		expect(table(['', 'Time'], [['This node', '1 s']])).toBe(
			'|  | Time |\n| --- | --: |\n| This node | 1 s |',
		);
	});

	it('show as many decimals as make sense', () => {
		expect([0.1234, 12.34, 123.4, -0.001].map((value) => number(value))).toEqual([
			'0.12',
			'12.3',
			'123',
			'0.00',
		]);
	});
});

describe('what has to be ended', () => {
	it('is ended once, the last first, whatever was ended before', async () => {
		const ended: string[] = [];
		const ends = new Ends();
		ends.add(() => ended.push('folder'));
		const stop = ends.add(async () => {
			await Promise.resolve();
			ended.push('n8n');
		});
		ends.add(() => ended.push('service'));
		await stop();
		await stop();
		await ends.all();
		await ends.all();
		expect(ended).toEqual(['n8n', 'service', 'folder']);
	});
});
