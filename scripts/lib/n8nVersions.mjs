/** Other versions of n8n than that of test/e2e/host: how each is installed, and where. */
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureHost, ensureInstalled, GIB, HOST, isInstalled, ROOT } from './install.mjs';

const FOLDER = join(ROOT, '.cache', 'n8n-versions');

/**
 * `node`: the Node it runs on, which is installed beside it. `host`: it is the n8n of test/e2e/host.
 * `overrides`: versions of packages to take instead of those that n8n asks for. `native`: packages that have to be compiled.
 * `settings`: environment variables it needs. `gb`: what it takes on the disk.
 * @typedef {{ n8n: string, node: string, gb: number, host?: boolean, overrides?: Record<string, string>, native?: string[],
 *   settings?: Record<string, string> }} Recipe
 */

/** n8n takes this one from an address outside the registry. */
const XLSX = { xlsx: '0.18.5' };
const DRIVER = 'sqlite3';
const NATIVE = [DRIVER, 'isolated-vm'];
/** With its one connection this n8n mixes up the transactions of requests that come at the same time. */
const POOL = { DB_SQLITE_POOL_SIZE: '4' };

/** @type {Recipe[]} */
export const RECIPES = [
	// Its own `engines` end at Node 22.
	{ n8n: '1.94.1', node: '22', gb: 1.5, overrides: XLSX, settings: POOL },
	{ n8n: '1.100.1', node: '24', gb: 1.5, overrides: XLSX, settings: POOL },
	{
		n8n: '1.123.81',
		// The oldest Node that the package supports; isolated-vm cannot be compiled for it.
		node: '20',
		gb: 2,
		overrides: XLSX,
		native: [DRIVER],
		settings: { ...POOL, N8N_EXPRESSION_ENGINE: 'legacy' },
	},
	{ n8n: '2.0.3', node: '24', gb: 2, overrides: XLSX },
	{ n8n: '2.11.4', node: '24', gb: 3, overrides: XLSX },
	{ n8n: '2.14.2', node: '24', gb: 3, overrides: XLSX },
	{ n8n: '2.20.12', node: '24', gb: 3.5, overrides: XLSX },
	{ n8n: '2.30.8', node: '24', gb: 3.5, overrides: XLSX },
	{ n8n: '2.35.3', node: '24', gb: 3.5, overrides: XLSX },
	{ n8n: '2.41.1', node: '24', gb: 3.5, host: true },
];

/** @param {Recipe} recipe */
const folderOf = ({ n8n, host }) => (host ? HOST : join(FOLDER, n8n));

/** What the installation of a version consists of; writes its package.json. */
function planOf(recipe) {
	const { n8n, node, gb, overrides = {}, native = NATIVE } = recipe;
	const dir = folderOf(recipe);
	mkdirSync(dir, { recursive: true });
	const manifest = { private: true, dependencies: { n8n, node }, overrides };
	writeFileSync(join(dir, 'package.json'), `${JSON.stringify(manifest, null, '\t')}\n`);
	return {
		dir,
		label: `n8n ${n8n}`,
		takes: `3 to 8 minutes and ${gb} GB`,
		needs: gb * GIB,
		key: native,
		files: ['package.json'],
		steps: [
			{
				what: 'downloading packages',
				fresh: true,
				args: ['install', '--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund'],
			},
			{ what: 'unpacking its Node', args: ['rebuild', 'node', '--ignore-scripts=false'] },
			...native.map((name) => ({
				what: `preparing ${name} (compiles where no ready one is found)`,
				args: ['rebuild', name, '--ignore-scripts=false'],
				pathFirst: join(dir, 'node_modules', 'node', 'bin'),
				unless: () => name === DRIVER && copyDriver(dir),
			})),
		],
	};
}

/** Copies the database driver that was compiled for test/e2e/host, if it is the same: it fits every Node (Node-API). */
function copyDriver(dir) {
	const [from, to] = [HOST, dir].map((root) => join(root, 'node_modules', DRIVER));
	const isSame = versionIn(from) !== undefined && versionIn(from) === versionIn(to);
	if (!isSame || !existsSync(join(from, 'build', 'Release'))) return false;
	cpSync(join(from, 'build'), join(to, 'build'), { recursive: true });
	return true;
}

function versionIn(dir) {
	try {
		return JSON.parse(readFileSync(join(dir, 'package.json'), 'utf8')).version;
	} catch {
		return undefined;
	}
}

/**
 * Installs a version where it is missing or its recipe has changed.
 * @param {Recipe} recipe
 */
export async function ensureVersion(recipe) {
	if (recipe.host) await ensureHost();
	else await ensureInstalled(planOf(recipe));
}

/** Whether a version is there as its recipe says. */
export function hasVersion(recipe) {
	if (recipe.host) return existsSync(join(HOST, 'node_modules', '.installed.json'));
	return existsSync(folderOf(recipe)) && isInstalled(planOf(recipe));
}

/** Removes a version from the disk; that of test/e2e/host stays. */
export function deleteVersion(recipe) {
	if (!recipe.host) rmSync(folderOf(recipe), { recursive: true, force: true });
}

/**
 * What names a version to the tests, as the value of N8N_UNDER_TEST.
 * @param {Recipe} recipe
 */
export function nameForTests(recipe) {
	const modules = join(folderOf(recipe), 'node_modules');
	return JSON.stringify({ modules, settings: recipe.settings ?? {} });
}
