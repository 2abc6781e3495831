/**
 * `npm test`: everything that has to hold before a change goes in, on a bare clone. Arguments after `--`
 * go to jest: `npm test -- test/unit/jwt.test.ts`.
 * `npm run test:e2e`: the same package in a real n8n.
 *
 * The last line is `N passed, N failed`, counted by jest.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureHost, ensureRoot, ROOT } from './lib/install.mjs';
import { jest } from './lib/jest.mjs';
import { runMain } from './lib/problem.mjs';

const CACHE = join(ROOT, '.cache');
const tool = (path) => join(ROOT, 'node_modules', path);

// What did not change since the last run is not linted again; CI starts without a cache.
const LINT = [
	'lint',
	tool('eslint/bin/eslint.js'),
	'.',
	'--max-warnings',
	'0',
	'--cache',
	'--cache-strategy',
	'content',
	'--cache-location',
	join(CACHE, 'eslint'),
];
const FORMAT = ['format', tool('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.'];
const TYPES = [
	'types',
	tool('typescript/bin/tsc'),
	'-p',
	'tsconfig.json',
	'--incremental',
	'--tsBuildInfoFile',
	join(CACHE, 'types.tsbuildinfo'),
];
const BUILD = ['build', tool('gulp/bin/gulp.js'), 'write'];
const PACKAGE = ['package', join(ROOT, 'scripts/lint-package.mjs')];

/** Runs one of our tools; what it says is shown when it is done, so that two of them can run at once. */
async function check([name, ...args]) {
	const begin = Date.now();
	const child = spawn(process.execPath, args, {
		cwd: ROOT,
		stdio: ['ignore', 'pipe', 'pipe'],
		// With NODE_ENV=test, n8n's lint plugin believes it is being tested itself.
		env: {
			...process.env,
			NODE_ENV: 'development',
			...(process.stdout.isTTY && { FORCE_COLOR: '1' }),
		},
	});
	let output = '';
	child.stdout.on('data', (chunk) => (output += chunk));
	child.stderr.on('data', (chunk) => (output += chunk));
	const code = await new Promise((resolve, reject) =>
		child.on('error', reject).on('close', resolve),
	);
	console.log(`${code === 0 ? '✔' : '✖'} ${name} (${((Date.now() - begin) / 1000).toFixed(1)} s)`);
	if (code !== 0) console.log(output.trimEnd());
	return code === 0;
}

function end({ code = 0, passed = 0, failed = 0, skipped = 0 }) {
	if (passed === 0 && failed === 0) failed = 1;
	console.log(`${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`);
	return code !== 0 || failed > 0 ? 1 : 0;
}

async function allTests(args) {
	console.log('Checking lint, format, types and package …');
	const held = await Promise.all([
		check(LINT),
		check(FORMAT).then(
			async (format) =>
				format && (await check(TYPES)) && (await check(BUILD)) && (await check(PACKAGE)),
		),
	]);
	if (held.includes(false)) return end({ failed: held.filter((good) => !good).length });
	console.log('Running unit and engine tests …');
	return end(await jest('jest.config', args));
}

async function endToEndTests(args) {
	await ensureHost();
	console.log('Running end-to-end tests in a real n8n …');
	return end(await jest('jest.e2e.config', args));
}

await runMain(async () => {
	const args = process.argv.slice(2);
	const endToEnd = args[0] === '--e2e';
	await ensureRoot();
	return endToEnd ? await endToEndTests(args.slice(1)) : await allTests(args);
});
