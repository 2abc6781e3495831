import { refuseValue } from '../../shared/core/quote';
import type { ParameterReader } from './reader';
import { number, yesNo } from './types';

/** What every Get Many has. */

/** Kling lists no more: 1000 pages of 500. */
const ALL = 500_000;
const DEFAULT_LIMIT = 50;

export const returnAll = yesNo({
	displayName: 'Return All',
	name: 'returnAll',
	default: false,
	description: 'Whether to return all results or only up to a given limit',
});

export const limit = number({
	displayName: 'Limit',
	name: 'limit',
	default: DEFAULT_LIMIT,
	min: 1,
	description: 'Max number of results to return',
	displayOptions: { show: { returnAll: [false] } },
});

/** How many to list. Throws `invalidInput`. */
export function readCount(item: ParameterReader): number {
	if (returnAll.read(item)) return ALL;
	const count = limit.read(item) ?? DEFAULT_LIMIT;
	if (Number.isInteger(count) && count >= 1 && count <= ALL) return count;
	return refuseValue('Limit', `must be a whole number from 1 to ${ALL}`, count);
}
