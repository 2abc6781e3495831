import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as prettier from 'prettier';
import { ROOT } from '../../e2e/lib';
import { WARM_UP } from '../parts/memory';
import { aimTable } from './aims';
import type { Results } from './results';
import {
	callsTable,
	downloadTable,
	hostileTable,
	loadTable,
	memoryTable,
	resumeTable,
	slowBodiesTable,
} from './tables';
import { trialTable, waitingTables } from './waiting';

const DOCUMENT = join(ROOT, 'docs', 'benchmarks.md');
const TEMPLATE = join(__dirname, 'template.md');

/** All tables of what was measured, as Markdown. */
export async function showTables(results: Partial<Results>): Promise<string> {
	const { waiting, memory, resume, download, hostile, calls, slowBodies, load } = results;
	const parts = [
		waiting && waitingTables(waiting),
		waiting && trialTable(waiting),
		memory && memoryTable(memory),
		resume && resumeTable(resume),
		download && downloadTable(download),
		hostile && hostileTable(hostile),
		calls && callsTable(calls),
		slowBodies && slowBodiesTable(slowBodies),
		load && loadTable(load),
		aimTable(results),
	];
	return await formatted(parts.filter((part) => part !== undefined).join('\n\n'));
}

/** Writes docs/benchmarks.md from the template and from a result of every part. */
export async function writeDocument(machine: string, results: Results): Promise<void> {
	const fields: Record<string, string> = {
		machine,
		aims: aimTable(results),
		waiting: waitingTables(results.waiting),
		trials: trialTable(results.waiting),
		memory: memoryTable(results.memory),
		resume: resumeTable(results.resume),
		download: downloadTable(results.download),
		hostile: hostileTable(results.hostile),
		calls: callsTable(results.calls),
		slowBodies: slowBodiesTable(results.slowBodies),
		load: loadTable(results.load),
		warmUp: String(WARM_UP.executions),
	};
	const text = readFileSync(TEMPLATE, 'utf8').replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
		const field = fields[name];
		if (field === undefined) throw new Error(`The template asks for ${name}`);
		return field;
	});
	writeFileSync(DOCUMENT, await formatted(text));
}

async function formatted(markdown: string): Promise<string> {
	const config = await prettier.resolveConfig(DOCUMENT);
	return await prettier.format(markdown, { ...config, parser: 'markdown' });
}
