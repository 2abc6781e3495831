/** SECURITY.md promises nothing that no test holds. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { ROOT, read } from './markdown';

const [, section = ''] = read('SECURITY.md').split('## What the package promises');
const promises = (section.split(/^## /m)[0] ?? '')
	.split('\n')
	.filter((line) => /^\s*[-*] /.test(line));

/** The tests that a promise links to. */
const filesOf = (promise: string) =>
	[...promise.matchAll(/\]\((test\/[^)]+)\)/g)].map(([, file = '']) => file);

it('are found', () => expect(promises.length).toBeGreaterThan(8));

describe.each(promises)('%s', (promise) => {
	it('names its tests', () => expect(filesOf(promise)).not.toEqual([]));

	it.each(filesOf(promise))('is held by %s', (file) => {
		expect(file).toMatch(/\.test\.ts$/);
		expect(existsSync(join(ROOT, file))).toBe(true);
		expect(read(file)).toMatch(/^\s*(it|describe)(\.each)?\(/m);
	});
});
