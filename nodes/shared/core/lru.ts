/**
 * Keeps a value per key, made when it is asked for first, and no more than `most` of them: what was used last goes to the
 * end, the oldest are given up. One that `isInUse` stays, even beyond that number.
 */
export function lruOf<V>(
	most: number,
	make: () => V,
	isInUse: (value: V) => boolean = () => false,
): (key: string) => V {
	const kept = new Map<string, V>();
	return (key) => {
		const value = kept.has(key) ? (kept.get(key) as V) : make();
		kept.delete(key);
		kept.set(key, value);
		for (const [oldest, candidate] of kept) {
			if (kept.size <= most || oldest === key) break;
			if (!isInUse(candidate)) kept.delete(oldest);
		}
		return value;
	};
}
