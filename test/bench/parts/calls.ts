import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Workflow } from '../../e2e/lib';
import { executionsOf, post, untilTaken } from '../../e2e/trigger/workflows';
import { usageByGroup } from '../measure/processes';
import { triggerAlone, webhookAlone } from '../workflows/calls';
import { type Host, startHost } from '../world/host';
import { type KlingService, startKlingService } from '../world/simulator';
import type { BenchContext } from './context';
import { publish, saveKlingCredential } from './variants';

const WARM_UP = 10;
/** n8n has started nothing more for so long: then all is over. */
const QUIET_MS = 10_000;

/** What became of many calls that came at the same moment, each sent once. */
export interface CallsRow {
	title: string;
	calls: number;
	/** How many were answered so, by status; 0: n8n hung up. */
	answers: Record<number, number>;
	executions: number;
	/** Until the last call was answered. */
	seconds: number;
	/** Of n8n and its children, until all executions were over. */
	cpuSeconds: number;
}

interface Burst {
	title: string;
	workflow: Workflow & { path?: string };
	bodies: unknown[];
}

/** So many calls at once to n8n's Webhook node and to the Kling Trigger, each in an n8n of its own. */
export async function measureCalls(context: BenchContext): Promise<CallsRow[]> {
	const { tarball, ends, options, say } = context;
	const service = await startKlingService({ taskSeconds: 1, slots: options.calls + WARM_UP }, ends);
	const ids = await makeTasks(service, options.calls + WARM_UP);
	const bodies = (status: string) => ids.map((id) => ({ task_id: id, task_status: status }));
	const rows: CallsRow[] = [];
	const bursts: Array<(credentialId: string) => Burst> = [
		() => ({
			title: "n8n's Webhook node",
			workflow: webhookAlone('bench-calls'),
			bodies: bodies('succeed'),
		}),
		(credentialId) => ({
			title: 'Kling Trigger: tasks that succeeded, each confirmed with the service',
			workflow: triggerAlone('bench-calls', credentialId),
			bodies: bodies('succeed'),
		}),
		(credentialId) => ({
			title: 'Kling Trigger: tasks that go on, which start nothing',
			workflow: triggerAlone('bench-calls', credentialId),
			bodies: bodies('processing'),
		}),
	];
	for (const burstWith of bursts) {
		say('starting an n8n');
		const host = await startHost(tarball, ends);
		const burst = burstWith(await saveKlingCredential(host, service));
		say(`${options.calls} calls: ${burst.title}`);
		rows.push(await measure(host, burst));
		await host.stop();
	}
	await service.stop();
	return rows;
}

async function makeTasks({ baseUrl, apiKey }: KlingService, count: number): Promise<string[]> {
	const ids: string[] = [];
	while (ids.length < count) {
		const response = await fetch(`${baseUrl}/v1/videos/text2video`, {
			method: 'POST',
			headers: { Authorization: `Bearer ${apiKey}`, 'Content-Type': 'application/json' },
			body: JSON.stringify({ model_name: 'kling-v2-5-turbo', prompt: `Boat ${ids.length}` }),
		});
		const answer = z.object({ data: z.object({ task_id: z.string() }) });
		ids.push(answer.parse(await response.json()).data.task_id);
	}
	// They succeed after a second.
	await sleep(1500);
	return ids;
}

async function measure(host: Host, { title, workflow, bodies }: Burst): Promise<CallsRow> {
	await publish(host, workflow);
	// Addresses that the Kling node gives to a service tell what kind of task it is; without that the trigger has to search.
	const url = `${host.rest.baseUrl}/webhook/${workflow.path ?? workflow.name}?kind=text2video`;
	const first = bodies.slice(0, WARM_UP);
	const rest = bodies.slice(WARM_UP);
	await untilTaken(url);
	for (const body of first) await post(url, body);
	await untilQuiet(host, workflow.name);
	const { count: before } = await executionsOf(host, workflow.name);
	const cpuBefore = cpuOf(host);
	const begin = Date.now();
	const statuses = await Promise.all(rest.map(async (body) => await statusOf(url, body)));
	const seconds = (Date.now() - begin) / 1000;
	await untilQuiet(host, workflow.name);
	const { count } = await executionsOf(host, workflow.name);
	const answers: Record<number, number> = {};
	for (const status of statuses) answers[status] = (answers[status] ?? 0) + 1;
	return {
		title,
		calls: rest.length,
		answers,
		executions: count - before,
		seconds,
		cpuSeconds: cpuOf(host) - cpuBefore,
	};
}

const cpuOf = ({ pid }: Host): number => usageByGroup().get(pid)?.cpuSeconds ?? 0;

/** The status; 0 where n8n hung up. */
async function statusOf(url: string, body: unknown): Promise<number> {
	return await post(url, body).then(
		({ status }) => status,
		() => 0,
	);
}

/** Until no execution is under way, and none has been added for a while. */
async function untilQuiet(host: Host, workflowId: string): Promise<void> {
	let last = -1;
	let since = Date.now();
	while (Date.now() - since < QUIET_MS) {
		await sleep(1000);
		const { count, results } = await executionsOf(host, workflowId);
		const isQuiet = count === last && results.every(({ status }) => isOver(status));
		if (!isQuiet) since = Date.now();
		last = count;
	}
}

function isOver(status: string): boolean {
	return ['success', 'error', 'crashed', 'canceled'].includes(status);
}
