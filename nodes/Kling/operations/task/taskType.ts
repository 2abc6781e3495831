import type { INodePropertyOptions } from 'n8n-workflow';

import { isKind } from '../../../shared/core/kinds';
import type { Kind } from '../../../shared/core/kinds';
import { sortedBy } from '../../../shared/core/sort';
import { kindOptions } from '../../../shared/n8n/outputParameters';
import { checkOffered } from '../../../shared/providers/checkRequest';
import type { Parameter } from '../../parameters/field';
import type { ItemReader } from '../../parameters/reader';
import { choice } from '../../parameters/types';

/** How a choice of kinds differs: what it is for, and the value that stands for no certain kind. */
interface MadeBySpec {
	description: string;
	any: INodePropertyOptions & { value: string };
}

/**
 * The choice of a kind of task, undefined for the value that stands for none. Throws `invalidInput`, or `notOffered` where
 * the service lacks the kind.
 */
export function madeBy({ description, any }: MadeBySpec): Parameter<Kind | undefined, ItemReader> {
	const { properties, read } = choice({
		displayName: 'Made By',
		name: 'taskKind',
		default: any.value,
		description,
		options: sortedBy([any, ...kindOptions], ({ name }) => name),
	});
	return {
		properties,
		read(item) {
			const kind = read(item);
			if (!isKind(kind)) return undefined;
			checkOffered(item.provider, kind);
			return kind;
		},
	};
}
