import { setInterval } from 'node:timers/promises';
import { callWebhook, newestExecution, readExecution, untilOver } from '../../e2e/lib';
import type { WayName } from '../options';
import { Meter } from '../measure/meter';
import { promptsFor } from '../workflows/build';
import { type Host, startHost } from '../world/host';
import type { BenchContext } from './context';
import { type Counts, type Entry, type Variant, VARIANTS } from './variants';

/** Asking an n8n how far it is costs it something, so it is seldom asked; the idle one as often. */
const ASK_EVERY_MS = 2000;
/** How much longer than the task an item may take before it is given up. */
const PATIENCE_S = { perItem: 30, once: 300 };

/** What one number of items took. */
export interface SizeResult {
	items: number;
	/** ceil(items / slots) × task time. */
	idealSeconds: number;
	wallSeconds: number;
	counts: Counts;
	/** Of n8n and its children, less what an idle n8n took in the same time. */
	cpuSeconds: number;
	/** The most that n8n and its children had above what they had at the start, less the same of an idle n8n. */
	peakBytes: number;
	/** Why the execution failed. */
	failure?: string;
}

export interface TrialResult {
	title: string;
	items: number;
	seconds: number;
	status: string;
	message?: string;
	counts: Counts;
}

export interface VariantResult {
	key: WayName;
	title: string;
	sizes: SizeResult[];
	trials: TrialResult[];
}

/** An n8n with nothing to do, to which all others are compared. */
export interface IdleResult {
	seconds: number;
	cpuSeconds: number;
	/** What it had when the first workflow started, in bytes. */
	bytes: number;
}

export interface WaitingResult {
	variants: VariantResult[];
	idle: IdleResult;
}

interface Runner {
	variant: Variant;
	host: Host;
	entry: Entry;
}

interface Scene {
	context: BenchContext;
	meter: Meter;
	idle: Host;
}

/** Runs every variant in an n8n of its own, all at the same time, beside one that does nothing. */
export async function measureWaiting(context: BenchContext): Promise<WaitingResult> {
	const { ends, tarball, say } = context;
	say('starting an n8n that will be idle');
	const idle = await startHost(tarball, ends);
	const runners: Runner[] = [];
	const { ways } = context.options;
	for (const variant of VARIANTS.filter(({ key }) => ways.includes(key))) {
		say(`starting an n8n for: ${variant.title}`);
		const host = await startHost(tarball, ends);
		runners.push({ variant, host, entry: await variant.start(host, context.options, ends) });
	}
	const meter = new Meter([idle, ...runners.map(({ host }) => host)].map(({ pid }) => pid));
	ends.add(() => meter.stop());
	const stopAsking = askNowAndThen(idle);
	const scene = { context, meter, idle };
	const begin = Date.now();
	const endIdle = meter.begin([idle.pid]);
	const variants = await Promise.all(runners.map(async (runner) => await runAll(scene, runner)));
	const [used] = endIdle();
	meter.stop();
	stopAsking();
	return {
		variants,
		idle: {
			seconds: (Date.now() - begin) / 1000,
			cpuSeconds: used?.cpuSeconds ?? 0,
			bytes: used?.firstBytes ?? 0,
		},
	};
}

async function runAll(scene: Scene, { variant, host, entry }: Runner): Promise<VariantResult> {
	const { options, say } = scene.context;
	const sizes: SizeResult[] = [];
	for (const items of options.items) {
		const result = await runSize(scene, host, entry, items);
		sizes.push(result);
		const how = result.failure ? `failed: ${result.failure}` : 'done';
		say(`${variant.title}: ${items} items, ${how} after ${result.wallSeconds.toFixed(1)} s`);
	}
	const trials: TrialResult[] = [];
	const tooMany = options.items.find((items) => items > options.slots);
	for (const trial of tooMany ? entry.trials : [])
		trials.push(await runTrial(scene, host, { ...entry, ...trial }, tooMany ?? 0));
	return { key: variant.key, title: variant.title, sizes, trials };
}

async function runSize(scene: Scene, host: Host, entry: Entry, items: number): Promise<SizeResult> {
	const { slots, taskSeconds } = scene.context.options;
	await entry.reset();
	await host.collectGarbage();
	const end = scene.meter.begin([host.pid, scene.idle.pid]);
	const { sent, id } = await runOnce(scene, host, entry.workflowId, items);
	const [used, idle] = end();
	if (!used || !idle) throw new Error('Nothing was measured');
	const execution = await readExecution(host.rest, id);
	return {
		items,
		idealSeconds: Math.ceil(items / slots) * taskSeconds,
		wallSeconds: (Math.max(...execution.runs.map((run) => run.end)) - sent) / 1000,
		counts: await entry.counts(),
		cpuSeconds: used.cpuSeconds - idle.cpuSeconds,
		peakBytes: used.peakBytes - used.firstBytes - (idle.peakBytes - idle.firstBytes),
		failure:
			execution.status === 'success' ? undefined : (execution.error?.message ?? execution.status),
	};
}

async function runTrial(
	scene: Scene,
	host: Host,
	entry: Entry & { title: string },
	items: number,
): Promise<TrialResult> {
	await entry.reset();
	const { sent, id } = await runOnce(scene, host, entry.workflowId, items);
	const { status, error, runs } = await readExecution(host.rest, id);
	return {
		title: entry.title,
		items,
		seconds: (Math.max(...runs.map((run) => run.end)) - sent) / 1000,
		status,
		message: error?.message,
		counts: await entry.counts(),
	};
}

/** Starts the workflow and waits for its end. `sent`: when it was called, in ms since 1970. */
async function runOnce(
	{ context }: Scene,
	{ rest }: Host,
	workflowId: string,
	items: number,
): Promise<{ sent: number; id: string }> {
	const before = await newestExecution(rest, workflowId);
	const sent = Date.now();
	const response = await callWebhook(rest, workflowId, promptsFor(items));
	await response.arrayBuffer();
	const patience = items * (context.options.taskSeconds + PATIENCE_S.perItem) + PATIENCE_S.once;
	const id = await untilOver(rest, workflowId, before?.id, patience * 1000, ASK_EVERY_MS);
	return { sent, id };
}

/** The idle n8n is asked as often as one that is at work. */
function askNowAndThen({ rest }: Host): () => void {
	const over = new AbortController();
	const ask = async () => {
		for await (const _ of setInterval(ASK_EVERY_MS, undefined, { signal: over.signal }))
			await newestExecution(rest, 'bench-none');
	};
	void ask().catch(() => undefined);
	return () => over.abort();
}
