/** `npm run test:versions`: tries the package in other versions of n8n, and writes docs/compatibility.md. */
import { ensureRoot } from './lib/install.mjs';
import { jest } from './lib/jest.mjs';
import {
	deleteVersion,
	ensureVersion,
	hasVersion,
	nameForTests,
	RECIPES,
} from './lib/n8nVersions.mjs';
import { Problem, runMain } from './lib/problem.mjs';

const USAGE = `npm run test:versions -- 1.123.81 2.20.12 [options]

  Installs each of these versions of n8n into .cache/n8n-versions, runs the checks of test/versions in it, and renews its
  column of docs/compatibility.md. What is installed stays for the next time. Ctrl-C at any time; the next run goes on.

  --all         every version there is a recipe for (scripts/lib/n8nVersions.mjs)
  --delete      delete each version from the disk when it was tried (each takes 1.5 to 3.5 GB)
  --keep        keep it (default)
  --only WORDS  only the checks whose names hold these words; writes nothing
  --no-write    leave docs/compatibility.md as it is
  --list        the versions, whether they are installed, and when they were tried last
  --help
`;

/** @param {string[]} words */
function readOptions(words) {
	const options = { recipes: [], delete: false, write: true, only: undefined, list: false };
	const rest = [...words];
	for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
		const recipe = RECIPES.find(({ n8n }) => n8n === word);
		if (recipe) options.recipes.push(recipe);
		else if (word === '--all') options.recipes = [...RECIPES];
		else if (word === '--delete') options.delete = true;
		else if (word === '--keep') options.delete = false;
		else if (word === '--no-write') options.write = false;
		else if (word === '--only') options.only = rest.shift() ?? '';
		else if (word === '--list') options.list = true;
		else
			throw new Problem(
				`There is no option or version ${word}; try: npm run test:versions -- --list`,
			);
	}
	if (options.recipes.length === 0 && !options.list) {
		throw new Problem('Say which versions to try; see: npm run test:versions -- --help');
	}
	return options;
}

/** The record of what was measured, and the document that shows it. */
async function loadRecord() {
	const { require: load } = await import('tsx/cjs/api');
	const { keep, lastTried } = load('../test/versions/record.ts', import.meta.url);
	const { writeDocuments } = load('./tables/index.ts', import.meta.url);
	return { keep, lastTried, writeDocuments };
}

function list(record) {
	for (const recipe of RECIPES) {
		const tried = record.lastTried(recipe.n8n);
		const words = [
			recipe.n8n.padEnd(10),
			`Node ${recipe.node}`,
			hasVersion(recipe) ? 'installed' : '-'.padEnd(9),
			tried ? `tried ${tried}` : 'not tried',
		];
		console.log(words.join('   '));
	}
}

/** Installs one version and runs the checks in it. */
async function tryVersion(recipe, options, record) {
	console.log(`== n8n ${recipe.n8n}`);
	await ensureVersion(recipe);
	const only = options.only === undefined ? [] : ['--testNamePattern', options.only];
	const env = { N8N_UNDER_TEST: nameForTests(recipe) };
	const result = await jest('jest.versions.config', only, env);
	if (options.write && options.only === undefined) {
		record.keep(recipe.n8n, { node: recipe.node, tests: result.tests });
		record.writeDocuments(['docs/compatibility.md']);
	}
	if (options.delete) deleteVersion(recipe);
	console.log(
		`n8n ${recipe.n8n}: ${result.passed} of ${result.passed + result.failed} checks passed`,
	);
	return result;
}

await runMain(async () => {
	const words = process.argv.slice(2);
	if (words.includes('--help')) {
		console.log(USAGE);
		return 0;
	}
	const options = readOptions(words);
	await ensureRoot();
	const record = await loadRecord();
	if (options.list) {
		list(record);
		return 0;
	}
	let passed = 0;
	let failed = 0;
	for (const recipe of options.recipes) {
		try {
			const result = await tryVersion(recipe, options, record);
			passed += result.passed;
			failed += result.failed;
		} catch (error) {
			if (error?.name !== 'Problem') throw error;
			console.error(`✖ ${error.message}\n${error.details ?? ''}`);
			failed += 1;
		}
	}
	if (passed === 0 && failed === 0) failed = 1;
	console.log(`${passed} passed, ${failed} failed`);
	return failed > 0 ? 1 : 0;
});
