import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import { anyFreePort, isFree } from './lib';
import { NpmStarts, UP, videoIn } from './npmStart';

const START_MS = 120_000;
jest.setTimeout(START_MS);

/** `npm start` as a person runs it, but with data of its own. */
describe('npm start', () => {
	const starts = new NpmStarts();
	const start = starts.start.bind(starts);

	afterAll(async () => await starts.end());

	it('makes a video and ends with --once', async () => {
		const { ended, output } = start(['--once', '--port', String(await anyFreePort())]);
		expect({ code: await ended, output: output() }).toMatchObject({ code: 0 });
		expect(readFileSync(videoIn(output())).subarray(4, 8).toString()).toBe('ftyp');
	});

	it('stays up, tells a second one so, and ends everything at Ctrl-C', async () => {
		const port = await anyFreePort();
		const first = start(['--port', String(port)]);
		const said = await first.says(UP);
		const simulator = Number(/http:\/\/127\.0\.0\.1:(\d+)\/ledger/.exec(said)?.[1]);
		expect(said).toContain(`http://127.0.0.1:${port}`);
		expect(await isFree(simulator)).toBe(false);

		const second = start([]);
		expect(await second.ended).toBe(0);
		expect(second.output()).toContain(`It is running already: http://127.0.0.1:${port}`);

		first.child.kill('SIGINT');
		expect(await first.ended).toBe(0);
		expect(await Promise.all([port, simulator].map(isFree))).toEqual([true, true]);
	});

	it('leaves nothing behind even when it is killed', async () => {
		const port = await anyFreePort();
		const { child, says } = start(['--port', String(port)]);
		await says(UP);
		child.kill('SIGKILL');
		const deadline = Date.now() + 20_000;
		while (!(await isFree(port)) && Date.now() < deadline) {
			await new Promise((resolve) => setTimeout(resolve, 200));
		}
		expect(await isFree(port)).toBe(true);
	});

	it('says in one sentence why a real service made no video', async () => {
		const address = `http://127.0.0.1:${await anyFreePort()}`;
		const { ended, output } = start(['--once', '--port', String(await anyFreePort())], {
			KLING_API_KEY: 'some-key-0123456789',
			KLING_PROVIDER: 'aceData',
			KLING_BASE_URL: address,
		});
		expect(await ended).toBe(1);
		expect(output()).toMatch(/✖ The video was not made: .+/);
		expect(output()).not.toContain('some-key-0123456789');
	});

	it('says that the port is taken', async () => {
		const server = createServer();
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const address = server.address();
		const port = typeof address === 'object' ? address?.port : undefined;
		const { ended, output } = start(['--once', '--port', String(port)], {}, 'taken');
		expect(await ended).toBe(1);
		expect(output()).toContain(`✖ Port ${String(port)} on 127.0.0.1 is taken by another program`);
		server.close();
	});

	it.each([
		[{ KLING_PROVIDER: 'aceData' }, 'KLING_PROVIDER is set, but no key'],
		[{ KLING_API_KEY: 'k', KLING_PROVIDER: 'nobody' }, 'KLING_PROVIDER must be one of klingGlobal'],
		[{ KLING_ACCESS_KEY: 'k' }, 'KLING_SECRET_KEY is missing'],
		[
			{ KLING_ACCESS_KEY: 'k', KLING_SECRET_KEY: 's', KLING_PROVIDER: 'aceData' },
			'takes an API key',
		],
		[{ KLING_API_KEY: 'k', KLING_PROVIDER: 'relay' }, 'KLING_BASE_URL is missing'],
		[{ N8N_PORT: 'many' }, 'N8N_PORT needs a port from 1 to 65535, not many'],
	])('refuses %j with one sentence', async (env, sentence) => {
		const { ended, output } = start(['--once'], env, 'refused');
		expect(await ended).toBe(1);
		expect(output().trim().split('\n')).toEqual([expect.stringContaining(`✖ `)]);
		expect(output()).toContain(sentence);
	});
});
