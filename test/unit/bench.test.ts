import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { percentile, summarize } from '../bench/measure/statistics';
import { isStandard, readOptions } from '../bench/options';
import { aimTable } from '../bench/report/aims';
import { number, table } from '../bench/report/format';
import { slowBodiesTable } from '../bench/report/tables';
import { Ends } from '../bench/world/ends';
import { startSlowCallers } from '../bench/world/slowCallers';

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

describe('slow bodies', () => {
	const row = (answers: Record<number, number>, heldBytes: number) => ({
		title: 'Kling Trigger, wrong token',
		connections: 250,
		answers,
		seconds: 3,
		heldBytes,
		peakBytes: 400e6,
	});
	const aim = (answers: Record<number, number>, heldBytes: number) =>
		aimTable({ slowBodies: [row(answers, heldBytes)] });

	it('are a row of the table', () => {
		expect(slowBodiesTable([row({ 0: 50, 401: 150 }, 5e6), row({}, 5e6)])).toContain(
			'| Kling Trigger, wrong token | 250 | 50 × hung up, 150 × 401 | 3.0 s | 5.0 MB | 400.0 MB |\n| Kling Trigger, wrong token | 250 | none |',
		);
	});

	it('miss the aim if one is not answered, or if they hold too much', () => {
		expect(aim({ 401: 250 }, 29e6)).toContain('| ≤ 30.0 MB | 29.0 MB | ✔ |');
		expect(aim({ 401: 200, 503: 50 }, 29e6)).toContain('✔');
		expect(aim({ 401: 249 }, 29e6)).toContain('✖ missed');
		expect(aim({ 401: 249, 0: 1 }, 29e6)).toContain('✖ missed');
		expect(aim({ 401: 250 }, 31e6)).toContain('✖ missed');
	});

	it('are sent without end, and counted by their answers', async () => {
		const open: number[] = [];
		const server = createServer((request, response) => {
			request.on('data', (chunk: Buffer) => open.push(chunk.length));
			if (request.url === '/401') response.writeHead(401, { connection: 'close' }).end();
			if (request.url === '/cut') request.socket.destroy();
		});
		await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
		const { port } = server.address() as AddressInfo;
		const all = ['401', 'cut', 'never'].map((path) =>
			startSlowCallers(`http://127.0.0.1:${port}/${path}`, 5),
		);
		await new Promise((later) => setTimeout(later, 2500));
		expect(all.map(({ answers }) => answers)).toEqual([{ 401: 5 }, { 0: 5 }, {}]);
		expect(open.length).toBeGreaterThanOrEqual(15);
		for (const callers of all) callers.stop();
		await new Promise((closed) => server.close(closed));
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
