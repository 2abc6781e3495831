'use strict';

const { shared } = require('./jest.config.js');

/** @type {import('jest').Config} */
module.exports = {
	...shared,
	displayName: 'e2e',
	testMatch: ['<rootDir>/test/e2e/**/*.e2e.test.ts'],
	// Each file starts an n8n of its own; two at once would be slower than one after the other.
	maxWorkers: 1,
	// Of tests that run side by side in that n8n.
	maxConcurrency: 48,
	testTimeout: 180_000,
};
