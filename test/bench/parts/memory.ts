import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { callWebhook, type Rest, type Workflow } from '../../e2e/lib';
import { Meter } from '../measure/meter';
import { promptsFor } from '../workflows/build';
import { klingThenNext } from '../workflows/kling';
import { waitForCall } from '../workflows/wait';
import { type Host, type Memory, startHost } from '../world/host';
import { type KlingService, startKlingService } from '../world/simulator';
import type { BenchContext } from './context';
import { publish, saveKlingCredential } from './variants';

/** Longer than any measurement. */
const TASK_SECONDS = 3600;
const SLOTS = 10_000;
/** A first few executions load modules and fill caches, which is not what is measured. */
export const WARM_UP = { executions: 20, taskSeconds: 5, patienceMs: 180_000 };
const AT_ONCE = 8;
const WATCHED_MS = 60_000;
const ALL_WAIT_MS = 120_000;

/** What an n8n needs for executions that wait. */
export interface MemoryResult {
	key: string;
	title: string;
	executions: number;
	/** Before and while they wait, each after a garbage collection. */
	before: Memory;
	waiting: Memory;
	/** CPU seconds per minute while they wait, and before. */
	cpuBefore: number;
	cpuWaiting: number;
}

interface Way {
	key: string;
	title: string;
	/** What an execution that waits is called. */
	status: 'running' | 'waiting';
	workflow(credentialId: string): Workflow;
	/** Whether the executions to warm up end by themselves. */
	ends: boolean;
}

const WAYS: readonly Way[] = [
	{
		key: 'polling',
		title: 'This node, polling',
		status: 'running',
		workflow: (credentialId) =>
			klingThenNext('bench-memory', { credentialId, waitMode: 'poll', download: false }),
		ends: true,
	},
	{
		key: 'suspended',
		title: 'This node, suspended',
		status: 'waiting',
		workflow: (credentialId) =>
			klingThenNext('bench-memory', { credentialId, waitMode: 'suspend', download: false }),
		ends: true,
	},
	{
		key: 'wait',
		title: "n8n's Wait node, on webhook call",
		status: 'waiting',
		workflow: () => waitForCall('bench-memory'),
		ends: false,
	},
];

/** Lets many executions wait, in a new n8n for each way of waiting. */
export async function measureMemory(context: BenchContext): Promise<MemoryResult[]> {
	const results: MemoryResult[] = [];
	for (const way of WAYS) results.push(await measureWay(context, way));
	return results;
}

async function measureWay(context: BenchContext, way: Way): Promise<MemoryResult> {
	const { tarball, ends, options, say } = context;
	say(`${way.title}: starting an n8n`);
	const host = await startHost(tarball, ends);
	const service = await startKlingService({ taskSeconds: TASK_SECONDS, slots: SLOTS }, ends);
	const workflow = way.workflow(await saveKlingCredential(host, service));
	await publish(host, workflow);
	await warmUp(host, service, workflow.name, way);

	const meter = new Meter([host.pid]);
	const cpuBefore = await cpuPerMinute(meter, host);
	const before = await host.collectGarbage();
	const already = await executionsIn(host.rest, workflow.name, way.status);
	say(`${way.title}: starting ${options.executions} executions`);
	await callOften(host.rest, workflow.name, options.executions);
	await untilAllWait(host.rest, workflow.name, way.status, already + options.executions);
	const cpuWaiting = await cpuPerMinute(meter, host);
	const waiting = await host.collectGarbage();
	const stillThere = await executionsIn(host.rest, workflow.name, way.status);
	if (stillThere !== already + options.executions)
		throw new Error(`${way.title}: only ${stillThere} executions still wait`);
	meter.stop();
	await service.stop();
	await host.stop();
	const { key, title } = way;
	return { key, title, executions: options.executions, before, waiting, cpuBefore, cpuWaiting };
}

async function warmUp(
	{ rest }: Host,
	service: KlingService,
	workflowId: string,
	{ status, ends }: Way,
): Promise<void> {
	await service.set({ taskSeconds: WARM_UP.taskSeconds });
	await callOften(rest, workflowId, WARM_UP.executions);
	await untilAllWait(rest, workflowId, status, WARM_UP.executions);
	const deadline = Date.now() + WARM_UP.patienceMs;
	while (ends && (await executionsIn(rest, workflowId, status)) > 0) {
		if (Date.now() > deadline) throw new Error('The executions to warm up do not end');
		await sleep(1000);
	}
	await service.reset();
}

async function callOften(rest: Rest, path: string, times: number): Promise<void> {
	let left = times;
	const call = async () => {
		while (left > 0) {
			left -= 1;
			const response = await callWebhook(rest, path, promptsFor(1));
			await response.arrayBuffer();
			if (!response.ok) throw new Error(`The webhook answered ${response.status}`);
		}
	};
	await Promise.all(Array.from({ length: AT_ONCE }, call));
}

async function untilAllWait(
	rest: Rest,
	workflowId: string,
	status: string,
	count: number,
): Promise<void> {
	const deadline = Date.now() + ALL_WAIT_MS;
	for (;;) {
		const found = await executionsIn(rest, workflowId, status);
		if (found >= count) return;
		if (Date.now() > deadline)
			throw new Error(`Only ${found} of ${count} executions are ${status}`);
		await sleep(500);
	}
}

async function executionsIn(rest: Rest, workflowId: string, status: string): Promise<number> {
	const filter = encodeURIComponent(JSON.stringify({ workflowId, status: [status] }));
	const { count } = await rest.get(
		`/executions?filter=${filter}&limit=1`,
		z.object({ count: z.number() }),
	);
	return count;
}

async function cpuPerMinute(meter: Meter, { pid }: Host): Promise<number> {
	const end = meter.begin([pid]);
	await sleep(WATCHED_MS);
	const [used] = end();
	return ((used?.cpuSeconds ?? 0) * 60_000) / WATCHED_MS;
}
