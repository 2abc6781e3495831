/**
 * Checks what would be published, after a build:
 *  - the files npm would pack: no more and no less than meant, and small;
 *  - the JavaScript and package.json in it by the rules of n8n's official scan, which ignores
 *    `eslint-disable` comments;
 *  - that nothing is required at run time but what n8n provides.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { n8nCommunityNodesPlugin } from '@n8n/eslint-plugin-community-nodes';
import { ESLint } from 'eslint';
import n8nNodesBase from 'eslint-plugin-n8n-nodes-base';
import tseslint from 'typescript-eslint';
import { communityRules, PROVIDED_BY_N8N } from '../eslint.config.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
/**
 * Of the packed package: a little more than there is. n8n downloads all of it at every install and reads the
 * code at every start; and what was packed by accident, a video or a second copy of the code, goes beyond this at once.
 */
const MOST_BYTES = 150_000;
/** npm packs every README, whatever `files` says. */
const MEANT =
	/^(dist\/((nodes|credentials)\/.+\.(js|svg|node\.json)|kling\.js)|index\.js|package\.json|README(\.zh-CN)?\.md|LICENSE|CHANGELOG\.md)$/;
const NEEDED = ['index.js', 'package.json', 'README.md', 'LICENSE', 'CHANGELOG.md'];

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const problems = [];

const packed = listPacked();
const files = packed.files.map(({ path }) => path);
checkFiles();
checkManifest();
checkRequires();
await lintAsTheScanDoes();

if (problems.length > 0) {
	console.error(problems.join('\n'));
	console.error(`\nThe package is not fit to publish: ${problems.length} problem(s).`);
	process.exit(1);
}
console.log(
	`The package is fit to publish: ${files.length} files, ${(packed.size / 1000).toFixed(1)} kB packed.`,
);

function listPacked() {
	if (!existsSync(join(root, 'dist'))) fail('There is no dist/: run `npm run build` first.');
	const { stdout, stderr, status } = spawnSync(
		'npm',
		['pack', '--dry-run', '--json', '--ignore-scripts'],
		{
			cwd: root,
			encoding: 'utf8',
			shell: process.platform === 'win32',
		},
	);
	if (status !== 0) fail(`npm pack failed:\n${stderr}`);
	return JSON.parse(stdout)[0];
}

function fail(why) {
	console.error(why);
	process.exit(1);
}

function checkFiles() {
	for (const file of files) {
		if (!MEANT.test(file)) problems.push(`${file}: is not meant to be published`);
		if (/(^|[/.])(test|spec|simulator|fixtures?)([/.]|$)/i.test(file))
			problems.push(`${file}: looks like a test`);
	}
	const registered = [...manifest.n8n.nodes, ...manifest.n8n.credentials];
	for (const file of [...NEEDED, ...registered]) {
		if (!files.includes(file)) problems.push(`${file}: would be missing from the package`);
	}
	for (const node of manifest.n8n.nodes) {
		const codex = node.replace(/\.js$/, '.json');
		if (!files.includes(codex))
			problems.push(`${codex}: the codex file would be missing from the package`);
	}
	if (packed.size >= MOST_BYTES)
		problems.push(`Packed size ${packed.size} bytes; the limit is ${MOST_BYTES}`);
}

function checkManifest() {
	for (const field of [
		'dependencies',
		'optionalDependencies',
		'bundledDependencies',
		'bundleDependencies',
		'overrides',
	]) {
		if (manifest[field] !== undefined) problems.push(`package.json: has "${field}"`);
	}
	if (JSON.stringify(manifest.peerDependencies) !== '{"n8n-workflow":"*"}') {
		problems.push('package.json: peerDependencies must be exactly {"n8n-workflow":"*"}');
	}
}

function checkRequires() {
	for (const file of files.filter((name) => name.endsWith('.js'))) {
		const code = readFileSync(join(root, file), 'utf8');
		for (const [, name] of code.matchAll(/\b(?:require|import)\(\s*["'`]([^"'`]+)["'`]\s*\)/g)) {
			const wanted = name.startsWith('@')
				? name.split('/').slice(0, 2).join('/')
				: name.split('/')[0];
			if (
				name.startsWith('.') ||
				PROVIDED_BY_N8N.includes(name) ||
				PROVIDED_BY_N8N.includes(wanted)
			)
				continue;
			problems.push(`${file}: requires "${name}", which n8n does not provide`);
		}
	}
}

async function lintAsTheScanDoes() {
	const eslint = new ESLint({
		cwd: root,
		allowInlineConfig: false,
		ignore: false,
		overrideConfigFile: true,
		overrideConfig: [
			{
				plugins: {
					'@n8n/community-nodes': n8nCommunityNodesPlugin,
					'n8n-nodes-base': n8nNodesBase,
				},
				linterOptions: { reportUnusedDisableDirectives: 'off' },
				rules: { ...communityRules, 'no-console': 'error' },
			},
			{ files: ['**/*.js'], languageOptions: { sourceType: 'commonjs' } },
			{
				files: ['package.json'],
				languageOptions: {
					parser: tseslint.parser,
					parserOptions: { extraFileExtensions: ['.json'] },
				},
				rules: n8nNodesBase.configs.community.rules,
			},
		],
	});
	const linted = files.filter((name) => name.endsWith('.js') || name === 'package.json');
	for (const { filePath, messages } of await eslint.lintFiles(linted)) {
		for (const { line, ruleId, message } of messages) {
			problems.push(`${filePath.slice(root.length + 1)}:${line}: ${message} (${ruleId})`);
		}
	}
}
