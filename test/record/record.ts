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

/**
 * The record with new entries in the place of those before. What was not run stays; of the same size (`full` or not) only
 * where it is still `made`.
 */
export function renewed(before: Entries, entries: Entries, made: Iterable<string>, full: boolean) {
	const keys = new Set(made);
	const kept = Object.entries(before).filter(([key]) => isFull(key) !== full || keys.has(key));
	const all = Object.entries({ ...Object.fromEntries(kept), ...entries });
	return Object.fromEntries(all.sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** Which entries are new, which have changed and which are gone, a line each. */
export function changes(before: Entries, after: Entries): string {
	const differs = (key: string) => JSON.stringify(before[key]) !== JSON.stringify(after[key]);
	const told = (title: string, keys: string[]) =>
		[`${title} (${keys.length})`, ...keys.map((key) => `  ${key}`)].join('\n');
	return [
		told('New', notIn(before, after)),
		told(
			'Changed',
			Object.keys(before).filter((key) => key in after && differs(key)),
		),
		told('Gone', notIn(after, before)),
	].join('\n');
}

const notIn = (some: Entries, all: Entries) => Object.keys(all).filter((key) => !(key in some));

/** Stores a record. */
export function writeRecord(record: Entries): void {
	writeFileSync(FILE, `${JSON.stringify(record, null, '\t')}\n`);
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
export function help(key: string, isNew: boolean): string {
	if (isNew) return `${key} is new: npm run record -- --update adds it to the record.`;
	return [
		`What leaves or comes out has changed: ${key}.`,
		'To see the lines, run this here and in a checkout of the state before, with another folder each:',
		`  RECORD_OUT=/tmp/after npm run record -- ${isFull(key) ? '' : '--small '}&& diff -r /tmp/before /tmp/after`,
		'To accept an intended change: npm run record -- --update',
	].join('\n');
}
