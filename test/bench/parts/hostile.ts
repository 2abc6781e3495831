import { setTimeout as sleep } from 'node:timers/promises';
import {
	callWebhook,
	newestExecution,
	readExecution,
	untilOver,
	type Workflow,
} from '../../e2e/lib';
import { peakResidentBytes, resetPeak, residentBytes } from '../measure/processes';
import { getAnswer, getTask } from '../workflows/calls';
import { type Host, startHost } from '../world/host';
import { startHostileService } from '../world/hostile';
import type { BenchContext } from './context';
import { publish, saveKlingCredential } from './variants';

const TIMES = 3;
const PATIENCE_MS = 5 * 60_000;
const PROBE_EVERY_MS = 25;

/** What one answer that unpacks without end did to n8n; the worst of some runs. */
export interface HostileRow {
	title: string;
	/** The highest resident memory of n8n's main process above the value before. */
	addedBytes: number;
	/** The longest that n8n left a request for its health without answer. */
	blockedMs: number;
	seconds: number;
	/** The end of the execution, in n8n's word. */
	status: string;
}

export interface HostileResult {
	mib: number;
	rows: HostileRow[];
}

/** The same endless answer to our node and to n8n's HTTP Request, each in an n8n of its own. */
export async function measureHostile(context: BenchContext): Promise<HostileResult> {
	const { tarball, ends, options, say } = context;
	const service = await startHostileService(options.hostileMiB, ends);
	const account = { ...service, apiKey: 'a-key-0123456789' };
	const ways: Array<{ title: string; workflowFor: (credentialId: string) => Workflow }> = [
		{
			title: 'This node, Task → Get',
			workflowFor: (credentialId) => getTask('bench-hostile', credentialId),
		},
		{
			title: "n8n's HTTP Request node",
			workflowFor: () => getAnswer('bench-hostile', `${service.baseUrl}/v1/videos/text2video/1`),
		},
	];
	const rows: HostileRow[] = [];
	for (const { title, workflowFor } of ways) {
		say(`starting an n8n: ${title}`);
		const host = await startHost(tarball, ends);
		const workflow = workflowFor(await saveKlingCredential(host, account));
		await publish(host, workflow);
		const runs: HostileRow[] = [];
		for (let turn = 0; turn < TIMES; turn += 1) runs.push(await run(host, workflow, title));
		rows.push({
			title,
			addedBytes: Math.max(...runs.map(({ addedBytes }) => addedBytes)),
			blockedMs: Math.max(...runs.map(({ blockedMs }) => blockedMs)),
			seconds: Math.max(...runs.map(({ seconds }) => seconds)),
			status: [...new Set(runs.map(({ status }) => status))].join(', '),
		});
		await host.stop();
	}
	return { mib: options.hostileMiB, rows };
}

async function run(host: Host, workflow: Workflow, title: string): Promise<HostileRow> {
	const { rest, pid, collectGarbage } = host;
	await collectGarbage();
	const before = await newestExecution(rest, workflow.name);
	const beforeBytes = residentBytes(pid);
	resetPeak(pid);
	const health = watchHealth(rest.baseUrl);
	await (await callWebhook(rest, workflow.name, { id: '814237883686625347' })).arrayBuffer();
	const id = await untilOver(rest, workflow.name, before?.id, PATIENCE_MS);
	const blockedMs = await health.stop();
	const addedBytes = peakResidentBytes(pid) - beforeBytes;
	const { status, runs } = await readExecution(rest, id);
	const seconds = runs.reduce((sum, { start, end }) => sum + (end - start) / 1000, 0);
	return { title, addedBytes, blockedMs, seconds, status };
}

/** Asks n8n again and again whether it lives. `stop` tells the longest that it took to answer, in ms. */
function watchHealth(baseUrl: string): { stop: () => Promise<number> } {
	const state = { isOver: false };
	let longest = 0;
	const asking = (async () => {
		while (!state.isOver) {
			const begin = Date.now();
			await fetch(`${baseUrl}/healthz`).then(async (response) => await response.arrayBuffer());
			longest = Math.max(longest, Date.now() - begin);
			await sleep(PROBE_EVERY_MS);
		}
	})();
	return {
		async stop() {
			state.isOver = true;
			await asking;
			return longest;
		},
	};
}
