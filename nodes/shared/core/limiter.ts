/**
 * Runs so much work at the same time and no more, in the order in which it comes. Written here, because n8n brings `p-limit`
 * only from about 2.20 on.
 */
export interface Limiter {
	/** What runs and what waits: 0 when idle. */
	readonly count: number;
	/** Resolves or rejects as the work does. */
	run<T>(work: () => Promise<T>): Promise<T>;
}

/** A limiter that lets `width` pieces of work run at once. With 1, they run one after another. */
export function limiterOf(width: number): Limiter {
	let running = 0;
	const waiting: Array<() => void> = [];
	return {
		get count() {
			return running + waiting.length;
		},
		async run(work) {
			if (running < width) running += 1;
			// Whoever leaves hands its turn over, so that nobody slips in between.
			else await new Promise<void>((enter) => waiting.push(enter));
			try {
				return await work();
			} finally {
				const next = waiting.shift();
				if (next) next();
				else running -= 1;
			}
		},
	};
}
