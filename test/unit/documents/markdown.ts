/** Reads the documents: their sections, tables, links, and what they set in italics, bold and code. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(__dirname, '../../..');

/** The text of a document, by its path from the root of the repository. */
export function read(document: string): string {
	return readFileSync(join(ROOT, document), 'utf8');
}

function markdownIn(folder: string, recursive = false): string[] {
	return readdirSync(join(ROOT, folder), { recursive, encoding: 'utf8' })
		.filter((file) => file.endsWith('.md'))
		.map((file) => join(folder, file))
		.sort();
}

/** Every document for people, by its path from the root. */
export const DOCUMENTS = [
	...markdownIn('.'),
	...markdownIn('docs', true),
	'test/e2e/README.md',
	'test/simulator/README.md',
];

const FOR_DEVELOPERS = ['architecture', 'benchmarks', 'design', 'sources'].map(
	(page) => `docs/${page}.md`,
);

/** Those that tell how to use the package. */
export const MANUALS = DOCUMENTS.filter(
	(document) => /^(README|docs\/)/.test(document) && !FOR_DEVELOPERS.includes(document),
);

/** The same document in English and in Chinese. */
export const TRANSLATIONS: ReadonlyArray<readonly [english: string, chinese: string]> = [
	['README.md', 'README.zh-CN.md'],
	...markdownIn('docs/zh-CN').map((chinese) => [chinese.replace('zh-CN/', ''), chinese] as const),
];

/** A text without blocks of code and comments. */
export function withoutBlocks(text: string): string {
	return text.replace(/^```[\s\S]*?^```$/gm, '').replace(/<!--[\s\S]*?-->/g, '');
}

/** The lines of all blocks of code. */
export function blockLines(text: string): string[] {
	return [...text.matchAll(/^```\w*\n([\s\S]*?)^```$/gm)].flatMap(([, block = '']) =>
		block.split('\n'),
	);
}

/** What stands in backticks. */
export function codeIn(text: string): string[] {
	return [...withoutBlocks(text).matchAll(/`([^`]+)`/g)].map(([, inner = '']) => inner);
}

const withoutCode = (text: string) => withoutBlocks(text).replace(/`[^`]+`/g, 'code');

const BOLD = /\*\*(?!\s)(.+?)\*\*/g;

/** What stands in italics. */
export function italicsIn(text: string): string[] {
	const rest = withoutCode(text).replace(BOLD, '');
	return [...rest.matchAll(/\*([^*\n]+)\*/g)].map(([, inner = '']) => inner);
}

/** What stands in bold within a line; not what a line, a list entry or a table cell begins with, and no whole sentences. */
export function boldIn(text: string): string[] {
	return withoutCode(text)
		.split('\n')
		.map((line) => line.replace(/^(- |\d+\. |\| )?\*\*.+?\*\*/, ''))
		.flatMap((line) => [...line.matchAll(BOLD)].map(([, inner = '']) => inner))
		.filter((inner) => !/[.。]$/.test(inner));
}

/** Where its links lead. */
export function linksIn(text: string): string[] {
	return [...withoutBlocks(text).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
}

export interface Heading {
	level: number;
	title: string;
	/** As GitHub makes it. */
	anchor: string;
}

export function headingsIn(text: string): Heading[] {
	return [...withoutBlocks(text).matchAll(/^(#{1,6}) (.+)$/gm)].map(
		([, marks = '', title = '']) => ({
			level: marks.length,
			title,
			anchor: title
				.toLowerCase()
				.replace(/[^\p{L}\p{N} _-]/gu, '')
				.replaceAll(' ', '-'),
		}),
	);
}

/** The text between a heading and the next one. */
export function section(document: string, title: string): string {
	const lines = read(document).split('\n');
	const start = lines.findIndex((line) => /^#+ /.test(line) && line.endsWith(` ${title}`));
	if (start < 0) throw new Error(`${document} has no heading "${title}"`);
	const rest = lines.slice(start + 1);
	const end = rest.findIndex((line) => /^#{1,6} /.test(line));
	return rest.slice(0, end < 0 ? undefined : end).join('\n');
}

export type Row = string[];

export interface Table {
	head: Row;
	rows: Row[];
	/** Whether `npm run docs` writes it. */
	derived: boolean;
}

function cells(line: string): Row {
	return line
		.replace(/^\||\|$/g, '')
		.split('|')
		.map((cell) => cell.trim());
}

/** All tables of a text, without the line of dashes. */
export function tablesIn(text: string): Table[] {
	const blocks = text.matchAll(/(<!-- table: [^\n]+\n\n)?((?:^\|.*\n?)+)/gm);
	return [...blocks].map(([, marker, block = '']) => {
		const [head = '', , ...rows] = block.trimEnd().split('\n');
		return { head: cells(head), rows: rows.map(cells), derived: marker !== undefined };
	});
}

/** The first table below a heading. */
export function table(document: string, title: string): Table {
	const [first] = tablesIn(section(document, title));
	if (!first) throw new Error(`${document} has no table below "${title}"`);
	return first;
}

export const column = (rows: Row[], index: number): string[] => rows.map((row) => row[index] ?? '');
