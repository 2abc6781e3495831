import type { SizeResult } from '../parts/waiting';
import type { Results } from './results';
import { mb, ms, number, table } from './format';
import { addedBySize, addedBytes } from './tables';
import { requestsPerTask } from './waiting';

interface Aim {
	what: string;
	aim: string;
	found: string;
	met: boolean;
}

const MOST = {
	overIdeal: 1.15,
	requestsPerTask: 2,
	overWait: 1.2,
	parkedBytes: 30e6,
	downloadBytes: 64e6,
	loadMs: 60,
};

/** What was aimed at, and what was found; only what was measured. */
export function aimTable(results: Results): string {
	const aims = [
		...waitingAims(results),
		...resumeAim(results),
		...memoryAim(results),
		...downloadAim(results),
		...loadAim(results),
	];
	return table(
		['', 'Aim', 'Found', ''],
		aims.map(({ what, aim, found, met }) => [what, aim, found, met ? '✔' : '✖ missed']),
	);
}

function waitingAims({ waiting }: Results): Aim[] {
	const sizesOf = (key: string) =>
		waiting?.variants.find((variant) => variant.key === key)?.sizes ?? [];
	const polling = sizesOf('polling').at(-1);
	const suspended = sizesOf('suspended').filter(fitsSlots);
	const aims: Aim[] = [];
	if (polling) {
		const ratio = polling.wallSeconds / polling.idealSeconds;
		const requests = requestsPerTask(polling);
		aims.push({
			what: `Polling, ${polling.items} items: wall time`,
			aim: `≤ ${MOST.overIdeal} × ideal`,
			found: `${number(ratio)} × ideal`,
			met: !polling.failure && ratio <= MOST.overIdeal,
		});
		aims.push({
			what: `Polling, ${polling.items} items: requests per finished task`,
			aim: `≤ ${MOST.requestsPerTask}`,
			found: number(requests),
			met: !polling.failure && requests <= MOST.requestsPerTask,
		});
	}
	if (suspended.length > 0) {
		const looks = suspended.reduce((sum, { counts }) => sum + counts.looks, 0);
		const callbacks = suspended.reduce((sum, { counts }) => sum + counts.callbacks, 0);
		aims.push({
			what: 'Suspended, no more items than slots: polls',
			aim: 'none: one look before, then only when called',
			found: `${looks} looks, ${callbacks} callbacks, ${suspended.length} executions`,
			met: looks <= callbacks + suspended.length && suspended.every(({ failure }) => !failure),
		});
	}
	return aims;
}

/** With more items than slots the node has to look until the last one is submitted. */
function fitsSlots({ idealSeconds }: SizeResult, _: number, sizes: readonly SizeResult[]): boolean {
	return idealSeconds === Math.min(...sizes.map((size) => size.idealSeconds));
}

function resumeAim({ resume }: Results): Aim[] {
	if (!resume?.kling) return [];
	const ratio = resume.kling.median / resume.wait.median;
	return [
		{
			what: "Suspended: resume, against n8n's Wait node (medians)",
			aim: `≤ ${MOST.overWait} ×`,
			found: `${number(ratio)} ×`,
			met: ratio <= MOST.overWait,
		},
	];
}

function memoryAim({ memory }: Results): Aim[] {
	const parked = memory?.find(({ key }) => key === 'suspended');
	if (!parked) return [];
	const added = addedBytes(parked);
	return [
		{
			what: `Suspended: memory for ${parked.executions} executions`,
			aim: `< ${mb(MOST.parkedBytes)}`,
			found: mb(added),
			met: added < MOST.parkedBytes,
		},
	];
}

function downloadAim({ download }: Results): Aim[] {
	if (!download) return [];
	const added = addedBySize(download.kling);
	return [
		{
			what: `Memory that a video of ${download.downloadMiB} MiB adds`,
			aim: `< ${mb(MOST.downloadBytes)}`,
			found: mb(added),
			met: added < MOST.downloadBytes,
		},
	];
}

function loadAim({ load }: Results): Aim[] {
	if (!load) return [];
	const { median } = load.inN8n;
	return [
		{
			what: 'Load in n8n (median)',
			aim: `< ${ms(MOST.loadMs)}`,
			found: ms(median),
			met: median < MOST.loadMs,
		},
	];
}
