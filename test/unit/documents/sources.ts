/** What documents may name: the words of the code, the files, and the labels of the editor. */
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { INodeParameterResourceLocator, INodeProperties } from 'n8n-workflow';

import { KlingApi } from '../../../credentials/KlingApi.credentials';
import { Kling } from '../../../nodes/Kling/Kling.node';
import { RESOURCES } from '../../../nodes/Kling/operations';
import { KlingTrigger } from '../../../nodes/KlingTrigger/KlingTrigger.node';
import { isGroup, isOption, membersOf } from '../properties';
import { ROOT } from './markdown';

const TEXT = /\.(ts|mjs|js|json|yml|sh)$|^run$/;
const OWN = join('test', 'unit', 'documents');

function filesBelow(folder: string): string[] {
	return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
		const path = join(folder, entry.name);
		if (!entry.isDirectory()) return [path];
		return entry.name === 'node_modules' || path === OWN ? [] : filesBelow(path);
	});
}

const PRODUCT = ['nodes', 'credentials', 'scripts', 'examples'];
const ALL = [...PRODUCT, 'test', 'docs', '.github', '.ci'];

/** The paths of all files of the repository, from its root. */
export const FILES = [
	...readdirSync(ROOT).filter((name) => statSync(join(ROOT, name)).isFile()),
	...ALL.flatMap(filesBelow),
];

function textOf(folders: string[]): string {
	const inFolders = FILES.filter((file) => folders.some((folder) => file.startsWith(`${folder}/`)));
	return ['package.json', ...inFolders.filter((file) => TEXT.test(file.split('/').at(-1) ?? ''))]
		.map((file) => readFileSync(join(ROOT, file), 'utf8'))
		.join('\n')
		.replaceAll('&lt;', '<')
		.replaceAll('&gt;', '>');
}

/** The text of all files that a user has to do with. */
export const PRODUCT_TEXT = textOf(PRODUCT);

/** The text of all files but these tests. */
export const ALL_TEXT = textOf(ALL.filter((folder) => folder !== 'docs'));

const nodes = [new Kling().description, new KlingTrigger().description];

/** A property with all that it holds. */
function withMembers(property: INodeProperties): INodeProperties[] {
	return [property, ...membersOf(property).flatMap(withMembers)];
}

/** Every property of both nodes, members of collections included. */
export const PROPERTIES = nodes.flatMap(({ properties }) => properties.flatMap(withMembers));

/** The members of the collections that the nodes call Options. */
export const OPTIONS = PROPERTIES.filter(
	({ type, displayName }) => type === 'collection' && displayName === 'Options',
).flatMap(membersOf);

const isLocator = (value: unknown): value is INodeParameterResourceLocator =>
	typeof value === 'object' && value !== null && 'cachedResultName' in value;

function labelsOf(property: INodeProperties): string[] {
	const { displayName, options = [], modes = [] } = property;
	const choices = options.filter(isOption);
	return [
		displayName,
		...options.filter(isGroup).map((group) => group.displayName),
		...choices.flatMap(({ name, action }) => (action === undefined ? [name] : [name, action])),
		...modes.map((mode) => mode.displayName),
		...(isLocator(property.default) ? [property.default.cachedResultName ?? ''] : []),
	];
}

const credential = new KlingApi();

/** What the editor shows of the nodes and the credential. */
export const LABELS = new Set([
	...nodes.map(({ displayName }) => displayName),
	...PROPERTIES.flatMap(labelsOf),
	credential.displayName,
	...credential.properties.flatMap(labelsOf),
]);

/** The operations of each resource, by their names in the editor. */
export const OPERATIONS = new Map(
	Object.values(RESOURCES).map(({ name, operations }) => [
		name,
		Object.values(operations).map((operation) => operation.name),
	]),
);
