import type { INodeProperties } from 'n8n-workflow';

import { RESOURCES } from './operations';
import type { Operation, Resource } from './operations/types';

function resourceProperty(): INodeProperties {
	return {
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		default: 'video',
		options: Object.entries(RESOURCES).map(([value, { name, description }]) => ({
			name,
			value,
			description,
		})),
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
		options: Object.entries(operations).map(([value, { name, description, action }]) => ({
			name,
			value,
			description,
			action,
		})),
	};
}

/** A field that is shown for one operation only; what it depends on besides stays. */
function fieldOf(resource: string, operation: string, field: INodeProperties): INodeProperties {
	return {
		...field,
		displayOptions: {
			...field.displayOptions,
			show: { resource: [resource], operation: [operation], ...field.displayOptions?.show },
		},
	};
}

/** All properties of the node, composed from the operations. */
export function properties(): INodeProperties[] {
	const perResource = Object.entries(RESOURCES).flatMap(([resource, definition]) => [
		operationProperty(resource, definition),
		...Object.entries(definition.operations).flatMap(([operation, { fields }]) =>
			fields.map((field) => fieldOf(resource, operation, field)),
		),
	]);
	return [resourceProperty(), ...perResource];
}

/** What stands below the node on the canvas: the action in words, e.g. "Generate video from text". */
export function subtitle(resources = RESOURCES): string {
	const actions = Object.entries(resources).flatMap(([resource, { operations }]) =>
		Object.entries(operations).map(([operation, { action }]) => [
			`${resource}/${operation}`,
			action,
		]),
	);
	// Not nested by resource: n8n would take the two braces at its end for the end of the expression.
	const table = JSON.stringify(Object.fromEntries(actions));
	return `={{ (${table})[$parameter["resource"] + "/" + $parameter["operation"]] }}`;
}

/** The operation chosen in the editor; undefined for a combination that does not exist. */
export function findOperation(resource: string, operation: string): Operation | undefined {
	const definition = Object.hasOwn(RESOURCES, resource) ? RESOURCES[resource] : undefined;
	return definition && Object.hasOwn(definition.operations, operation)
		? definition.operations[operation]
		: undefined;
}
