import { createHash } from 'node:crypto';
import {
	existsSync,
	mkdirSync,
	readFileSync,
	renameSync,
	rmSync,
	statfsSync,
	writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { waitForLock } from './lock.mjs';
import { npm } from './npm.mjs';
import { Problem, requireNode } from './problem.mjs';
import { showProgress } from './progress.mjs';

export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
export const HOST = join(ROOT, 'test', 'e2e', 'host');
export const GIB = 1024 ** 3;

/**
 * `fresh`: begins with an empty node_modules, as `npm ci` does by itself. `unless`: does the step in another way if it can,
 * and tells whether it did. `files`: what the installation follows from.
 * @typedef {{ what: string, args: string[], pathFirst?: string, counts?: boolean, fresh?: boolean,
 *   unless?: () => boolean }} Step
 * @typedef {{ dir: string, label: string, takes: string, needs: number, key: string[], files?: string[], steps: Step[] }} Plan
 */

// --include=dev: with NODE_ENV=production npm would leave out the very tools this is about.
const CLEAN_INSTALL = ['ci', '--include=dev', '--no-audit', '--no-fund'];

/** Development dependencies of this repository. */
export async function ensureRoot() {
	return await ensureInstalled({
		dir: ROOT,
		label: 'the development tools',
		takes: '1 to 2 minutes',
		needs: 1 * GIB,
		// npm leaves out optional packages that do not fit this Node.
		key: [`node ${process.versions.node.split('.')[0]}`],
		steps: [{ what: 'downloading packages', args: CLEAN_INSTALL, counts: true }],
	});
}

/** The real n8n of `npm start` and the end-to-end tests; it brings its own Node. */
export async function ensureHost() {
	return await ensureInstalled({
		dir: HOST,
		label: 'n8n',
		takes: '3 to 8 minutes and 3 GB, once',
		needs: 3.5 * GIB,
		key: [],
		steps: [
			{ what: 'downloading packages', args: [...CLEAN_INSTALL, '--ignore-scripts'], counts: true },
			{ what: 'unpacking its Node', args: ['rebuild', 'node', '--ignore-scripts=false'] },
			{
				what: 'preparing its database driver (compiles where no ready one is found)',
				args: ['rebuild', 'sqlite3', 'isolated-vm', '--ignore-scripts=false'],
				// These two are built for the Node they will run in, not for the one running now.
				pathFirst: join(HOST, 'node_modules', 'node', 'bin'),
			},
		],
	});
}

/**
 * Installs what is missing; does nothing when the last completed installation still fits.
 * Resumes an interrupted one at the step it was in.
 * @param {Plan} plan
 * @returns {Promise<boolean>} whether anything had to be done
 */
export async function ensureInstalled(plan) {
	requireNode();
	if (isInstalled(plan)) return false;
	const key = keyOf(plan);

	const lockFile = join(ROOT, '.cache', `install-${plan.label.replace(/\W+/g, '-')}.lock`);
	const lock = await waitForLock(lockFile, ({ pid }) =>
		console.log(`Waiting for process ${pid}, which is installing ${plan.label} …`),
	);
	try {
		// Whoever had the lock may have done it all.
		const first = stepsDone(plan, key);
		if (first < plan.steps.length) await runSteps(plan, key, first);
	} finally {
		lock.release();
	}
	return true;
}

async function runSteps(plan, key, first) {
	if (first === 0) requireSpace(plan);
	console.log(`Installing ${plan.label} (${plan.takes}) …`);
	for (const [index, step] of plan.steps.entries()) {
		if (index < first) continue;
		const progress = showProgress(
			`  ${step.what}`,
			step.counts ? () => countPackages(plan.dir) : undefined,
		);
		try {
			if (step.fresh) rmSync(join(plan.dir, 'node_modules'), { recursive: true, force: true });
			if (!step.unless?.()) {
				await npm(step.args, {
					cwd: plan.dir,
					what: `Installing ${plan.label}`,
					pathFirst: step.pathFirst,
				});
			}
			progress.end('done');
		} catch (error) {
			progress.end('failed');
			throw error;
		}
		saveStepsDone(plan, key, index + 1);
	}
}

function keyOf({ dir, key, files = ['package-lock.json', '.npmrc'] }) {
	const hash = createHash('sha256');
	for (const name of files) hash.update(readFileSync(join(dir, name)));
	return [hash.digest('hex'), process.platform, process.arch, ...key].join(' ');
}

// Inside node_modules, which is emptied first: the mark cannot outlive what it stands for.
const markOf = (dir) => join(dir, 'node_modules', '.installed.json');

/** Whether the last completed installation still fits. */
export function isInstalled(plan) {
	return stepsDone(plan, keyOf(plan)) === plan.steps.length;
}

function stepsDone({ dir }, key) {
	try {
		const mark = JSON.parse(readFileSync(markOf(dir), 'utf8'));
		return mark.key === key ? mark.done : 0;
	} catch {
		return 0;
	}
}

function saveStepsDone({ dir }, key, done) {
	const mark = markOf(dir);
	mkdirSync(dirname(mark), { recursive: true });
	writeFileSync(`${mark}.new`, JSON.stringify({ key, done }));
	renameSync(`${mark}.new`, mark);
}

function requireSpace({ dir, label, needs }) {
	const { bavail, bsize } = statfsSync(dir);
	const free = bavail * bsize;
	if (free >= needs) return;
	const gb = (bytes) => (bytes / GIB).toFixed(1);
	throw new Problem(
		`The disk is nearly full: installing ${label} needs ${gb(needs)} GB, and ${gb(free)} GB are free.`,
	);
}

/** npm makes all folders first and fills them later, so an empty one does not count. */
function countPackages(dir) {
	try {
		const lock = JSON.parse(readFileSync(join(dir, 'package-lock.json'), 'utf8'));
		const paths = Object.keys(lock.packages).filter((path) => path.startsWith('node_modules/'));
		const done = paths.filter((path) => existsSync(join(dir, path, 'package.json'))).length;
		return `${done} of ${paths.length} packages`;
	} catch {
		return undefined;
	}
}
