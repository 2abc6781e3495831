import { spawn } from 'node:child_process';
import { delimiter } from 'node:path';
import { Problem } from './problem.mjs';

const NETWORK =
	/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT|network request to/;

/** What npm says when it fails, and what the user can do about it. */
const CAUSES = [
	[/ENOSPC/, 'the disk is full: free some space and start again'],
	[
		/gyp ERR!|node-pre-gyp ERR!|prebuild-install (WARN|ERR)/,
		'a native module had to be compiled and could not be: a C++ compiler, make and Python 3 are needed (Debian: apt install build-essential python3), or a network that reaches github.com and nodejs.org',
	],
	[
		NETWORK,
		'npm cannot reach its registry: check the network connection and the proxy settings, then start again',
	],
	[
		/EACCES|EPERM|EROFS/,
		'files cannot be written here: check who owns this folder and the npm cache',
	],
	[
		/EINTEGRITY/,
		'a downloaded package does not have the expected checksum: run "npm cache clean --force" and start again',
	],
	[
		/EUSAGE|can only install packages when your package.json and package-lock/,
		'package-lock.json does not fit package.json: run "npm install" in that folder once',
	],
];

const SPACE =
	'a native module had to be compiled, which does not work in a folder whose path holds a space: move this folder';

/** npm as `npm run` knows it, else the one in PATH. */
function npmCommand() {
	const cli = process.env.npm_execpath;
	if (cli && /npm-cli\.c?js$/.test(cli))
		return { file: process.execPath, before: [cli], shell: false };
	return { file: 'npm', before: [], shell: process.platform === 'win32' };
}

/**
 * The environment for an npm of its own: what `npm run` passes on about *this* package and the
 * options it was called with must not leak into an npm that works in another folder.
 */
function npmEnvironment(pathFirst) {
	const own =
		/^npm_(package_|lifecycle_|command$|config_(local_prefix|ignore_scripts|omit|production|dry_run)$)/i;
	const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !own.test(name)));
	// Compiles on all processors.
	env.JOBS ??= 'max';
	if (pathFirst) env.PATH = `${pathFirst}${delimiter}${process.env.PATH ?? ''}`;
	return env;
}

/**
 * Runs npm and returns what it wrote to stdout. Its warnings are kept back unless it fails.
 * @param {string[]} args
 * @param {{ cwd: string, what: string, pathFirst?: string }} options what: for the sentence about a failure
 */
export function npm(args, { cwd, what, pathFirst }) {
	const { file, before, shell } = npmCommand();
	return new Promise((resolve, reject) => {
		const child = spawn(file, [...before, ...args], {
			cwd,
			shell,
			env: npmEnvironment(pathFirst),
			stdio: ['ignore', 'pipe', 'pipe'],
		});
		let stdout = '';
		let stderr = '';
		child.stdout.on('data', (chunk) => (stdout += chunk));
		child.stderr.on('data', (chunk) => (stderr += chunk));
		const undo = endTogether(child);
		child.on('error', (error) => {
			undo();
			const missing = error.code === 'ENOENT';
			reject(
				missing
					? new Problem(
							'npm was not found: it comes with Node (https://nodejs.org) and must be in the PATH.',
						)
					: error,
			);
		});
		child.on('close', (code, signal) => {
			undo();
			if (code === 0) resolve(stdout);
			else reject(explain(what, `${stdout}\n${stderr}`, signal ?? `exit code ${code}`, cwd));
		});
	});
}

function explain(what, output, end, cwd) {
	const known = CAUSES.find(([pattern]) => pattern.test(output))?.[1];
	const space = /gyp ERR!/.test(output) && /\s/.test(cwd) ? SPACE : undefined;
	const cause = space ?? known ?? `npm ended with ${end}`;
	const lines = output.split('\n').filter((line) => line.trim() && !/^npm warn/i.test(line));
	// npm ends this complaint with its whole help text; what is wrong stands at the beginning.
	const shown = /EUSAGE/.test(output) ? lines.slice(0, 12) : lines.slice(-15);
	return new Problem(`${what} failed: ${cause}.`, { details: shown.join('\n') });
}

/** A signal sent to this process alone (not by a terminal to all) must end npm too. */
function endTogether(child) {
	const handlers = ['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => {
		const handler = () => {
			child.kill(signal);
			process.exit(130);
		};
		process.on(signal, handler);
		return () => process.removeListener(signal, handler);
	});
	return () => handlers.forEach((remove) => remove());
}
