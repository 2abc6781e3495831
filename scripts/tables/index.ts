/**
 * Writes the tables of the documents from the code: `npm run docs`. With `--check` it writes nothing, and ends with 1 where
 * a table is stale.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { compatibilityNotes, compatibilityTable } from './compatibility';
import { errorCodesTable, errorCodesTableZh } from './errorCodes';
import { withTables } from './markdown';
import type { Table } from './markdown';
import {
	modelKindsTable,
	retiredModelsTable,
	videoFunctionsTable,
	videoModelsTable,
} from './models';
import { optionsTable } from './options';
import {
	defaultModelsTable,
	familiesTable,
	lackedFieldsTable,
	operationsTable,
	operationsTableZh,
} from './services';

const ROOT = join(__dirname, '../..');

/** The documents with tables from the code. */
export const DOCUMENTS = [
	'README.md',
	'README.zh-CN.md',
	'docs/compatibility.md',
	'docs/models.md',
	'docs/operations.md',
	'docs/sources.md',
	'docs/troubleshooting.md',
	'docs/zh-CN/troubleshooting.md',
];

/** All tables by the names that the markers give them. */
export function allTables(): Record<string, Table> {
	return {
		operations: operationsTable(),
		'operations-zh': operationsTableZh(),
		options: optionsTable(),
		families: familiesTable(),
		'lacked-fields': lackedFieldsTable(),
		'model-kinds': modelKindsTable(),
		'retired-models': retiredModelsTable(),
		'video-models': videoModelsTable(),
		'video-functions': videoFunctionsTable(),
		'default-models': defaultModelsTable(),
		'error-codes': errorCodesTable(),
		'error-codes-zh': errorCodesTableZh(),
		compatibility: compatibilityTable(),
		'compatibility-notes': compatibilityNotes(),
	};
}

/** A document as it is, and as it is to be. */
export function renderDocument(document: string): { path: string; now: string; wanted: string } {
	const path = join(ROOT, document);
	const now = readFileSync(path, 'utf8');
	return { path, now, wanted: withTables(now, allTables()) };
}

const staleIn = (documents: readonly string[]) =>
	documents.map(renderDocument).filter(({ now, wanted }) => now !== wanted);

/** Writes those of these documents that are stale. */
export function writeDocuments(documents: readonly string[]): void {
	for (const { path, wanted } of staleIn(documents)) writeFileSync(path, wanted);
}

function main(check: boolean): number {
	const stale = staleIn(DOCUMENTS);
	if (!check) writeDocuments(DOCUMENTS);
	const names = stale.map(({ path }) => path.slice(ROOT.length + 1)).join(', ');
	if (check && names) console.error(`Stale tables in ${names}: run "npm run docs"`);
	else console.log(names ? `Written: ${names}` : 'All tables are current.');
	return check && names ? 1 : 0;
}

if (require.main === module) process.exitCode = main(process.argv.includes('--check'));
