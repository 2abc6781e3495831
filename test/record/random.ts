/** Chance that is the same at every run, on every machine: a linear congruential generator, with the numbers of "Numerical Recipes". */
export interface Chance {
	/** A whole number from 0 up to, but not including, `end`. */
	below(end: number): number;
	/** One of the list, which must not be empty. */
	one<T>(list: readonly T[]): T;
}

export function chanceOf(seed: string): Chance {
	let state = Array.from(seed).reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) >>> 0, 7);
	const below = (end: number): number => {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		return Math.floor((state / 2 ** 32) * end);
	};
	return { below, one: (list) => list[below(list.length)]! };
}
