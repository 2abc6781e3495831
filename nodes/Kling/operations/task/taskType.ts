import type { INodeProperties } from 'n8n-workflow';

import { KlingError } from '../../../shared/core/errors';
import { ALL_KINDS, isKind } from '../../../shared/core/kinds';
import type { Kind } from '../../../shared/core/kinds';
import { kindOptions } from '../../../shared/n8n/outputParameters';
import { checkOffered } from '../../../shared/providers/checkRequest';
import type { Session } from '../../../shared/n8n/session';

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
