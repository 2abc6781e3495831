import type { Json } from '../../shared/core/json';

/** Callbacks have some ten levels. What n8n stores is written level by level, which fails for what is nested without end. */
export const MOST_LEVELS = 100;

/** Whether a value has at most so many levels of lists and objects; looks no deeper than that. */
export function isWithin(value: Json, levels: number): boolean {
	if (typeof value !== 'object' || value === null) return true;
	return levels > 0 && Object.values(value).every((part) => isWithin(part, levels - 1));
}
