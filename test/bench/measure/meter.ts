import type { GroupUsage } from './processes';
import { usageByGroup } from './processes';

const EVERY_MS = 200;

/** What a process group used in a span of time. */
export interface Usage {
	cpuSeconds: number;
	/** Resident at its begin, in bytes. */
	firstBytes: number;
	/** The most that was seen, in bytes. */
	peakBytes: number;
}

interface Sample {
	time: number;
	usage: Map<number, GroupUsage>;
}

/** Watches the memory of process groups by looking at all of them a few times per second. */
export class Meter {
	private readonly samples: Sample[] = [];
	private readonly timer: NodeJS.Timeout;

	/** @param watched ids of the groups that will be asked about */
	constructor(private readonly watched: readonly number[]) {
		this.timer = setInterval(() => this.sample(), EVERY_MS);
		this.timer.unref();
	}

	/** Begins a span for some groups; the returned function ends it and tells what each used, in order. */
	begin(groups: readonly number[]): () => Usage[] {
		const first = this.sample();
		return () => {
			const last = this.sample();
			const span = this.samples.filter(({ time }) => time >= first.time && time <= last.time);
			return groups.map((group) => ({
				cpuSeconds: of(last, group).cpuSeconds - of(first, group).cpuSeconds,
				firstBytes: of(first, group).residentBytes,
				peakBytes: Math.max(...span.map((sample) => of(sample, group).residentBytes)),
			}));
		};
	}

	stop(): void {
		clearInterval(this.timer);
	}

	private sample(): Sample {
		const all = usageByGroup();
		const usage = new Map(
			this.watched.flatMap((group) => {
				const found = all.get(group);
				return found ? [[group, found] as const] : [];
			}),
		);
		const sample = { time: Date.now(), usage };
		this.samples.push(sample);
		return sample;
	}
}

function of({ usage }: Sample, group: number): GroupUsage {
	const found = usage.get(group);
	if (!found) throw new Error(`The processes of group ${group} have ended`);
	return found;
}
