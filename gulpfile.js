'use strict';

/**
 * The build: `npm run build` makes dist/ from scratch, `npm run dev` keeps it up to date.
 *
 * dist/ holds all code as one file (`kling.js`), and, where n8n looks for the nodes and the credential, files that name
 * their class in it. One file is half as large as two hundred, and read at once when n8n starts. The names of functions are
 * kept, so that the traces in bug reports can be read. Icons and codex files (`*.node.json`, what the editor's search knows about a
 * node) are copied.
 */
const { spawn } = require('node:child_process');
const { mkdir, rm, writeFile } = require('node:fs/promises');
const { basename, dirname, join, relative } = require('node:path');
const { minify } = require('@swc/core');
const { build: bundle } = require('esbuild');
const { dest, parallel, series, src, watch } = require('gulp');
const { n8n } = require('./package.json');

const SOURCES = ['nodes/**/*.ts', 'credentials/**/*.ts'];
const ASSETS = ['nodes/**/*.{svg,node.json}'];
const CODE = 'dist/kling.js';

/** The files that n8n loads, e.g. `dist/nodes/Kling/Kling.node.js`, each with the source of its class. */
const ENTRIES = [...n8n.nodes, ...n8n.credentials].map((file) => ({
	file,
	className: basename(file).split('.')[0],
	source: `./${relative('dist', file).replace(/\.js$/, '')}`,
}));

async function clean() {
	await rm('dist', { recursive: true, force: true });
}

/** Any type error fails the build. */
function checkTypes() {
	const tsc = require.resolve('typescript/bin/tsc');
	return spawn(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { stdio: 'inherit' });
}

async function bundleCode() {
	const {
		outputFiles: [{ text }],
	} = await bundle({
		stdin: {
			contents: ENTRIES.map(({ source }) => `export * from '${source}';`).join('\n'),
			resolveDir: __dirname,
		},
		bundle: true,
		write: false,
		// What n8n provides is not ours to bring.
		packages: 'external',
		platform: 'node',
		format: 'cjs',
		target: 'node20',
		minifySyntax: true,
	});
	const { code } = await minify(text, {
		module: false,
		compress: false,
		mangle: { topLevel: false, keep_fnames: true, keep_classnames: true },
	});
	await mkdir(dirname(CODE), { recursive: true });
	await writeFile(CODE, code);
}

async function writeEntries() {
	for (const { file, className } of ENTRIES) {
		const code = relative(dirname(file), CODE);
		await mkdir(dirname(file), { recursive: true });
		await writeFile(
			join(__dirname, file),
			`'use strict';\n\nexports.${className} = require('${code}').${className};\n`,
		);
	}
}

function copyAssets() {
	// gulp 5 decodes files as UTF-8 text unless told not to; copies stay byte for byte.
	return src(ASSETS, { base: '.', encoding: false }).pipe(dest('dist'));
}

const write = series(clean, bundleCode, parallel(writeEntries, copyAssets));
const build = series(checkTypes, write);

function watchSources() {
	watch(SOURCES, series(checkTypes, bundleCode));
	watch(ASSETS, copyAssets);
}

exports.clean = clean;
/** For whoever has checked the types already. */
exports.write = write;
exports.build = build;
exports.watch = series(build, watchSources);
exports.default = build;
