/** What was measured, kept in a file that docs/compatibility.md is made from. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { byVersion } from './order';

const FILE = join(__dirname, 'measured.json');

const column = z.object({
	/** Day of the run, as `2026-11-29`. */
	date: z.string(),
	/** Major version of the Node that n8n ran on. */
	node: z.string(),
	/** By the names of the checks; one that is missing was not tried. */
	results: z.record(z.enum(['passed', 'failed'])),
});

const measured = z.record(column);

/** The results of one version. */
export type Column = z.infer<typeof column>;

/** All results by the versions, oldest first. */
export function readMeasured(): Array<[version: string, column: Column]> {
	const columns = measured.parse(JSON.parse(readFileSync(FILE, 'utf8')));
	return sorted(Object.entries(columns));
}

function sorted(columns: Array<[string, Column]>): Array<[string, Column]> {
	return columns.sort(([one], [other]) => byVersion(one, other));
}

/** The results of a run of the checks, as jest tells them. */
export interface Run {
	node: string;
	tests: ReadonlyArray<{ title: string; status: string }>;
}

/** All results with those of one version renewed, oldest version first. `date` is the day of the run. */
export function withRun(
	all: ReadonlyArray<[version: string, column: Column]>,
	version: string,
	{ node, tests }: Run,
	date: string,
): Array<[version: string, column: Column]> {
	const results: Column['results'] = {};
	for (const { title, status } of tests) {
		if (status === 'passed' || status === 'failed') results[title] = status;
	}
	const others = all.filter(([known]) => known !== version);
	return sorted([...others, [version, { date, node, results }]]);
}

/** Renews the results of one version in the file. */
export function keep(version: string, run: Run): void {
	const today = new Date().toISOString().slice(0, 10);
	const all = withRun(readMeasured(), version, run, today);
	writeFileSync(`${FILE}.new`, `${JSON.stringify(Object.fromEntries(all), null, '\t')}\n`);
	renameSync(`${FILE}.new`, FILE);
}

/** The day when a version was measured last; undefined when it was not. */
export function lastTried(version: string): string | undefined {
	return readMeasured().find(([known]) => known === version)?.[1].date;
}
