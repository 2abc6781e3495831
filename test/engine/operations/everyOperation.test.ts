/**
 * All that belongs to an operation is there: one test each, which says what is missing, and in which file. Whether it is
 * right, the tests of those files say. CONTRIBUTING.md tells the same in words ("Adding an operation").
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import type { INode } from 'n8n-workflow';

import { RESOURCES } from '../../../nodes/Kling/operations';
import type { GenerationOperation } from '../../../nodes/Kling/operations/types';
import { WAIT_OPTIONS } from '../../../nodes/Kling/parameters/waiting';
import { KINDS, resultTypesOf } from '../../../nodes/shared/core/kinds';
import { OPERATIONS as DEFINITIONS } from '../../../nodes/shared/core/operations';
import { fileOptions } from '../../../nodes/shared/n8n/outputParameters';
import { OPERATIONS_ZH } from '../../../scripts/tables/chinese';
import { OPERATION_NAMES, triedBy } from '../../record/requests';
import { TASK_KINDS } from '../../simulator/types';
import { read } from '../../unit/documents/markdown';
import { FIELDS, WITHOUT_WATERMARK } from '../../unit/panelFields';
import { membersOf } from '../../unit/properties';
import { VALUES } from '../../unit/requestValues';
import { readSaved, VERSIONS } from '../saved/workflows';
import { OPERATIONS as ROWS } from './cells';

const ALL = Object.entries(RESOURCES).flatMap(([resource, { name: title, operations }]) =>
	Object.entries(operations).map(([value, operation]) => ({
		resource,
		title,
		value,
		name: operation.name,
		operation,
	})),
);

type One = (typeof ALL)[number];
/** Whether something is there, and what is missing if not. */
type Part = readonly [isThere: boolean, what: string];

