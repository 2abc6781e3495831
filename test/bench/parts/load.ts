import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { N8N_NODE, N8N_BIN } from '../../e2e/lib';
import { type Summary, summarize } from '../measure/statistics';
import type { BenchContext } from './context';

/** Milliseconds to require all node and credential files of the package and make an instance of each, as n8n does. */
export interface LoadResult {
	/** Where n8n-workflow and zod are loaded already, as they are in n8n. */
	inN8n: Summary;
	/** With nothing loaded. */
	alone: Summary;
	/** What of that is n8n-workflow and zod. */
	theirs: Summary;
	packedBytes: number;
	unpackedBytes: number;
	files: number;
}

const HOST_MODULES = dirname(dirname(dirname(N8N_BIN)));

/** Loads the packed package in new processes of n8n's own Node. */
export async function measureLoad({ tarball, ends, options }: BenchContext): Promise<LoadResult> {
	const folder = mkdtempSync(join(tmpdir(), 'n8n-bench-load-'));
	const remove = ends.add(() => rmSync(folder, { recursive: true, force: true }));
	execFileSync('tar', ['-xzf', tarball.file, '-C', folder]);
	// Beside the package, as in an n8n that installed it: it finds there what n8n provides.
	symlinkSync(HOST_MODULES, join(folder, 'node_modules'));
	const root = join(folder, 'package');
	const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
		.map((name) => statSync(join(root, name)))
		.filter((entry) => entry.isFile());
	const times = Array.from({ length: options.repetitions }, () => ({
		inN8n: loadOnce(root, true),
		alone: loadOnce(root, false),
	}));
	await remove();
	return {
		inN8n: summarize(times.map(({ inN8n }) => inN8n.ours)),
		alone: summarize(times.map(({ alone }) => alone.ours)),
		theirs: summarize(times.map(({ inN8n }) => inN8n.theirs)),
		packedBytes: statSync(tarball.file).size,
		unpackedBytes: files.reduce((sum, { size }) => sum + size, 0),
		files: files.length,
	};
}

const timesShape = z.object({ theirs: z.number(), ours: z.number() });

/** @param preload whether n8n-workflow and zod are loaded before the clock starts */
function loadOnce(root: string, preload: boolean): z.infer<typeof timesShape> {
	const manifest = z
		.object({ n8n: z.object({ nodes: z.array(z.string()), credentials: z.array(z.string()) }) })
		.parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));
	const script = `
		const files = ${JSON.stringify([...manifest.n8n.nodes, ...manifest.n8n.credentials])};
		const load = require('node:module').createRequire(${JSON.stringify(join(root, 'index.js'))});
		const begin = performance.now();
		if (${preload}) ['n8n-workflow', 'zod'].forEach((name) => load(name));
		const loaded = performance.now();
		for (const file of files) for (const Made of Object.values(load('./' + file))) new Made();
		const end = performance.now();
		console.log(JSON.stringify({ theirs: loaded - begin, ours: end - loaded }));
	`;
	const output = execFileSync(N8N_NODE, ['-e', script], { encoding: 'utf8' });
	return timesShape.parse(JSON.parse(output));
}
