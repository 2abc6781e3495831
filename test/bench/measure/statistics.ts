/** The value below which the given share (0 to 1) of the values lies, by the nearest rank. */
export function percentile(values: readonly number[], share: number): number {
	const sorted = [...values].sort((a, b) => a - b);
	const index = Math.max(0, Math.ceil(share * sorted.length) - 1);
	const found = sorted[index];
	if (found === undefined) throw new Error('Nothing was measured');
	return found;
}

export interface Summary {
	count: number;
	median: number;
	p95: number;
	least: number;
	most: number;
}

export function summarize(values: readonly number[]): Summary {
	return {
		count: values.length,
		median: percentile(values, 0.5),
		p95: percentile(values, 0.95),
		least: percentile(values, 0),
		most: percentile(values, 1),
	};
}
