/** The table of what was tried in which n8n says what was measured, and no more. */
import { compatibilityTable } from '../../scripts/tables/compatibility';
import { ALL_CHECKS } from '../versions/checks';
import { byVersion } from '../versions/order';
import { type Column, readMeasured, withRun } from '../versions/record';

const names = ALL_CHECKS.map(({ name }) => name);
const [first = '', second = '', third = ''] = names;
const EXPLAINED = 'Polling, kill -9, restart, button Retry: paid once · official';

const column = (results: Column['results']): Column => ({
	date: '2026-01-02',
	node: '24',
	results,
});

function cell(columns: Array<[string, Column]>, name: string): string | undefined {
	return compatibilityTable(columns).rows.find(([row]) => row === name)?.[1];
}

it('the checks have names of their own', () => {
	expect(new Set(names).size).toBe(names.length);
});

it('what is on record are results of checks that there are', () => {
	const measured = readMeasured().flatMap(([, { results }]) => Object.keys(results));
	expect(measured.filter((name) => !names.includes(name))).toEqual([]);
});

describe('a cell', () => {
	const measured = column({ [first]: 'passed', [second]: 'failed', [EXPLAINED]: 'passed' });

	it.each([
		['that passed', '2.41.1', first, 'ok'],
		['that failed', '2.41.1', second, 'FAILS'],
		['that nobody has tried', '2.41.1', third, 'not tried'],
		['that is otherwise in an old n8n', '2.13.9', EXPLAINED, 'note 1'],
		['that is no longer otherwise', '2.14.0', EXPLAINED, 'ok'],
	])('%s', (_what, version, name, wanted) => {
		expect(cell([[version, measured]], name)).toBe(wanted);
	});
});

describe('a run', () => {
	const before: Array<[string, Column]> = [
		['1.94.1', column({ [first]: 'failed' })],
		['2.41.1', column({ [first]: 'passed' })],
	];
	const run = { node: '20', tests: [{ title: first, status: 'passed' }] };

	it('renews its own column, and puts a new one in its place', () => {
		const after = withRun(before, '1.123.81', run, '2026-01-03');
		expect(after.map(([version]) => version)).toEqual(['1.94.1', '1.123.81', '2.41.1']);
		expect([after[0], after[2]]).toEqual(before);
		expect(withRun(after, '1.123.81', run, '2026-01-03')).toEqual(after);
	});

	it('leaves nothing behind of what was not tried this time', () => {
		const tests = [{ title: second, status: 'pending' }];
		const [[, renewed] = []] = withRun(before, '1.94.1', { node: '22', tests }, '2026-01-03');
		expect(renewed?.results).toEqual({});
	});
});

it('versions are compared as numbers', () => {
	expect(['2.9.0', '1.123.81', '2.41.1', '2.9.10', '1.94.1'].sort(byVersion)).toEqual([
		'1.94.1',
		'1.123.81',
		'2.9.0',
		'2.9.10',
		'2.41.1',
	]);
});
