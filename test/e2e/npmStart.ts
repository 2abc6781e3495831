import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Login, ROOT } from './lib';

/** What is said last when all is up. */
export const UP = 'Ctrl-C ends it all.';

/** One `npm start` that runs, or has ended. */
export interface Started {
	child: ChildProcess;
	output(): string;
	/** Resolves with all it said once it has said this. */
	says(words: string): Promise<string>;
	ended: Promise<number | null>;
}

/** The video that an `npm start` with this output has made. */
export function videoIn(output: string): string {
	return /✔ Video: +(\S.*\.mp4)/.exec(output)?.[1] ?? join(ROOT, 'output', 'no video');
}

/** Runs `npm start` as a person does, but with data of its own. */
export class NpmStarts {
	private readonly folder = mkdtempSync(join(tmpdir(), 'npm-start-'));
	private readonly all: Started[] = [];

	/** @param local those with the same share their data */
	start(args: string[], env: Record<string, string> = {}, local = 'shared'): Started {
		const own = Object.entries(process.env).filter(([name]) => !/^(KLING_|N8N_PORT$)/.test(name));
		const child = spawn(process.execPath, [join(ROOT, 'scripts', 'start.mjs'), ...args], {
			cwd: ROOT,
			env: { ...Object.fromEntries(own), KLING_LOCAL_FOLDER: join(this.folder, local), ...env },
			stdio: ['ignore', 'pipe', 'pipe'],
		});
		let said = '';
		const listeners = new Set<() => void>();
		const take = (chunk: Buffer) => {
			said += chunk.toString();
			for (const listener of listeners) listener();
		};
		child.stdout.on('data', take);
		child.stderr.on('data', take);
		const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
		const says = async (words: string) =>
			await new Promise<string>((resolve, reject) => {
				const look = () => {
					if (said.includes(words)) resolve(said);
				};
				listeners.add(look);
				look();
				void ended.then(() => reject(new Error(`It ended without "${words}":\n${said}`)));
			});
		const started = { child, output: () => said, says, ended };
		this.all.push(started);
		return started;
	}

	login(local = 'shared'): Login {
		return JSON.parse(readFileSync(join(this.folder, local, 'login.json'), 'utf8')) as Login;
	}

	/** Ends what still runs, and removes its data and the videos it made at its start. */
	async end(): Promise<void> {
		for (const { child } of this.all) child.kill('SIGTERM');
		await Promise.all(this.all.map(async ({ ended }) => await ended));
		for (const { output } of this.all) rmSync(videoIn(output()), { force: true });
		rmSync(this.folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 500 });
	}
}
