import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { KlingError } from '../../../shared/errors';
import { ALL_KINDS, KINDS, isKind } from '../../../shared/kinds';
import type { Kind } from '../../../shared/kinds';
import { checkOffered } from '../../../shared/possible';
import type { Session } from '../../run/session';

/** The kinds of task by name, for a select. */
export const kindOptions: INodePropertyOptions[] = ALL_KINDS.map((kind) => ({
	name: KINDS[kind].label,
	value: kind,
	description: KINDS[kind].operation,
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

/** The kind that Made By names. Throws `invalidInput`, or `notOffered` where the service lacks the kind. */
export function kindNamed(
	{ provider }: Session,
	name: unknown,
	others: readonly string[] = [],
): Kind {
	if (!isKind(name)) {
		throw new KlingError(
			'invalidInput',
			`Made By must be one of ${[...others, ...ALL_KINDS].join(', ')}`,
			{ parameter: 'Made By' },
		);
	}
	checkOffered(provider, name);
	return name;
}
