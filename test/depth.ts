/**
 * How much of what could be tried is tried. A run that people wait for takes a part of it that still meets every rule and
 * every service; `TEST_DEPTH=full`, as every night, takes all.
 */
export const isFull = process.env.TEST_DEPTH === 'full';

/** How many random examples: a quarter of what the night tries. */
export function examples(most: number): number {
	return isFull ? most : Math.ceil(most / 4);
}

/**
 * Every `step`-th of some cases. Which one it begins with goes by `turn`, so that what is combined with `step` cases or more
 * is met in all of them: `taking(3, 0, places)`, `taking(3, 1, places)` …
 */
export function taking<T>(step: number, turn: number, cases: readonly T[]): T[] {
	return cases.filter((_, index) => isFull || (index + turn) % step === 0);
}
