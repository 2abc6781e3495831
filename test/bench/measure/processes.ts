import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

/** What a process group has used, by Linux's /proc. */
export interface GroupUsage {
	/** Seconds, of children that have ended, too. */
	cpuSeconds: number;
	/** Bytes, of all its processes together. Pages they share are counted for each. */
	residentBytes: number;
}

const CLOCK_TICKS = systemValue('CLK_TCK');
const PAGE_BYTES = systemValue('PAGESIZE');

function systemValue(name: string): number {
	return Number(execFileSync('getconf', [name], { encoding: 'utf8' }));
}

/** Every process group of this machine by its id. */
export function usageByGroup(): Map<number, GroupUsage> {
	const groups = new Map<number, GroupUsage>();
	for (const entry of readdirSync('/proc')) {
		if (!/^\d+$/.test(entry)) continue;
		const found = statOf(entry);
		if (!found) continue;
		const { cpuSeconds, residentBytes } = groups.get(found.group) ?? {
			cpuSeconds: 0,
			residentBytes: 0,
		};
		groups.set(found.group, {
			cpuSeconds: cpuSeconds + found.cpuSeconds,
			residentBytes: residentBytes + found.residentBytes,
		});
	}
	return groups;
}

/** See proc(5); undefined when the process has just ended. */
function statOf(pid: string): (GroupUsage & { group: number }) | undefined {
	let stat: string;
	try {
		stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
	} catch {
		return undefined;
	}
	// The second field is a name that may hold spaces; it ends with the last ")". So this begins with field 3.
	const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
	const field = (number: number) => Number(fields[number - 3]);
	const ticks = field(14) + field(15) + field(16) + field(17);
	return {
		group: field(5),
		cpuSeconds: ticks / CLOCK_TICKS,
		residentBytes: field(24) * PAGE_BYTES,
	};
}

/** From now on `peakResidentBytes` tells the peak since this moment. */
export function resetPeak(pid: number): void {
	writeFileSync(`/proc/${pid}/clear_refs`, '5');
}

/** The most memory that one process had at any moment, kept by the kernel. */
export function peakResidentBytes(pid: number): number {
	return statusBytes(pid, 'VmHWM');
}

export function residentBytes(pid: number): number {
	return statusBytes(pid, 'VmRSS');
}

function statusBytes(pid: number, name: string): number {
	const status = readFileSync(`/proc/${pid}/status`, 'utf8');
	const found = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status);
	if (!found) throw new Error(`/proc/${pid}/status has no ${name}`);
	return Number(found[1]) * 1024;
}
