const numbers = (version: string) => version.split('.').map(Number);

/** For `sort`: below 0 when the first version is the older one. */
export function byVersion(one: string, other: string): number {
	const [left, right] = [numbers(one), numbers(other)];
	const at = left.findIndex((number, index) => number !== right[index]);
	return at < 0 ? 0 : (left[at] ?? 0) - (right[at] ?? 0);
}

export const olderThan = (one: string, other: string): boolean => byVersion(one, other) < 0;
