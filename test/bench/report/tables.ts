import type { CallsRow } from '../parts/calls';
import type { DownloadResult, DownloadRun, DownloadRuns } from '../parts/download';
import type { HostileResult } from '../parts/hostile';
import type { LoadResult } from '../parts/load';
import type { MemoryResult } from '../parts/memory';
import type { ResumeResult } from '../parts/resume';
import type { SlowBodiesRow } from '../parts/slowBodies';
import { percentile, type Summary } from '../measure/statistics';
import { mb, ms, number, seconds, table } from './format';

export const addedBytes = ({ before, waiting }: MemoryResult): number => waiting.rss - before.rss;

export function memoryTable(results: readonly MemoryResult[]): string {
	const heads = ['Executions', 'With none', 'Added', 'Of that JavaScript', 'CPU per minute added'];
	return table(
		['', ...heads],
		results.map((result) => [
			result.title,
			String(result.executions),
			mb(result.before.rss),
			mb(addedBytes(result)),
			mb(result.waiting.heapUsed - result.before.heapUsed),
			`${number(result.cpuWaiting - result.cpuBefore)} s`,
		]),
	);
}

export function resumeTable({ wait, kling, look }: ResumeResult): string {
	const rows: Array<[string, Summary]> = [
		["n8n's Wait node", wait],
		['This node, suspended', kling],
		['… of which until its check reaches the service', look],
	];
	return table(
		['', 'Repetitions', 'Median', 'p95', 'Least', 'Most'],
		rows.map(([title, summary]) => [title, ...summaryCells(summary)]),
	);
}

function summaryCells({ count, median, p95, least, most }: Summary): string[] {
	return [String(count), ms(median), ms(p95), ms(least), ms(most)];
}

const peaks = (runs: readonly DownloadRun[]): number[] =>
	runs.map(({ peakBytes, beforeBytes }) => peakBytes - beforeBytes);

/** What the size of the file costs: the worst large download over the middle one of the small ones. */
export function addedBySize({ small, large }: DownloadRuns): number {
	return Math.max(...peaks(large)) - percentile(peaks(small), 0.5);
}

export function downloadTable({ downloadMiB, kling, http }: DownloadResult): string {
	const rows: Array<[string, DownloadRuns]> = [
		['This node', kling],
		["n8n's HTTP Request node", http],
	];
	const list = (runs: readonly DownloadRun[]) => peaks(runs).map(mb).join(', ');
	return table(
		['', 'Video of 29 kB', `Video of ${downloadMiB} MiB`, 'Added by the size', 'Took'],
		rows.map(([title, runs]) => [
			title,
			list(runs.small),
			list(runs.large),
			mb(addedBySize(runs)),
			runs.large.map((run) => seconds(run.seconds)).join(', '),
		]),
	);
}

export function hostileTable({ mib, rows }: HostileResult): string {
	return table(
		['', `Memory that an answer of ${mib} MiB adds`, 'Longest block', 'Took', 'Execution'],
		rows.map(({ title, addedBytes, blockedMs, seconds: took, status }) => [
			title,
			mb(addedBytes),
			ms(blockedMs),
			seconds(took),
			status,
		]),
	);
}

function answersCell(answers: Record<number, number>): string {
	const cells = Object.entries(answers).map(
		([status, count]) => `${count} × ${status === '0' ? 'hung up' : status}`,
	);
	return cells.length > 0 ? cells.join(', ') : 'none';
}

export function slowBodiesTable(rows: readonly SlowBodiesRow[]): string {
	return table(
		['', 'Connections', 'Answers', 'Last answer after', 'Memory held', 'Memory at most'],
		rows.map(({ title, connections, answers, seconds: took, heldBytes, peakBytes }) => [
			title,
			String(connections),
			answersCell(answers),
			seconds(took),
			mb(heldBytes),
			mb(peakBytes),
		]),
	);
}

export function callsTable(rows: readonly CallsRow[]): string {
	return table(
		['', 'Calls', 'Answers', 'Executions', 'All answered after', 'CPU per call'],
		rows.map(({ title, calls, answers, executions, seconds: took, cpuSeconds }) => [
			title,
			String(calls),
			answersCell(answers),
			String(executions),
			seconds(took),
			ms((cpuSeconds * 1000) / calls),
		]),
	);
}

export function loadTable({
	inN8n,
	alone,
	theirs,
	packedBytes,
	unpackedBytes,
	files,
}: LoadResult): string {
	const times: Array<[string, Summary]> = [
		['Load, n8n-workflow and zod being loaded already, as in n8n', inN8n],
		['n8n-workflow and zod themselves', theirs],
		['Load with nothing loaded before', alone],
	];
	return [
		table(
			['', 'Repetitions', 'Median', 'p95', 'Least', 'Most'],
			times.map(([title, summary]) => [title, ...summaryCells(summary)]),
		),
		`The packed package has ${number(packedBytes / 1000, 0)} kB, unpacked ${number(unpackedBytes / 1000, 0)} kB in ${files} files, and no dependencies.`,
	].join('\n\n');
}
