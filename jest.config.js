'use strict';

/** @type {import('jest').Config} */
const shared = {
	rootDir: __dirname,
	testEnvironment: 'node',
	// Types are checked by tsc, once; here every file is only transpiled.
	transform: {
		'^.+\\.ts$': [
			'@swc/jest',
			{ jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } },
		],
	},
	cacheDirectory: '<rootDir>/.cache/jest',
	// These hold packages of the same name as ours, and a whole n8n.
	modulePathIgnorePatterns: ['dist', 'test/e2e/host', '\\.n8n-local', '\\.cache', 'output'].map(
		(folder) => `<rootDir>/${folder}/`,
	),
	restoreMocks: true,
};

const SETUP = ['compareBuffers', 'fastCheckSeed', 'lateModules'].map(
	(name) => `<rootDir>/test/${name}.ts`,
);

module.exports = {
	testTimeout: 20_000,
	// By itself jest leaves one core free, which on two cores is half of them.
	maxWorkers: '100%',
	// Node keeps something of every file's modules, and a worker with gigabytes of it spends its time on collecting garbage.
	workerIdleMemoryLimit: '500MB',
	projects: [
		{
			...shared,
			displayName: 'unit',
			testMatch: ['<rootDir>/test/unit/**/*.test.ts'],
			setupFilesAfterEnv: SETUP,
		},
		{
			...shared,
			displayName: 'engine',
			testMatch: ['<rootDir>/test/engine/**/*.test.ts'],
			setupFilesAfterEnv: [...SETUP, '<rootDir>/test/engine/setup.ts'],
		},
	],
};

// Not enumerable, so that jest does not take it for an option.
Object.defineProperty(module.exports, 'shared', { value: shared });
