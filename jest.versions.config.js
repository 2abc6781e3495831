'use strict';

const e2e = require('./jest.e2e.config.js');

/** @type {import('jest').Config} */
module.exports = {
	...e2e,
	displayName: 'versions',
	testMatch: ['<rootDir>/test/versions/**/*.versions.test.ts'],
	// n8n is as slow as ever while these wait for each other.
	maxConcurrency: 6,
};
