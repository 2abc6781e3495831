import type { Json } from '../../shared/core/json';

/** Callbacks have some ten levels. What n8n stores is written level by level, which fails for what is nested without end. */
export const MOST_LEVELS = 100;

/** Whether a value has more than so many levels of lists and objects: `exceedsDepth([[1]], 1)` is true. Goes no deeper. */
export function exceedsDepth(value: Json, levels: number): boolean {
	if (typeof value !== 'object' || value === null) return false;
	return levels <= 0 || Object.values(value).some((part) => exceedsDepth(part, levels - 1));
}
