/** Tables as Markdown, and the places in documents where they stand. */

export interface Table {
	head: readonly string[];
	rows: ReadonlyArray<readonly string[]>;
}

export const code = (text: string): string => `\`${text}\``;

export const yes = (has: boolean | undefined): string => (has ? 'yes' : '–');

function line(cells: readonly string[]): string {
	return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`.replaceAll(
		'|  |',
		'| |',
	);
}

/** A table in the form that prettier leaves alone with `proseWrap: preserve` and compact cells. */
export function toMarkdown({ head, rows }: Table): string {
	return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function markersOf(name: string): [begin: string, end: string] {
	return [`<!-- table: ${name} (npm run docs) -->`, `<!-- end: ${name} -->`];
}

/**
 * The document with every table between its markers written anew:
 *
 *     <!-- table: operations (npm run docs) -->
 *     | Resource | … |
 *     <!-- end: operations -->
 *
 * Throws where a marker names a table that does not exist, or has no end.
 */
export function withTables(text: string, tables: Readonly<Record<string, Table>>): string {
	for (const [, name = ''] of text.matchAll(/<!-- table: ([\w-]+) /g)) {
		const table = tables[name];
		if (!table) throw new Error(`There is no table "${name}"`);
		const [begin, end] = markersOf(name);
		const [from, to] = [text.indexOf(begin), text.indexOf(end)];
		if (from < 0 || to < from) throw new Error(`The table "${name}" has no end`);
		text = `${text.slice(0, from + begin.length)}\n\n${toMarkdown(table)}\n\n${text.slice(to)}`;
	}
	return text;
}
