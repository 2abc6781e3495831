import type { INodeProperties } from 'n8n-workflow';

import { makesFiles } from '../shared/core/kinds';
import { sortedBy } from '../shared/core/sort';
import { download } from '../shared/n8n/outputParameters';
import { RESOURCES } from './operations';
import type { Operation, Resource, Resources } from './operations/types';
import { AWAITED, waitMode } from './parameters/waiting';

/** Whether an operation has a file at once, without a task to wait for in the same panel. */
function hasFile(operation: Operation): boolean {
	return operation.type === 'task' || (operation.type === 'call' && operation.hasFile);
}

/** What follows the fields of several operations: shown once for all of them, not once for each. */
const ENDS: Array<{ isOf: (operation: Operation) => boolean; properties: INodeProperties[] }> = [
	{ isOf: ({ type }) => type === 'generate', properties: waitMode.properties },
	{
		isOf: (operation) => operation.type === 'generate' && makesFiles(operation.kind),
		properties: [
			{ ...download, displayOptions: { ...download.displayOptions, show: { waitMode: AWAITED } } },
		],
	},
	{ isOf: hasFile, properties: [download] },
];

function resourceProperty(resources: Resources): INodeProperties {
	return {
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		default: 'video',
		options: sortedBy(
			Object.entries(resources).map(([value, { name, description }]) => ({
				name,
				value,
				description,
			})),
			({ name }) => name,
		),
	};
}

function operationProperty(
	resource: string,
	{ operations, defaultOperation }: Resource,
): INodeProperties {
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		default: defaultOperation,
		displayOptions: { show: { resource: [resource] } },
		options: sortedBy(
			Object.entries(operations).map(([value, { name, description, action }]) => ({
				name,
				value,
				description,
				action,
			})),
			({ name }) => name,
		),
	};
}

/** An operation with the two values that choose it in the editor. */
interface Choice {
	resource: string;
	value: string;
	operation: Operation;
}

function choicesIn(resources: Resources): Choice[] {
	return Object.entries(resources).flatMap(([resource, { operations }]) =>
		Object.entries(operations).map(([value, operation]) => ({ resource, value, operation })),
	);
}

/** A property that is shown for some operations only; what it depends on besides stays. */
function shownFor(property: INodeProperties, choices: Choice[]): INodeProperties {
	const resource = [...new Set(choices.map((choice) => choice.resource))];
	const operation = [...new Set(choices.map(({ value }) => value))];
	const { displayOptions } = property;
	return {
		...property,
		displayOptions: { ...displayOptions, show: { resource, operation, ...displayOptions?.show } },
	};
}

/**
 * A property for some operations of all. n8n matches the two values one by one: a condition on the resources task and
 * element and on the operation get holds for task/get and for element/get. Where that shows it for an operation that does
 * not want it, there is one copy per resource.
 */
function sharedBy(property: INodeProperties, wanted: Choice[], all: Choice[]): INodeProperties[] {
	const resources = [...new Set(wanted.map(({ resource }) => resource))];
	const matched = all.filter(
		(choice) =>
			resources.includes(choice.resource) && wanted.some(({ value }) => value === choice.value),
	);
	if (matched.length === wanted.length) return [shownFor(property, wanted)];
	return resources.map((name) =>
		shownFor(
			property,
			wanted.filter(({ resource }) => resource === name),
		),
	);
}

/** All properties of the node, composed from the operations. */
export function properties(resources = RESOURCES): INodeProperties[] {
	const choices = choicesIn(resources);
	const own = Object.entries(resources).map(([name, resource]) =>
		operationProperty(name, resource),
	);
	const fields = choices.flatMap((choice) =>
		choice.operation.properties.map((property) => shownFor(property, [choice])),
	);
	const ends = ENDS.flatMap(({ isOf, properties: shared }) => {
		const wanted = choices.filter(({ operation }) => isOf(operation));
		return shared.flatMap((property) => sharedBy(property, wanted, choices));
	});
	const options = choices.map((choice) => shownFor(choice.operation.options, [choice]));
	return [resourceProperty(resources), ...own, ...fields, ...ends, ...options];
}

/** "video: from text", "task: get many": short, and not what n8n calls a node that is added by its action. */
function subtitleOf({ resource, operation }: Choice): string {
	return `${resource}: ${operation.name.toLowerCase().replace(/^generate (?=.)/, '')}`;
}

/** What stands below the node on the canvas. */
export function subtitle(resources = RESOURCES): string {
	const subtitles = choicesIn(resources).map((choice) => [
		`${choice.resource}/${choice.value}`,
		subtitleOf(choice),
	]);
	// Not nested by resource: n8n would take the two braces at its end for the end of the expression.
	const table = JSON.stringify(Object.fromEntries(subtitles));
	return `={{ (${table})[$parameter["resource"] + "/" + $parameter["operation"]] }}`;
}

/** The operation chosen in the editor; undefined for a combination that does not exist. */
export function findOperation(
	resource: string,
	value: string,
	resources = RESOURCES,
): Operation | undefined {
	return choicesIn(resources).find(
		(choice) => choice.resource === resource && choice.value === value,
	)?.operation;
}
