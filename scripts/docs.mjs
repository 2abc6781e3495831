/** `npm run docs`: writes the tables of the documents from the code (see scripts/tables). */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ROOT, ensureRoot } from './lib/install.mjs';
import { runMain } from './lib/problem.mjs';

await runMain(async () => {
	await ensureRoot();
	const program = join(ROOT, 'scripts', 'tables', 'index.ts');
	const child = spawn(process.execPath, ['--import', 'tsx', program, ...process.argv.slice(2)], {
		cwd: ROOT,
		stdio: 'inherit',
	});
	return await new Promise((resolve, reject) => {
		child.once('error', reject);
		child.once('close', (code) => resolve(code ?? 1));
	});
});
