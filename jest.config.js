'use strict';

/** @type {import('jest').Config} */
const shared = {
	testEnvironment: 'node',
	rootDir: __dirname,
	// Types are checked once by `npm run typecheck`; here every file is only transpiled.
	transform: {
		'^.+\\.ts$': ['ts-jest', { tsconfig: '<rootDir>/tsconfig.json', diagnostics: false }],
	},
	moduleFileExtensions: ['ts', 'js', 'json', 'node'],
	// The private n8n installation and built files hold packages of the same name as ours.
	modulePathIgnorePatterns: [
		'<rootDir>/dist/',
		'<rootDir>/test/e2e/host/',
		'<rootDir>/.n8n-local/',
		'<rootDir>/.cache/',
		'<rootDir>/output/',
	],
	restoreMocks: true,
};

module.exports = {
	projects: [
		{
			...shared,
			displayName: 'unit',
			testMatch: ['<rootDir>/test/unit/**/*.test.ts'],
		},
		{
			...shared,
			displayName: 'engine',
			testMatch: ['<rootDir>/test/engine/**/*.test.ts'],
			setupFilesAfterEnv: ['<rootDir>/test/engine/setup.ts'],
		},
	],
};
