/** Who offers what: one column per kind of service. */
import { RESOURCES } from '../../nodes/Kling/operations';
import type { Operation } from '../../nodes/Kling/operations/types';
import { ALL_KINDS, KINDS } from '../../nodes/shared/core/kinds';
import { servedModels } from '../../nodes/shared/core/modelService';
import type { Offers } from '../../nodes/shared/core/operations/define';
import { retirementAt } from '../../nodes/shared/core/retiredModels';
import { fieldName } from '../../nodes/shared/core/requests';
import { ALL_PROVIDERS } from '../../nodes/shared/providers';
import type { Provider } from '../../nodes/shared/providers';
import { PATHS } from '../../nodes/shared/providers/newStandard/models';
import { OPERATIONS_ZH, RESOURCES_ZH, SERVICES_ZH, translated } from './chinese';
import { code, yes } from './markdown';
import type { Table } from './markdown';

/** The services as columns; both official regions are one. */
const COLUMNS: ReadonlyArray<[title: string, services: readonly string[]]> = [
	['Kling Official', ['klingGlobal', 'klingChina']],
	['Ace Data Cloud', ['aceData']],
	['OpenAI-HK', ['openaiHk']],
	['Other relay', ['relay']],
];

const TITLES = COLUMNS.map(([title]) => title);

/** What holds for all services of a column. Throws where they differ, since a column has one word for them. */
function perColumn(what: (provider: Provider) => string): string[] {
	return COLUMNS.map(([title, services]) => {
		const words = ALL_PROVIDERS.filter(({ service }) => services.includes(service)).map(what);
		const [word = '', ...others] = [...new Set(words)];
		if (others.length > 0)
			throw new Error(`${title}: the services differ (${word}, ${others.join(', ')})`);
		return word;
	});
}

/** Stands for "yes" where all models of an operation have ended, or are said to have. */
export const ENDING = 'perhaps gone';

/** Whether all models that a service has for an operation have ended, or are said to have. */
function isEnding(operation: Operation, provider: Provider): boolean {
	if (operation.type !== 'generate') return false;
	const { kind } = operation;
	const models = servedModels(provider, kind);
	return (
		models.length > 0 &&
		models.every((id) => retirementAt(provider.service, kind, id) !== undefined)
	);
}

function isOffered(operation: Operation, provider: Provider): boolean {
	return operation.type === 'generate'
		? provider.offers[operation.kind] !== undefined
		: (operation.offeredBy?.(provider) ?? true);
}

/** An operation with the values that choose it in the editor, and what each column says about it. */
interface OperationRow {
	resource: { value: string; name: string };
	value: string;
	name: string;
	offered: string[];
}

function operationRows(): OperationRow[] {
	return Object.entries(RESOURCES).flatMap(([resource, { name: title, operations }]) =>
		Object.entries(operations).map(([value, operation]) => ({
			resource: { value: resource, name: title },
			value,
			name: operation.name,
			offered: perColumn((provider) =>
				isOffered(operation, provider) && isEnding(operation, provider)
					? ENDING
					: yes(isOffered(operation, provider)),
			),
		})),
	);
}

export function operationsTable(): Table {
	return {
		head: ['Resource', 'Operation', ...TITLES],
		rows: operationRows().map(({ resource, name, offered }) => [resource.name, name, ...offered]),
	};
}

/** The same with the Chinese names beside the labels of the editor. */
export function operationsTableZh(): Table {
	return {
		head: [
			'中文名称',
			'Resource',
			'Operation',
			...TITLES.map((title) => translated(SERVICES_ZH, title)),
		],
		rows: operationRows().map(({ resource, value, name, offered }) => [
			translated(OPERATIONS_ZH, `${resource.value}/${value}`),
			`${resource.name}（${translated(RESOURCES_ZH, resource.value)}）`,
			name,
			...offered.map((word) => ({ yes: '✓', [ENDING]: '或已下线' })[word] ?? word),
		]),
	};
}

/** The display names of all fields that official Kling takes in some operation the service offers, and the service in none. */
function fieldsLackedBy({ offers }: Provider): string[] {
	const official = ALL_PROVIDERS[0]?.offers ?? {};
	const taken = new Set(Object.values(offers).flat());
	const names = ALL_KINDS.filter((kind) => offers[kind]).flatMap((kind) =>
		(official[kind] ?? [])
			.filter((field) => !taken.has(field))
			.map((field) => fieldName(kind, field)),
	);
	return [...new Set(names)].sort();
}

export function lackedFieldsTable(): Table {
	return {
		head: ['Service', 'Fields'],
		rows: ALL_PROVIDERS.map((provider) => [
			provider.label,
			fieldsLackedBy(provider).join(', '),
		]).filter(([, fields]) => fields !== ''),
	};
}

export function defaultModelsTable(): Table {
	const rows = ALL_KINDS.map((kind) => [
		KINDS[kind].label,
		...perColumn(({ defaultModels }) => {
			const model = defaultModels[kind];
			return model === undefined ? '–' : code(model);
		}),
	]);
	return {
		head: ['', ...TITLES],
		rows: rows.filter((row) => row.some((cell) => cell.startsWith('`'))),
	};
}

const paths = (...all: Array<string | undefined>) =>
	all.flatMap((path) => (path === undefined ? [] : [code(path)])).join(', ') || '–';

/** Every family of calls that makes tasks: what Kling calls it, where the node has it, and where each service does. */
export function familiesTable(): Table {
	return {
		head: ['Family', 'In this node', ...TITLES],
		rows: ALL_KINDS.map((kind) => {
			const { label, title, path }: { label: string; title: string; path?: string } = KINDS[kind];
			const { legacy, solutions, aceData, openaiHk, relay = legacy }: Offers = KINDS[kind].offers;
			const old = path === undefined ? undefined : `/v1/${path}`;
			const { [kind]: newer } = PATHS;
			return [
				label,
				title,
				paths(legacy && old, newer && `/${newer}/…`, solutions?.path),
				paths(aceData?.path),
				paths(openaiHk && old),
				paths(relay && old),
			];
		}),
	};
}
