/**
 * `npm run record`: compares all of what leaves the node and what comes out of it with test/record/record.json, of which
 * `npm test` compares a part. `-- --update` renews the record and says what changed, `-- --small` does it with that part alone,
 * `-- --only <name>` with the requests of one operation, and RECORD_OUT=<folder> writes the lines themselves.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ROOT, ensureRoot } from './lib/install.mjs';
import { Problem, runMain } from './lib/problem.mjs';

const USAGE = 'use --update, --small, or --only with the name of an operation';

/** @param {string[]} words */
function readOptions(words) {
	const options = { update: false, small: false, only: undefined };
	const rest = [...words];
	for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
		if (word === '--update') options.update = true;
		else if (word === '--small') options.small = true;
		else if (word === '--only' && rest.length > 0) options.only = rest.shift();
		else throw new Problem(`There is no option ${word}: ${USAGE}`);
	}
	return options;
}

async function compare(args, env) {
	const jest = join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');
	const child = spawn(process.execPath, [jest, 'test/unit/record.test.ts', ...args], {
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
	const { update, small, only } = readOptions(process.argv.slice(2));
	await ensureRoot();
	const args = only === undefined ? [] : ['--testNamePattern', `requests/\\w+/${only}$`];
	const renewal = update ? { RECORD_UPDATE: '1' } : {};
	const { require: load } = await import('tsx/cjs/api');
	const { changes, readRecord } = load('../test/record/record.ts', import.meta.url);
	const before = readRecord();
	let code = await compare(args, { RECORD: '', ...renewal });
	if (!small) code = (await compare(args, { RECORD: 'full', ...renewal })) || code;
	if (update) console.log(changes(before, readRecord()));
	return code;
});
