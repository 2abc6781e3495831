import type { SizeResult, TrialResult, VariantResult, WaitingResult } from '../parts/waiting';
import { mb, number, seconds, table } from './format';

/** Creates and looks; files and callbacks come on top. */
export function requestsPerTask({ counts }: SizeResult): number {
	const { creates, refused, looks, downloads } = counts;
	return (creates + refused + looks) / downloads;
}

/** One table per number of items. */
export function waitingTables({ variants, idle }: WaitingResult): string {
	const sizes = [
		...new Set(variants.flatMap((variant) => variant.sizes.map(({ items }) => items))),
	];
	return [
		...sizes.map((items) => sizeTable(items, variants)),
		`The idle n8n had ${mb(idle.bytes)} at the start, all its processes together, and used ${number((idle.cpuSeconds * 60) / idle.seconds)} s of CPU per minute, which is subtracted above.`,
	].join('\n\n');
}

function sizeTable(items: number, variants: readonly VariantResult[]): string {
	const found = variants.flatMap(({ title, sizes }) =>
		sizes.filter((size) => size.items === items).map((size) => ({ title, size })),
	);
	const ideal = found[0]?.size.idealSeconds ?? 0;
	const heads = [
		'Wall time',
		'× ideal',
		'Creates',
		'Checks',
		'Requests per task',
		'Callbacks',
		'Files',
		'CPU',
		'Memory',
	];
	return [
		`### ${items === 1 ? 'One item' : `${items} items`}: ideal ${seconds(ideal)}`,
		table(
			['', ...heads],
			found.map(({ title, size }) => [title, ...sizeCells(size)]),
		),
	].join('\n\n');
}

function sizeCells(size: SizeResult): string[] {
	const { counts, wallSeconds, idealSeconds, cpuSeconds, peakBytes, failure } = size;
	if (failure) return [`failed: ${failure}`, ...Array.from({ length: 8 }, () => '')];
	return [
		seconds(wallSeconds),
		number(wallSeconds / idealSeconds),
		String(counts.creates + counts.refused),
		String(counts.looks),
		number(requestsPerTask(size)),
		String(counts.callbacks),
		String(counts.downloads),
		`${number(cpuSeconds)} s`,
		mb(peakBytes),
	];
}

/** What goes wrong where more items are sent off than the service takes. */
export function trialTable({ variants }: WaitingResult): string {
	const trials = variants.flatMap((variant) => variant.trials);
	if (trials.length === 0) return 'Not tried: no number of items was larger than the slots.';
	return table(
		['', 'Ends as', 'After', 'Creates', 'Tasks made and charged', 'Files', 'Message'],
		trials.map(trialCells),
	);
}

function trialCells({ title, items, status, seconds: after, counts, message }: TrialResult) {
	return [
		`${title}, ${items} items`,
		status,
		seconds(after),
		String(counts.creates + counts.refused),
		String(counts.creates),
		String(counts.downloads),
		message ?? '',
	];
}
