import { setTimeout as sleep } from 'node:timers/promises';
import type { Workflow } from '../../e2e/lib';
import { post, untilTaken } from '../../e2e/trigger/workflows';
import { peakResidentBytes, resetPeak } from '../measure/processes';
import { guardedTrigger, webhookAlone } from '../workflows/calls';
import { type Host, startHost } from '../world/host';
import { startSlowCallers } from '../world/slowCallers';
import { startKlingService } from '../world/simulator';
import type { BenchContext } from './context';
import { publish, saveKlingCredential } from './variants';

/** Long enough for n8n to answer all that it will. */
const PATIENCE_MS = 40_000;
const WARM_UP_AT_ONCE = 25;

/** What calls whose bodies come a byte per second did to n8n. */
export interface SlowBodiesRow {
	title: string;
	connections: number;
	/** How many were answered so, by status, while they went on; 0: n8n hung up. */
	answers: Record<number, number>;
	/** Until the last of those was answered. */
	seconds: number;
	/** Of n8n's main process above the value before: after a garbage collection while they go on, and at most. */
	heldBytes: number;
	peakBytes: number;
}

/** So many slow bodies at once, for the Kling Trigger with a wrong token, and for n8n's Webhook node, each in an n8n of its own. */
export async function measureSlowBodies(context: BenchContext): Promise<SlowBodiesRow[]> {
	const { tarball, ends, options, say } = context;
	const service = await startKlingService({ taskSeconds: 1, slots: 1 }, ends);
	const ways: Array<{
		title: string;
		workflowFor: (credentialId: string) => Workflow & { path?: string };
	}> = [
		{
			title: 'Kling Trigger, wrong token',
			workflowFor: (credentialId) => guardedTrigger('bench-slow', credentialId),
		},
		{ title: "n8n's Webhook node", workflowFor: () => webhookAlone('bench-slow') },
	];
	const rows: SlowBodiesRow[] = [];
	for (const { title, workflowFor } of ways) {
		say(`starting an n8n: ${title}`);
		const host = await startHost(tarball, ends);
		const workflow = workflowFor(await saveKlingCredential(host, service));
		await publish(host, workflow);
		const url = `${host.rest.baseUrl}/webhook/${workflow.path ?? workflow.name}?token=x`;
		rows.push({ title, ...(await measure(host, url, options.slowBodies)) });
		await host.stop();
	}
	await service.stop();
	return rows;
}

async function measure(
	host: Host,
	url: string,
	connections: number,
): Promise<Omit<SlowBodiesRow, 'title'>> {
	await untilTaken(url);
	// What any call costs n8n, and what it keeps of that, is there before.
	for (let done = 0; done < connections; done += WARM_UP_AT_ONCE) {
		await Promise.all(Array.from({ length: WARM_UP_AT_ONCE }, async () => await post(url, {})));
	}
	const before = (await host.collectGarbage()).rss;
	resetPeak(host.pid);
	const callers = startSlowCallers(url, connections);
	await sleep(PATIENCE_MS);
	const held = (await host.collectGarbage()).rss;
	const peakBytes = peakResidentBytes(host.pid) - before;
	const { answers, lastAnswerAfter: seconds } = callers;
	callers.stop();
	return { connections, answers, seconds, heldBytes: held - before, peakBytes };
}