const SECTIONS = read('docs/operations.md').split(/^## /m);
const CHANGES = read('CHANGELOG.md').split('\n');
const SAVED = VERSIONS.flatMap((version) => readSaved(version).flatMap(({ nodes }) => nodes)).map(
	keyOf,
);
const SIMULATED: readonly string[] = TASK_KINDS;
const RULES = 'test/unit/simulator';
const TESTED = readdirSync(RULES, { withFileTypes: true })
	.filter((entry) => entry.isFile())
	.map(({ name }) => read(join(RULES, name)))
	.join('\n');

/** The operation of a node as n8n stores it: without what is the default. */
function keyOf({ parameters: { resource = 'video', operation } }: INode): string {
	return `${String(resource)}/${String(operation ?? RESOURCES[String(resource)]?.defaultOperation)}`;
}

function isInManual({ title, name }: One): boolean {
	const own = SECTIONS.find((section) => section.startsWith(`${title}\n`));
	return [own?.includes(`**${name}**`), SECTIONS.join('').includes(`**${title} → ${name}**`)].some(
		Boolean,
	);
}

/** Of every operation, also of one that only reads. */
function partsOfAll(one: One): Part[] {
	const { resource, title, value, name } = one;
	const key = `${resource}/${value}`;
	const told = name.replace(/^Generate /, '');
	return [
		[key in FIELDS, `'${key}' in FIELDS of test/unit/panelFields.ts`],
		[key in OPERATIONS_ZH, `'${key}' in OPERATIONS_ZH of scripts/tables/chinese.ts`],
		[isInManual(one), `"- **${name}** …" below "${title}" in docs/operations.md`],
		[
			CHANGES.some((line) => line.includes(title) && line.includes(told)),
			`${title}: ${name} in CHANGELOG.md`,
		],
	];
}

/** The last thing, because it is made of the rest. */
function partsOfSaved({ resource, value, operation }: One): Part[] {
	const update = 'SAVED_UPDATE=1 npx jest test/engine/savedWorkflows.test.ts';
	const how =
		operation.type === 'generate'
			? `after its row in cells, ${update} -t "workflow of ${value}$"`
			: `its parameters in QUERIES of test/engine/saved/workflows.ts, then ${update}`;
	return [[SAVED.includes(`${resource}/${value}`), `its saved workflow: ${how}`]];
}

/** Of the kind of task that an operation makes. */
function partsOfKind({ kind, name }: GenerationOperation): Part[] {
	const { shape, offers, path }: KindParts = KINDS[kind];
	const paths = [path, offers.solutions?.path.slice(1)].filter((one) => one !== undefined);
	const makesOne = resultTypesOf(kind).length === 1;
	return [
		...paths.flatMap((one): Part[] => [
			[SIMULATED.includes(one), `'${one}' in TASK_KINDS of test/simulator/types.ts`],
			[TESTED.includes(one), `a test of what is refused at ${one}, in ${RULES}`],
		]),
		...Object.keys(shape).map((field): Part => [
			// These two have a value in every test there.
			field in VALUES || ['kind', 'prompt'].includes(field),
			`a value of ${field} in test/unit/requestValues.ts`,
		]),
		[
			makesOne || read('docs/output.md').includes(`*${name}*`),
			`what *${name}* makes besides, in docs/output.md`,
		],
	];
}

interface KindParts {
	path?: string;
	shape: object;
	offers: { solutions?: { path: string } };
}

/** Waiting is tried once for all operations (test/record/waiting.ts); files are not downloaded in the record. */
const OF_ALL = [...WAIT_OPTIONS, { properties: fileOptions() }]
	.flatMap(({ properties }) => properties)
	.map(({ name }) => name);

/** Every parameter is tried, and every option. */
function partsOfRecord(value: string, { properties, options }: GenerationOperation): Part[] {
	if (!OPERATION_NAMES.includes(value))
		return [[false, `'${value}' in OPERATIONS of test/record/requests.ts`]];
	const tried = triedBy(value);
	const own = membersOf(options).filter(({ name }) => !OF_ALL.includes(name));
	const untried = (name: string, list: string, file: string): string =>
		`${name} in ${list} of '${value}' in test/record/requests.ts, its values in ${file}; or a case in furtherCases.ts`;
	return [
		...properties.map(({ name }): Part => [
			tried.parameters.has(name),
			untried(name, 'top', 'values.ts'),
		]),
		...own.map(({ name }): Part => [
			tried.options.has(name),
			untried(name, 'options', 'optionValues.ts'),
		]),
	];
}

/** Of an operation that makes something. */
function partsOfMaking({ value }: One, operation: GenerationOperation): Part[] {
	const isMarked = membersOf(operation.options).some(({ name }) => name === 'watermark');
	return [
		[ROWS.some((row) => row.operation === value), 'its row in test/engine/operations/cells'],
		[
			isMarked !== WITHOUT_WATERMARK.includes(value),
			`${isMarked ? 'not ' : ''}'${value}' in WITHOUT_WATERMARK of test/unit/panelFields.ts`,
		],
		...partsOfRecord(value, operation),
		...partsOfKind(operation),
	];
}

it.each(ALL)('$title → $name has all that belongs to it', (one) => {
	const { operation } = one;
	const making = operation.type === 'generate' ? partsOfMaking(one, operation) : [];
	const parts = [...partsOfAll(one), ...making, ...partsOfSaved(one)];
	const missing = parts.filter(([isThere]) => !isThere);
	if (missing.length === 0) return;
	const list = missing.map(([, what]) => `- ${what}`).join('\n');
	throw new Error(`${one.title} → ${one.name} still needs:\n${list}`);
});

it.each(DEFINITIONS)('$kind is made by an operation of the editor', ({ kind }) => {
	const makers = ALL.filter(({ operation }) => 'kind' in operation && operation.kind === kind);
	if (makers.length > 0) return;
	throw new Error(`${kind} still needs its panel: nodes/Kling/operations/<resource>/<name>.ts`);
});
