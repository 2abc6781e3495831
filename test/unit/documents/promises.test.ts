/** SECURITY.md promises nothing that no test holds, and every attack that it tells of has its test. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { ROOT, read, section } from './markdown';

const promises = section('SECURITY.md', 'What the package promises')
	.split('\n')
	.filter((line) => /^\s*[-*] /.test(line));

/** The rows of the table, without its head. */
const attacks = section('SECURITY.md', 'What was tried against it')
	.split('\n')
	.filter((line) => line.startsWith('|'))
	.slice(2);

/** The tests that a promise links to. */
const filesOf = (promise: string) =>
	[...promise.matchAll(/\]\((test\/[^)]+)\)/g)].map(([, file = '']) => file);

it('are found', () => {
	expect(promises.length).toBeGreaterThan(8);
	expect(attacks.length).toBeGreaterThan(20);
});

describe.each([...promises, ...attacks])('%s', (promise) => {
	it('names its tests', () => expect(filesOf(promise)).not.toEqual([]));

	it.each(filesOf(promise))('is held by %s', (file) => {
		expect(file).toMatch(/\.test\.ts$/);
		expect(existsSync(join(ROOT, file))).toBe(true);
		expect(read(file)).toMatch(/^\s*(it|describe)(\.each)?\(/m);
	});
});
