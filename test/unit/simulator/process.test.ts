import { execFile, spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { startSimulator } from '../../simulator';
import { parseArguments } from '../../simulator/cli';
import { GOOD_BODY, reply, TEXT2VIDEO } from './support';

const ROOT = join(__dirname, '../../..');

describe('start and stop', () => {
	it('runs in real time', async () => {
		const sim = await startSimulator({ taskSeconds: 0.2 });
		const { baseUrl, apiKey } = sim.services.klingGlobal;
		const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' };
		const made = await reply(
			await fetch(baseUrl + TEXT2VIDEO, {
				method: 'POST',
				headers,
				body: JSON.stringify(GOOD_BODY),
			}),
		);
		await new Promise((resolve) => setTimeout(resolve, 250));
		const done = await reply(
			await fetch(`${baseUrl}${TEXT2VIDEO}/${String(made.data.task_id)}`, { headers }),
		);
		expect(done.data.task_status).toBe('succeed');
		await sim.stop();
		await expect(fetch(baseUrl)).rejects.toThrow();
	});

	it('names a port that is taken and leaves none open', async () => {
		const other = createServer();
		await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
		const { port } = other.address() as AddressInfo;
		await expect(startSimulator({ ports: { cdn: port } })).rejects.toThrow(
			`Port ${port}, meant for cdn of the Kling simulator, is already in use on 127.0.0.1.`,
		);
		await new Promise<void>((resolve) => other.close(() => resolve()));
	});

	it('leaves nothing behind that keeps a process alive', async () => {
		const script = `
			const { startSimulator } = require('./test/simulator');
			(async () => {
				const sim = await startSimulator();
				const { baseUrl, apiKey } = sim.services.aceData;
				const headers = { authorization: 'Bearer ' + apiKey, 'content-type': 'application/json' };
				const open = fetch(baseUrl + '/kling/videos', { method: 'POST', headers, body: JSON.stringify({ action: 'text2video', prompt: 'x' }) }).catch(() => undefined);
				while (sim.tasks.all().length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
				await sim.stop();
				await open;
				console.log('stopped');
			})();
		`;
		const output = await new Promise<string>((resolve, reject) => {
			execFile(
				process.execPath,
				['--import', 'tsx', '-e', script],
				{ cwd: ROOT, timeout: 15_000 },
				(error, stdout) => (error ? reject(new Error(error.message)) : resolve(stdout)),
			);
		});
		expect(output.trim()).toBe('stopped');
	}, 20_000);
});

describe('command line', () => {
	it('reads its options', () => {
		expect(parseArguments(['--port-base', '4100', '--task-seconds', '0.5', '--json'])).toEqual({
			portBase: 4100,
			taskSeconds: 0.5,
			json: true,
			help: false,
		});
		expect(() => parseArguments(['--port-base', 'x'])).toThrow(
			'--port-base needs a number, not x.',
		);
		expect(() => parseArguments(['--nonsense'])).toThrow('does not know the option --nonsense');
	});

	it('prints addresses as JSON and ends on SIGTERM', async () => {
		const child = spawn(process.execPath, ['--import', 'tsx', 'test/simulator/cli.ts', '--json'], {
			cwd: ROOT,
		});
		const line = await new Promise<string>((resolve, reject) => {
			child.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString('utf8')));
			child.once('error', reject);
			child.once('exit', (code) => reject(new Error(`ended with ${String(code)}`)));
		});
		const printed = JSON.parse(line) as {
			services: Record<string, { baseUrl: string }>;
			controlUrl: string;
		};
		expect(Object.keys(printed.services)).toEqual([
			'klingGlobal',
			'klingChina',
			'aceData',
			'openaiHk',
			'relay',
			'newApi',
		]);
		expect((await fetch(`${printed.controlUrl}/services`)).status).toBe(200);
		const ended = new Promise<number | null>((resolve) => {
			child.removeAllListeners('exit');
			child.once('exit', resolve);
		});
		child.kill('SIGTERM');
		expect(await ended).toBe(0);
	}, 20_000);
});
