'use strict';

/**
 * The build: `npm run build` makes dist/ from scratch, `npm run dev` keeps it up to date.
 *
 * dist/ mirrors nodes/ and credentials/: compiled TypeScript, SVG icons and codex files
 * (`*.node.json`, what the editor's search and categories know about a node).
 */
const { rm } = require('node:fs/promises');
const path = require('node:path');
const { dest, parallel, series, src, watch } = require('gulp');
const ts = require('typescript');

const OUT = path.join(__dirname, 'dist');
const SOURCES = ['nodes/**/*.ts', 'credentials/**/*.ts'];
const ICONS = ['nodes/**/*.svg', 'credentials/**/*.svg'];
const CODEX = ['nodes/**/*.node.json'];

async function clean() {
	await rm(OUT, { recursive: true, force: true });
}

/** Any type error fails the build, and then nothing is written. */
async function compile() {
	const host = {
		getCanonicalFileName: (name) => name,
		getCurrentDirectory: () => __dirname,
		getNewLine: () => '\n',
	};
	const config = ts.getParsedCommandLineOfConfigFile(
		path.join(__dirname, 'tsconfig.build.json'),
		{},
		{
			...ts.sys,
			onUnRecoverableConfigFileDiagnostic: (diagnostic) => {
				throw new Error(ts.formatDiagnostic(diagnostic, host));
			},
		},
	);
	const program = ts.createProgram({
		rootNames: config.fileNames,
		options: config.options,
		configFileParsingDiagnostics: config.errors,
	});
	const problems = [...ts.getPreEmitDiagnostics(program), ...program.emit().diagnostics];
	if (problems.length > 0) {
		const error = new Error(
			`The sources do not compile:\n${ts.formatDiagnostics(ts.sortAndDeduplicateDiagnostics(problems), host)}`,
		);
		error.showStack = false;
		throw error;
	}
}

function icons() {
	// gulp 5 decodes files as UTF-8 text unless told not to; copies stay byte for byte.
	return src(ICONS, { base: '.', encoding: false }).pipe(dest(OUT));
}

function codex() {
	return src(CODEX, { base: '.', encoding: false }).pipe(dest(OUT));
}

const build = series(clean, parallel(compile, icons, codex));

function watchSources() {
	watch(SOURCES, compile);
	watch(ICONS, icons);
	watch(CODEX, codex);
}

exports.clean = clean;
exports.build = build;
exports.watch = series(build, watchSources);
exports.default = build;
