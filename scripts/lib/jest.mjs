import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './install.mjs';

const CACHE = join(ROOT, '.cache');
const JEST = join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');

/**
 * Runs jest, and tells how many tests passed, and the result of each.
 * @param {string} config name of the file with its settings, without `.js`
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env] more environment variables
 */
export async function jest(config, args, env = {}) {
	// Two may run at the same time.
	const report = join(CACHE, `${config}.${process.pid}.json`);
	mkdirSync(CACHE, { recursive: true });
	const child = spawn(
		process.execPath,
		[JEST, '--config', `${config}.js`, '--json', '--outputFile', report, ...args],
		// With --json jest keeps stdout for the report, which goes into the file instead.
		{ cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, ...env } },
	);
	const code = await new Promise((resolve, reject) =>
		child.on('error', reject).on('close', resolve),
	);
	const counts = JSON.parse(readFileSync(report, 'utf8'));
	rmSync(report);
	return {
		code,
		passed: counts.numPassedTests,
		// A file that could not be loaded has no tests to count, and is a failure all the same.
		failed: counts.numFailedTests + counts.numRuntimeErrorTestSuites,
		skipped: counts.numPendingTests + counts.numTodoTests,
		/** @type {Array<{ title: string, status: string }>} */
		tests: counts.testResults.flatMap(({ assertionResults }) => assertionResults),
	};
}
