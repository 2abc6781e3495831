import { z } from 'zod';
import { callWebhook, newestExecution } from './executions';
import type { Rest } from './rest';
import { until } from './until';

const STARTED_MS = 10_000;

/** Calls the webhook of an active workflow and tells the id of the execution that it started. */
export async function startByWebhook(
	rest: Rest,
	workflow: { id: string; path: string },
	body: unknown,
): Promise<string> {
	const before = await newestExecution(rest, workflow.id);
	const response = await callWebhook(rest, workflow.path, body);
	if (!response.ok) throw new Error(`The webhook answered ${response.status}`);
	await response.arrayBuffer();
	let started: string | undefined;
	await until(STARTED_MS, 'the webhook has started an execution', async () => {
		started = (await newestExecution(rest, workflow.id))?.id;
		return started !== undefined && started !== before?.id;
	});
	return String(started);
}

/**
 * Waits until an execution has a status, as n8n's list of executions shows it: new, running, waiting,
 * success, error, crashed or canceled.
 */
export async function untilStatus(
	rest: Rest,
	executionId: string,
	wanted: string,
	timeoutMs: number,
): Promise<void> {
	await until(timeoutMs, `execution ${executionId} has the status ${wanted}`, async () => {
		const answer = z.object({ status: z.string() });
		return (await rest.get(`/executions/${executionId}`, answer)).status === wanted;
	});
}

/** Presses Retry on a failed execution, and tells how that ended. */
export async function retry(
	rest: Rest,
	executionId: string,
): Promise<{ id: string; status: string }> {
	const ended = z.object({ id: z.string(), status: z.string() });
	return await rest.post(`/executions/${executionId}/retry`, { loadWorkflow: false }, ended);
}
