/**
 * Runs work one after another, in the order in which it comes. Written here, because n8n 2.0 and older versions do not bring
 * `p-limit` along.
 */
export interface OneAtATime {
	/** What runs and what waits: 0 when idle. */
	readonly count: number;
	/** Resolves or rejects as the work does. */
	run<T>(work: () => Promise<T>): Promise<T>;
}

export function oneAtATime(): OneAtATime {
	let count = 0;
	let last: Promise<unknown> = Promise.resolve();
	return {
		get count() {
			return count;
		},
		async run(work) {
			count += 1;
			const mine = last.then(work);
			last = mine.catch(() => undefined);
			try {
				return await mine;
			} finally {
				count -= 1;
			}
		},
	};
}
