/**
 * `npm run record`: compares all of what leaves the node and what comes out of it with test/record/record.json, of which
 * `npm test` compares a part. `-- --update` renews the record, `-- --small` does it with that part alone, and
 * RECORD_OUT=<folder> writes the lines themselves.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ROOT, ensureRoot } from './lib/install.mjs';
import { Problem, runMain } from './lib/problem.mjs';

const KNOWN = ['--update', '--small'];

async function compare(env) {
	const jest = join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');
	const child = spawn(process.execPath, [jest, 'test/unit/record.test.ts'], {
		cwd: ROOT,
		stdio: 'inherit',
		env: { ...process.env, ...env },
	});
	return await new Promise((resolve, reject) => {
		child.once('error', reject);
		child.once('close', (code) => resolve(code ?? 1));
	});
}

await runMain(async () => {
	const words = process.argv.slice(2);
	const unknown = words.find((word) => !KNOWN.includes(word));
	if (unknown) throw new Problem(`There is no option ${unknown}: use ${KNOWN.join(' or ')}`);
	await ensureRoot();
	const renewal = words.includes('--update') ? { RECORD_UPDATE: '1' } : {};
	const small = await compare({ RECORD: '', ...renewal });
	if (words.includes('--small')) return small;
	return (await compare({ RECORD: 'full', ...renewal })) || small;
});
