/** Hashes of what leaves and what comes out, stored beside this file, and how they are compared and renewed. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const FILE = join(__dirname, 'record.json');

/** How many lines there are under a key, and their hash. */
export interface Entry {
	count: number;
	hash: string;
	/** Hashes of the lines by name, where a name tells more than a line number. */
	parts?: Readonly<Record<string, string>>;
}

export type Entries = Record<string, Entry>;

function hashOf(text: string, length: number): string {
	return createHash('sha256').update(text).digest('hex').slice(0, length);
}

/** Where each line has a name, it stands before the first tab. */
function partsOf(lines: readonly string[]): Pick<Entry, 'parts'> {
	if (!lines.every((line) => line.includes('\t'))) return {};
	const named = lines.map((line) => {
		const end = line.indexOf('\t');
		return [line.slice(0, end), hashOf(line.slice(end), 8)];
	});
	return { parts: Object.fromEntries(named) as Record<string, string> };
}

/** What the record keeps of the lines under a key. */
export function entryOf(lines: readonly string[]): Entry {
	return { count: lines.length, hash: hashOf(lines.join('\n'), 16), ...partsOf(lines) };
}

/** What is stored. */
export function readRecord(): Entries {
	return existsSync(FILE) ? (JSON.parse(readFileSync(FILE, 'utf8')) as Entries) : {};
}

/** Stores entries: those of the same size (`full` or not) are replaced as a whole, the others stay. */
export function writeRecord(entries: Entries, full: boolean): void {
	const others = Object.entries(readRecord()).filter(([key]) => isFull(key) !== full);
	const all = [...others, ...Object.entries(entries)].sort(([one], [other]) =>
		one < other ? -1 : 1,
	);
	writeFileSync(FILE, `${JSON.stringify(Object.fromEntries(all), null, '\t')}\n`);
}

const FULL = 'full/';

/** Under what a key is stored. */
export function storedKey(key: string, full: boolean): string {
	return full ? `${FULL}${key}` : key;
}

/** Whether a key is of the whole record, of which `npm test` makes a part. */
export function isFull(key: string): boolean {
	return key.startsWith(FULL);
}

/** Writes the lines themselves to a file below `folder`, so that two states of the package can be compared by `diff -r`. */
export function writeLines(folder: string, key: string, lines: readonly string[]): void {
	const file = join(folder, `${key}.txt`);
	mkdirSync(dirname(file), { recursive: true });
	writeFileSync(file, `${lines.join('\n')}\n`);
}

/** What to do about a difference, for whoever has just made one. */
export function help(key: string): string {
	return [
		`What leaves or comes out has changed: ${key}.`,
		'To see the lines, run this here and in a checkout of the state before, with another folder each:',
		`  RECORD_OUT=/tmp/after npm run record -- ${isFull(key) ? '' : '--small '}&& diff -r /tmp/before /tmp/after`,
		'To accept an intended change: npm run record -- --update',
	].join('\n');
}
