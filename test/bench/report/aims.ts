import type { SlowBodiesRow } from '../parts/slowBodies';
import type { SizeResult } from '../parts/waiting';
import { mb, ms, number, table } from './format';
import type { Results } from './results';
import { addedBySize, addedBytes } from './tables';
import { requestsPerTask } from './waiting';

type Aim = [what: string, aim: string, found: string, met: boolean];

/** What was aimed at, and what was found; only what was measured. */
export function aimTable({
	waiting,
	resume,
	memory,
	download,
	hostile,
	slowBodies,
	load,
}: Partial<Results>): string {
	const sizesOf = (key: string) =>
		waiting?.variants.find((variant) => variant.key === key)?.sizes ?? [];
	const suspended = memory?.find(({ key }) => key === 'suspended');
	const aims = [
		...pollingAims(sizesOf('polling').at(-1)),
		...suspendedAim(sizesOf('suspended').filter(fitsSlots)),
		resume &&
			atMost(
				"Suspended: resume, against n8n's Wait node (medians)",
				resume.kling.median / resume.wait.median,
				1.2,
				(ratio) => `${number(ratio)} ×`,
			),
		suspended &&
			atMost(
				`Suspended: memory for ${suspended.executions} executions`,
				addedBytes(suspended),
				30e6,
				mb,
			),
		download &&
			atMost(
				`Memory that a video of ${download.downloadMiB} MiB adds`,
				addedBySize(download.kling),
				64e6,
				mb,
			),
		hostile &&
			atMost(
				`Memory that a hostile answer of ${hostile.mib} MiB adds`,
				hostile.rows[0]?.addedBytes ?? Infinity,
				200e6,
				mb,
			),
		...slowBodiesAim(slowBodies?.[0]),
		load && atMost('Load in n8n (median)', load.inN8n.median, 60, ms),
	].filter((aim) => aim !== undefined);
	return table(
		['', 'Goal', 'Found', ''],
		aims.map(([what, aim, found, met]) => [what, aim, found, met ? '✔' : '✖ missed']),
	);
}

/** @param failed an execution that failed misses its aim, whatever the number */
function atMost(
	what: string,
	found: number,
	most: number,
	show: (value: number) => string,
	failed?: string,
): Aim {
	return [what, `≤ ${show(most)}`, show(found), failed === undefined && found <= most];
}

/** A call that is not answered misses the aim, too; 0 stands for those that n8n hung up on. */
function slowBodiesAim(row: SlowBodiesRow | undefined): Aim[] {
	if (!row) return [];
	const { connections, answers, heldBytes } = row;
	const { 0: _hungUp, ...answered } = answers;
	const count = Object.values(answered).reduce((sum, one) => sum + one, 0);
	const failure = count === connections ? undefined : 'not all were answered';
	const name = `Memory held by ${connections} slow bodies with a wrong token, all of them answered`;
	return [atMost(name, heldBytes, 30e6, mb, failure)];
}

function pollingAims(size: SizeResult | undefined): Aim[] {
	if (!size) return [];
	const { items, wallSeconds, idealSeconds, failure } = size;
	const name = `Polling, ${items} items`;
	const ideals = (value: number) => `${number(value)} × ideal`;
	return [
		atMost(`${name}: wall time`, wallSeconds / idealSeconds, 1.15, ideals, failure),
		atMost(`${name}: requests per finished task`, requestsPerTask(size), 2, number, failure),
	];
}

function suspendedAim(sizes: readonly SizeResult[]): Aim[] {
	if (sizes.length === 0) return [];
	const looks = sizes.reduce((sum, { counts }) => sum + counts.looks, 0);
	const callbacks = sizes.reduce((sum, { counts }) => sum + counts.callbacks, 0);
	return [
		[
			'Suspended, no more items than slots: polls',
			'none: one check before, then only when called',
			`${looks} checks, ${callbacks} callbacks, ${sizes.length} executions`,
			looks <= callbacks + sizes.length && sizes.every(({ failure }) => failure === undefined),
		],
	];
}

/** With more items than slots the node has to look until the last one is submitted. */
function fitsSlots({ idealSeconds }: SizeResult, _: number, sizes: readonly SizeResult[]): boolean {
	return idealSeconds === Math.min(...sizes.map((size) => size.idealSeconds));
}
