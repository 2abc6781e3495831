/** How the record of what leaves and comes out is renewed. */
import { changes, renewed, type Entries } from '../record/record';

const entry = (hash: string) => ({ count: 1, hash });
const STORED: Entries = {
	'full/requests/relay/avatar': entry('f'),
	'requests/relay/avatar': entry('a'),
	'requests/relay/effects': entry('b'),
	'requests/relay/removed': entry('c'),
};
const MADE = ['requests/relay/avatar', 'requests/relay/effects', 'requests/relay/newer'];
const FOUND: Entries = { 'requests/relay/newer': entry('d'), 'requests/relay/avatar': entry('e') };

it('keeps what was not run, and drops what is made no longer', () => {
	expect(Object.entries(renewed(STORED, FOUND, MADE, false))).toEqual([
		['full/requests/relay/avatar', entry('f')],
		['requests/relay/avatar', entry('e')],
		['requests/relay/effects', entry('b')],
		['requests/relay/newer', entry('d')],
	]);
});

it('drops of the whole record what is made no longer, and leaves the small one alone', () => {
	const { 'full/requests/relay/avatar': _, ...small } = STORED;
	expect(renewed(STORED, {}, [], true)).toEqual(small);
});

it('tells what is new, changed and gone', () => {
	expect(changes(STORED, renewed(STORED, FOUND, MADE, false))).toBe(
		[
			'New (1)',
			'  requests/relay/newer',
			'Changed (1)',
			'  requests/relay/avatar',
			'Gone (1)',
			'  requests/relay/removed',
		].join('\n'),
	);
	expect(changes(STORED, STORED)).toBe('New (0)\nChanged (0)\nGone (0)');
});
