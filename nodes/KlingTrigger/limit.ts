/** Lets work in, a few at a time; the others wait their turn. Rejects as the work does. */
export type Gate = <T>(work: () => Promise<T>) => Promise<T>;

/** A gate through which `width` pass at the same time. Throws what `full` makes, instead of letting more than `most` wait. */
export function gateOf(width: number, most: number, full: () => Error): Gate {
	let inside = 0;
	const waiting: Array<() => void> = [];
	return async (work) => {
		if (inside < width) {
			inside += 1;
		} else {
			if (waiting.length >= most) throw full();
			// Whoever leaves hands over the place, so nobody slips in between.
			await new Promise<void>((enter) => waiting.push(enter));
		}
		try {
			return await work();
		} finally {
			const next = waiting.shift();
			if (next) next();
			else inside -= 1;
		}
	};
}
