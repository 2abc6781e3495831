import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { LIB } from './paths';

const TAIL_CHARS = 8000;

export interface OwnProcess {
	pid: number;
	/** Resolves when it has ended, with words about how. */
	ended: Promise<string>;
	/** The first line of its output that fits; rejects when it ends before. */
	line(fits: (line: string) => boolean): Promise<string>;
	/** The end of its output, for error messages. */
	tail(): string;
	/** Ends it and all it started, gently first. */
	stop(): Promise<void>;
	/** Ends it and all it started by SIGKILL, as a crash or a power cut would. */
	kill(): Promise<void>;
}

export interface ProcessOptions {
	name: string;
	/** The Node to run it with. */
	node: string;
	args: string[];
	cwd: string;
	env: NodeJS.ProcessEnv;
	logFile?: string;
	/** How long it may take to end by itself after it was asked to. */
	graceMs?: number;
}

/**
 * Starts a Node program in a process group of its own, so that Ctrl-C on our terminal does not hit
 * it before us, and so that exactly this group can be ended later.
 */
export function startProcess(options: ProcessOptions): OwnProcess {
	const { name, node, args, cwd, env, logFile, graceMs = 8000 } = options;
	const tied = pathToFileURL(join(LIB, 'tied.mjs')).href;
	const child = spawn(node, ['--import', tied, ...args], {
		cwd,
		env: { ...env, TIED_TO: String(process.pid) },
		detached: true,
		stdio: ['pipe', 'pipe', 'pipe'],
	});
	if (logFile) mkdirSync(dirname(logFile), { recursive: true });
	const log = logFile ? createWriteStream(logFile) : undefined;

	let output = '';
	let over: string | undefined;
	const readers = new Set<() => void>();
	const take = (chunk: Buffer) => {
		log?.write(chunk);
		output = (output + chunk.toString()).slice(-TAIL_CHARS * 4);
		for (const reader of readers) reader();
	};
	child.stdout.on('data', take);
	child.stderr.on('data', take);
	const ended = new Promise<string>((resolve) => {
		const finish = (how: string) => {
			over ??= how;
			log?.end();
			for (const reader of readers) reader();
			resolve(over);
		};
		child.once('error', (error) => finish(error.message));
		child.once('close', (code, signal) =>
			finish(signal ? `signal ${signal}` : `exit code ${code}`),
		);
	});

	const signalGroup = (signal: NodeJS.Signals) => {
		if (child.pid === undefined) return;
		try {
			process.kill(-child.pid, signal);
		} catch {
			// Nobody of the group is left.
		}
	};
	const tail = () => output.slice(-TAIL_CHARS).trim();

	return {
		pid: child.pid ?? -1,
		ended,
		tail,
		async line(fits) {
			return await new Promise((resolve, reject) => {
				const look = () => {
					const found = output.split('\n').slice(0, -1).find(fits);
					if (found === undefined && over === undefined) return;
					readers.delete(look);
					if (found !== undefined) resolve(found);
					else reject(new Error(`${name} ended with ${over}:\n${tail()}`));
				};
				readers.add(look);
				look();
			});
		},
		async stop() {
			signalGroup('SIGTERM');
			const timer = setTimeout(() => signalGroup('SIGKILL'), graceMs);
			await ended;
			clearTimeout(timer);
			// What it started itself and left behind.
			signalGroup('SIGKILL');
		},
		async kill() {
			signalGroup('SIGKILL');
			await ended;
		},
	};
}

export type ProgramOptions = Omit<ProcessOptions, 'node'> & {
	/** Path of a program that is not written for Node. */
	program: string;
	/** Who runs it; default: who runs us. */
	user?: { uid: number; gid: number };
};

/** The same for any other program, which ends with us too. */
export function startProgram({ program, user, args, ...options }: ProgramOptions): OwnProcess {
	return startProcess({
		...options,
		node: process.execPath,
		args: [join(LIB, 'tiedProgram.mjs'), JSON.stringify({ program, args, user })],
	});
}
