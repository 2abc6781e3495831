/** The codes of the services, from the table of codes. */
import { KLING_CODES, WORD_CODES } from '../../nodes/shared/providers/errorCodes';
import { code } from './markdown';
import type { Table } from './markdown';

/** Codes with the same meaning share a row, words after numbers. */
export function errorCodesTable(): Table {
	const rows = new Map<string, { codes: string[]; cells: string[] }>();
	for (const [name, meaning] of [...Object.entries(KLING_CODES), ...Object.entries(WORD_CODES)]) {
		const { what, advice, maybeCreated } = meaning;
		const cells = [code(`… ${what}`), maybeCreated ? 'maybe' : 'no', advice];
		const key = cells.join('\n');
		const row = rows.get(key) ?? { codes: [], cells };
		row.codes.push(code(name));
		rows.set(key, row);
	}
	return {
		head: ['Code', 'Message', 'Paid?', 'What to do'],
		rows: [...rows.values()].map(({ codes, cells }) => [codes.join(', '), ...cells]),
	};
}
