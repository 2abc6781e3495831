/** `node scripts/screenshots.mjs [folder]`: takes the pictures of the README in a real n8n; default folder: docs/images. */
import { join, resolve } from 'node:path';
import { ROOT, ensureHost, ensureRoot } from './lib/install.mjs';
import { runMain } from './lib/problem.mjs';

await runMain(async () => {
	await ensureRoot();
	await ensureHost();
	const { require: load } = await import('tsx/cjs/api');
	const { takeScreenshots } = load('../test/e2e/screenshots.ts', import.meta.url);
	const folder = resolve(process.argv[2] ?? join(ROOT, 'docs', 'images'));
	await takeScreenshots(folder, (file) => console.log(file));
	return 0;
});
