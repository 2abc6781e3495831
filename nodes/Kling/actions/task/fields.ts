import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { ALL_KINDS, KINDS } from '../../../shared/kinds';

/** The kinds of task by name, for a select. */
export const kindOptions: INodePropertyOptions[] = ALL_KINDS.map((kind) => ({
	name: KINDS[kind].label,
	value: kind,
})).sort((one, other) => one.name.localeCompare(other.name));

/** Finds out by itself where the service keeps the task. */
export const FIND = 'find';

export const madeBy: INodeProperties = {
	displayName: 'Made By',
	name: 'taskKind',
	type: 'options',
	default: FIND,
	description: 'The operation that made the task: services keep each kind in a place of its own',
	options: [
		{
			name: 'Find Automatically',
			value: FIND,
			description: 'Look in all places; takes up to one request for each',
		},
		...kindOptions,
	].sort((one, other) => one.name.localeCompare(other.name)),
};
