/** The codes of the services, from the table of codes. */
import { KLING_CODES, WORD_CODES } from '../../nodes/shared/providers/errorCodes';
import { CODES_ZH, translated } from './chinese';
import { code } from './markdown';
import type { Table } from './markdown';

interface CodeRow {
	/** As they are written in the tables above. */
	codes: string[];
	what: string;
	advice: string;
	maybeCreated: boolean;
}

/** Codes with the same meaning share a row, words after numbers. */
function codeRows(): CodeRow[] {
	const rows = new Map<string, CodeRow>();
	for (const [name, meaning] of [...Object.entries(KLING_CODES), ...Object.entries(WORD_CODES)]) {
		const { what, advice = 'Read the words of the service', maybeCreated } = meaning;
		const key = [what, advice, maybeCreated].join('\n');
		const row = rows.get(key) ?? { codes: [], what, advice, maybeCreated };
		row.codes.push(name);
		rows.set(key, row);
	}
	return [...rows.values()];
}

const inCode = (codes: string[]): string => codes.map(code).join(', ');

export function errorCodesTable(): Table {
	return {
		head: ['Code', 'Message', 'Paid?', 'What to do'],
		rows: codeRows().map(({ codes, what, advice, maybeCreated }) => [
			inCode(codes),
			code(`… ${what}`),
			maybeCreated ? 'maybe' : 'no',
			advice,
		]),
	};
}

/** The same in Chinese; the message stays as the editor shows it. Throws where codes of one row have different translations. */
export function errorCodesTableZh(): Table {
	return {
		head: ['代码', '报错信息', '含义', '是否可能已扣费', '处理办法'],
		rows: codeRows().map(({ codes, what, maybeCreated }) => {
			const meanings = codes.map((name) => translated(CODES_ZH, name));
			const [first, ...others] = [...new Set(meanings.map((zh) => JSON.stringify(zh)))];
			const [zh] = meanings;
			if (!first || !zh || others.length > 0) {
				throw new Error(`The Chinese of ${codes.join(', ')} differs, though they share a row`);
			}
			return [inCode(codes), code(`… ${what}`), zh.what, maybeCreated ? '可能' : '否', zh.advice];
		}),
	};
}
