'use strict';

/**
 * The build: `npm run build` makes dist/ from scratch, `npm run dev` keeps it up to date.
 *
 * dist/ mirrors nodes/ and credentials/: compiled TypeScript, SVG icons and codex files
 * (`*.node.json`, what the editor's search and categories know about a node).
 */
const { spawn } = require('node:child_process');
const { rm } = require('node:fs/promises');
const { dest, parallel, series, src, watch } = require('gulp');

const SOURCES = ['nodes/**/*.ts', 'credentials/**/*.ts'];
const ASSETS = ['{nodes,credentials}/**/*.{svg,node.json}'];

async function clean() {
	await rm('dist', { recursive: true, force: true });
}

/** Any type error fails the build, and then nothing is written (`noEmitOnError`). */
function compile() {
	const tsc = require.resolve('typescript/bin/tsc');
	return spawn(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { stdio: 'inherit' });
}

function copyAssets() {
	// gulp 5 decodes files as UTF-8 text unless told not to; copies stay byte for byte.
	return src(ASSETS, { base: '.', encoding: false }).pipe(dest('dist'));
}

const build = series(clean, parallel(compile, copyAssets));

function watchSources() {
	watch(SOURCES, compile);
	watch(ASSETS, copyAssets);
}

exports.clean = clean;
exports.build = build;
exports.watch = series(build, watchSources);
exports.default = build;
