/**
 * The values in the order of their names, whatever the case of letters, as n8n wants options to be sorted. Not by
 * `localeCompare`: its first call loads tables for some milliseconds, while n8n starts.
 */
export function sortedBy<T>(values: readonly T[], nameOf: (value: T) => string): T[] {
	const keyOf = (value: T) => nameOf(value).toLowerCase();
	return [...values].sort((one, other) => {
		const [a, b] = [keyOf(one), keyOf(other)];
		if (a === b) return 0;
		return a < b ? -1 : 1;
	});
}
