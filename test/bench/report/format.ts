const BYTES_PER_MB = 1_000_000;

export const megabytes = (bytes: number): number => bytes / BYTES_PER_MB;

/** With as many decimals as make sense for a number of this size. */
export function number(value: number, decimals = decimalsFor(value)): string {
	// A tiny negative number would be shown as -0.
	return (Number(value.toFixed(decimals)) + 0).toFixed(decimals);
}

function decimalsFor(value: number): number {
	const size = Math.abs(value);
	if (size >= 100) return 0;
	return size >= 10 ? 1 : 2;
}

export const mb = (bytes: number): string => `${number(megabytes(bytes), 1)} MB`;
export const seconds = (value: number): string => `${number(value, 1)} s`;
export const ms = (value: number): string => `${number(value, value < 100 ? 1 : 0)} ms`;

/** As Markdown. */
export function table(heads: readonly string[], rows: readonly string[][]): string {
	const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
	return [
		line(heads),
		line(heads.map((_, index) => (index === 0 ? '---' : '--:'))),
		...rows.map(line),
	].join('\n');
}
