import { ALL_CHECKS } from '../../test/versions/checks';
import { noteOf } from '../../test/versions/check';
import { type Column, readMeasured } from '../../test/versions/record';
import type { Table } from './markdown';

/** Footnotes in the order of the rows, each once. */
function notes(): string[] {
	const all = ALL_CHECKS.flatMap((check) =>
		'older' in check && check.older ? [check.older.note] : [],
	);
	return [...new Set(all)];
}

/** One row per check, one column per version. */
export function compatibilityTable(
	columns: ReadonlyArray<[version: string, column: Column]> = readMeasured(),
): Table {
	const numbers = notes();
	const rows = ALL_CHECKS.map((check) => [
		check.name,
		...columns.map(([version, { results }]) => {
			const result = results[check.name];
			if (result === undefined) return 'not tried';
			if (result === 'failed') return 'FAILS';
			const note = noteOf(check, version);
			return note === undefined ? 'ok' : `note ${numbers.indexOf(note) + 1}`;
		}),
	]);
	return {
		head: ['n8n', ...columns.map(([version]) => version)],
		rows: [
			['Node', ...columns.map(([, { node }]) => node)],
			['tried on', ...columns.map(([, { date }]) => date)],
			...rows,
		],
	};
}

/** What the notes of that table mean. */
export function compatibilityNotes(): Table {
	return {
		head: ['Note', 'Meaning'],
		rows: notes().map((note, index) => [String(index + 1), note]),
	};
}
