import {
	callWebhook,
	newestExecution,
	readExecution,
	type Rest,
	untilOver,
	type Workflow,
} from '../../e2e/lib';
import { peakResidentBytes, resetPeak, residentBytes } from '../measure/processes';
import { buildWorkflow, inARow, promptsFor, webhook } from '../workflows/build';
import { fileRequest } from '../workflows/http';
import { klingWorkflow } from '../workflows/kling';
import { type Host, startHost } from '../world/host';
import { type KlingService, startKlingService } from '../world/simulator';
import type { BenchContext } from './context';
import { publish, saveKlingCredential } from './variants';

const TIMES = 3;
const MIB = 1024 ** 2;
const PATIENCE_MS = 10 * 60_000;

/** One run of a workflow that downloads; bytes are of n8n's main process. */
export interface DownloadRun {
	seconds: number;
	beforeBytes: number;
	peakBytes: number;
}

/** The same workflow with a video of a few kB and with a large one: the difference is what the size costs. */
export interface DownloadRuns {
	small: DownloadRun[];
	large: DownloadRun[];
}

export interface DownloadResult {
	downloadMiB: number;
	kling: DownloadRuns;
	/** n8n's HTTP Request node with the same files. */
	http: DownloadRuns;
}

interface Way {
	workflow: Workflow;
	/** The node that downloads. */
	node: string;
	/** What the webhook is called with. */
	body: unknown;
}

/** Downloads a large video with our node and with HTTP Request, each in an n8n of its own that has just been started. */
export async function measureDownload(context: BenchContext): Promise<DownloadResult> {
	const service = await startKlingService({ taskSeconds: 1, slots: 10 }, context.ends);
	const kling = await measureWay(context, service, (credentialId) => ({
		workflow: klingWorkflow('bench-download', {
			credentialId,
			waitMode: 'poll',
			options: { initialDelay: 2, pollInterval: 1 },
			download: true,
		}),
		node: 'Kling',
		body: promptsFor(1),
	}));
	const url = kling.lastItem.videoUrl;
	await service.set({ videoPaddingBytes: 0 });
	const http = await measureWay(context, service, () => ({
		workflow: buildWorkflow(
			'bench-download',
			[webhook('bench-download'), fileRequest('={{ $json.body.url }}')],
			inARow('Webhook', 'Download'),
		),
		node: 'Download',
		body: { url },
	}));
	await service.stop();
	return { downloadMiB: context.options.downloadMiB, kling: kling.runs, http: http.runs };
}

async function measureWay(
	{ tarball, ends, options, say }: BenchContext,
	service: KlingService,
	wayFor: (credentialId: string) => Way,
): Promise<{ runs: DownloadRuns; lastItem: Record<string, unknown> }> {
	say('starting an n8n');
	const host = await startHost(tarball, ends);
	const way = wayFor(await saveKlingCredential(host, service));
	await publish(host, way.workflow);
	// The first execution loads what later ones find.
	await run(host, way);
	const runs: DownloadRuns = { small: [], large: [] };
	let lastItem: Record<string, unknown> = {};
	const repeat = async (list: DownloadRun[]) => {
		for (let turn = 0; turn < TIMES; turn += 1) {
			const { usage, json } = await run(host, way);
			list.push(usage);
			lastItem = json;
		}
	};
	await repeat(runs.small);
	await service.set({ videoPaddingBytes: options.downloadMiB * MIB });
	say(`${way.node}: downloading ${options.downloadMiB} MiB, ${TIMES} times`);
	await repeat(runs.large);
	await host.stop();
	return { runs, lastItem };
}

async function run(
	{ rest, pid, collectGarbage }: Host,
	{ workflow, node, body }: Way,
): Promise<{ usage: DownloadRun; json: Record<string, unknown> }> {
	await collectGarbage();
	const beforeBytes = residentBytes(pid);
	resetPeak(pid);
	const id = await runToEnd(rest, workflow.name, body);
	const peakBytes = peakResidentBytes(pid);
	const execution = await readExecution(rest, id);
	const [item] = execution.outputs(node)[0] ?? [];
	if (!item?.binary) throw new Error(`${node} made no file: ${execution.error?.message ?? ''}`);
	const seconds = execution.runs
		.filter((entry) => entry.node === node)
		.reduce((sum, { start, end }) => sum + (end - start) / 1000, 0);
	return { usage: { seconds, beforeBytes, peakBytes }, json: item.json };
}

async function runToEnd(rest: Rest, workflowId: string, body: unknown): Promise<string> {
	const before = await newestExecution(rest, workflowId);
	const response = await callWebhook(rest, workflowId, body);
	await response.arrayBuffer();
	return await untilOver(rest, workflowId, before?.id, PATIENCE_MS);
}
