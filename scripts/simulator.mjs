import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ROOT, ensureRoot } from './lib/install.mjs';
import { runMain } from './lib/problem.mjs';

await runMain(async () => {
	await ensureRoot();
	const cli = join(ROOT, 'test', 'simulator', 'cli.ts');
	const child = spawn(process.execPath, ['--import', 'tsx', cli, ...process.argv.slice(2)], {
		cwd: ROOT,
		stdio: 'inherit',
	});
	// The terminal's Ctrl-C reaches the child by itself; other signals are for us alone.
	process.on('SIGINT', () => undefined);
	for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
	return await new Promise((resolve, reject) => {
		child.once('error', reject);
		child.once('close', (code) => resolve(code ?? 1));
	});
});
