/**
 * Keeps a value per key, made when it is asked for first, and no more than `most` of them: what was used last goes to the
 * end, the oldest are given up.
 */
export function lruOf<V>(most: number, make: () => V): (key: string) => V {
	const kept = new Map<string, V>();
	return (key) => {
		const value = kept.has(key) ? (kept.get(key) as V) : make();
		kept.delete(key);
		kept.set(key, value);
		for (const oldest of kept.keys()) {
			if (kept.size <= most) break;
			kept.delete(oldest);
		}
		return value;
	};
}
