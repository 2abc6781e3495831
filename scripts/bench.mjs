/**
 * `npm run bench`: measures the node in a real n8n, and writes docs/benchmarks.md. Arguments after `--`
 * choose parts and numbers: `npm run bench -- --help`.
 */
import { ensureHost, ensureRoot } from './lib/install.mjs';
import { runMain } from './lib/problem.mjs';

await runMain(async () => {
	await ensureRoot();
	await ensureHost();
	const { require: load } = await import('tsx/cjs/api');
	const { bench } = load('../test/bench/index.ts', import.meta.url);
	return await bench(process.argv.slice(2));
});
