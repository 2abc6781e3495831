import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
	existsSync,
	mkdirSync,
	readFileSync,
	readdirSync,
	renameSync,
	rmSync,
	statSync,
} from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { CACHE, ROOT } from './paths';

const run = promisify(execFile);
const toolError = z.object({
	code: z.union([z.string(), z.number()]).nullish(),
	stdout: z.string().default(''),
	stderr: z.string().default(''),
});
const PACKED = join(CACHE, 'packed');

export interface Tarball {
	name: string;
	version: string;
	file: string;
	/** Of everything it was made from. */
	hash: string;
}

/** All that the tarball is made from; what is missing is skipped. */
const INPUTS = [
	'nodes',
	'credentials',
	'package.json',
	'package-lock.json',
	'tsconfig.json',
	'tsconfig.build.json',
	'gulpfile.js',
	'index.js',
	'README.md',
	'LICENSE',
	'LICENSE.md',
	'CHANGELOG.md',
];

/** Builds and packs the package as it would be published; reuses the last tarball when nothing changed. */
export async function makeTarball(): Promise<Tarball> {
	const manifest = z
		.object({ name: z.string(), version: z.string() })
		.parse(readJson('package.json'));
	const hash = hashOf(INPUTS);
	const folder = join(PACKED, hash);
	const found = tarballIn(folder);
	if (found) return { ...manifest, hash, file: found };

	const gulp = join(ROOT, 'node_modules', 'gulp', 'bin', 'gulp.js');
	await runTool('Building the package', process.execPath, [gulp, 'build']);
	const draft = join(PACKED, `draft-${process.pid}`);
	rmSync(draft, { recursive: true, force: true });
	mkdirSync(draft, { recursive: true });
	await runTool('Packing the package', 'npm', [
		'pack',
		'--ignore-scripts',
		'--pack-destination',
		draft,
	]);
	for (const old of readdirSync(PACKED)) {
		if (!old.startsWith('draft-')) rmSync(join(PACKED, old), { recursive: true, force: true });
	}
	renameSync(draft, folder);
	const file = tarballIn(folder);
	if (!file) throw new Error('npm pack made no tarball');
	return { ...manifest, hash, file };
}

/** Puts the package where n8n with this user folder keeps those that it has installed, for the next start of it. */
export async function placePackage(userFolder: string, { name, file }: Tarball): Promise<void> {
	const folder = join(userFolder, '.n8n', 'nodes', 'node_modules', name);
	mkdirSync(folder, { recursive: true });
	const unpack = ['-xzf', file, '-C', folder, '--strip-components=1'];
	await runTool('Unpacking the package', 'tar', unpack);
}

/** Runs a tool; what goes wrong is for `npm start` to show in one sentence, without a stack. */
async function runTool(what: string, file: string, args: string[]): Promise<void> {
	try {
		await run(file, args, { cwd: ROOT });
	} catch (error) {
		const { code, stdout, stderr } = toolError.parse(error);
		const reason = code === 'ENOENT' ? `: ${file} was not found in the PATH` : '';
		const details = `${stdout}${stderr}`.trim();
		throw Object.assign(new Error(`${what} failed${reason}.`), { name: 'Problem', details });
	}
}

function tarballIn(folder: string): string | undefined {
	if (!existsSync(folder)) return undefined;
	const name = readdirSync(folder).find((entry) => entry.endsWith('.tgz'));
	return name && join(folder, name);
}

function readJson(path: string): unknown {
	return JSON.parse(readFileSync(join(ROOT, path), 'utf8'));
}

function hashOf(paths: string[]): string {
	const hash = createHash('sha256');
	for (const path of paths.filter((entry) => existsSync(join(ROOT, entry)))) {
		for (const file of filesUnder(path).sort())
			hash.update(`${file}\n`).update(readFileSync(join(ROOT, file)));
	}
	return hash.digest('hex').slice(0, 16);
}

function filesUnder(path: string): string[] {
	const full = join(ROOT, path);
	if (statSync(full).isFile()) return [path];
	return readdirSync(full, { recursive: true, encoding: 'utf8' })
		.map((entry) => join(path, entry))
		.filter((entry) => statSync(join(ROOT, entry)).isFile());
}
