import { setTimeout as sleep } from 'node:timers/promises';
import {
	callWebhook,
	type Execution,
	newestExecution,
	readExecution,
	type Rest,
	untilOver,
} from '../../e2e/lib';
import { type Summary, summarize } from '../measure/statistics';
import { promptsFor } from '../workflows/build';
import { klingThenNext } from '../workflows/kling';
import { ADDRESS, waitForCall } from '../workflows/wait';
import { type Host, startHost } from '../world/host';
import { type KlingService, startKlingService } from '../world/simulator';
import type { BenchContext } from './context';
import { publish, saveKlingCredential } from './variants';

const WARM_UP = 5;
/** Ended by us, not by the clock. */
const TASK_SECONDS = 3600;
const KLING = 'bench-resume-kling';
const WAIT = 'bench-resume-wait';
/** n8n has stored the execution and has nothing to do when the call comes. */
const AT_REST_MS = 300;
/** Asking n8n how far it is would hold it up, so that is left until it is surely done. */
const SURELY_DONE_MS = 700;
const PATIENCE_MS = 30_000;

/** From the call that ends the wait to the start of the next node, in ms. */
export interface ResumeResult {
	wait: Summary;
	kling: Summary;
	/** From the call to the arrival of our node's look at the service. */
	look: Summary;
}

interface Scene {
	host: Host;
	service: KlingService;
}

/** Who has to be called, with which words. */
interface Call {
	url: string;
	body: string;
}

/** Resumes executions of n8n's Wait node and of ours in turns, in one n8n. */
export async function measureResume(context: BenchContext): Promise<ResumeResult> {
	const { tarball, ends, options, say } = context;
	say('starting an n8n');
	const host = await startHost(tarball, ends);
	const service = await startKlingService({ taskSeconds: TASK_SECONDS, slots: 100 }, ends);
	const scene = { host, service };
	await publish(host, waitForCall(WAIT));
	const credentialId = await saveKlingCredential(host, service);
	await publish(host, klingThenNext(KLING, { credentialId, waitMode: 'suspend', download: false }));

	const waits: number[] = [];
	const klings: Array<{ next: number; look: number }> = [];
	for (let turn = -WARM_UP; turn < options.repetitions; turn += 1) {
		const wait = await resumeWait(scene);
		const kling = await resumeKling(scene);
		if (turn < 0) continue;
		waits.push(wait);
		klings.push(kling);
	}
	await service.stop();
	await host.stop();
	return {
		wait: summarize(waits),
		kling: summarize(klings.map(({ next }) => next)),
		look: summarize(klings.map(({ look }) => look)),
	};
}

async function resumeWait({ host: { rest } }: Scene): Promise<number> {
	const id = await startWaiting(rest, WAIT);
	const [item] = (await readExecution(rest, id)).outputs(ADDRESS)[0] ?? [];
	const { sent, execution } = await resume(rest, id, WAIT, {
		url: String(item?.json.url),
		body: '{}',
	});
	return startOfNext(execution) - sent;
}

async function resumeKling({
	host: { rest },
	service,
}: Scene): Promise<{ next: number; look: number }> {
	await service.reset();
	// We call ourselves, so that both kinds of execution are called by the same process at a known time.
	await service.dropCallbacks();
	const id = await startWaiting(rest, KLING);
	const [task] = await service.tasks();
	if (!task?.callbackUrl) throw new Error('The task came without a callback URL');
	await service.finish(task.id);
	const { callbacks } = await service.ledger();
	const { sent, execution } = await resume(rest, id, KLING, {
		url: task.callbackUrl,
		body: callbacks.at(-1)?.rawBody ?? '{}',
	});
	const looks = (await service.ledger()).requests.filter(
		({ method, time }) => method === 'GET' && time >= sent,
	);
	if (!looks[0]) throw new Error('The node did not look at the task');
	return { next: startOfNext(execution) - sent, look: looks[0].time - sent };
}

/** Starts the workflow and waits until its execution is stored as waiting. Returns the execution's id. */
async function startWaiting(rest: Rest, workflowId: string): Promise<string> {
	const before = await newestExecution(rest, workflowId);
	const response = await callWebhook(rest, workflowId, promptsFor(1));
	await response.arrayBuffer();
	const deadline = Date.now() + PATIENCE_MS;
	for (;;) {
		const newest = await newestExecution(rest, workflowId);
		if (newest && newest.id !== before?.id && newest.status === 'waiting') {
			await sleep(AT_REST_MS);
			return newest.id;
		}
		if (Date.now() > deadline)
			throw new Error(`The execution of ${workflowId} is ${newest?.status ?? 'missing'}`);
		await sleep(50);
	}
}

/** `sent`: when the call left, in ms since 1970. */
async function resume(
	rest: Rest,
	id: string,
	workflowId: string,
	{ url, body }: Call,
): Promise<{ sent: number; execution: Execution }> {
	const sent = Date.now();
	const response = await fetch(url, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body,
	});
	await response.arrayBuffer();
	if (!response.ok) throw new Error(`n8n answered the call with ${response.status}`);
	await sleep(SURELY_DONE_MS);
	const over = await untilOver(rest, workflowId, undefined, PATIENCE_MS, 50);
	if (over !== id) throw new Error('Another execution was resumed');
	return { sent, execution: await readExecution(rest, id) };
}

function startOfNext({ runs }: Execution): number {
	const next = runs.find(({ node }) => node === 'Next');
	if (!next) throw new Error('The next node did not run');
	return next.start;
}
