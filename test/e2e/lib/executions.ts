import { z } from 'zod';
import { unflatten } from './flatted';
import type { Rest } from './rest';

const binary = z.object({
	id: z.string().optional(),
	data: z.string().default(''),
	mimeType: z.string(),
	fileName: z.string().optional(),
});
export type Binary = z.infer<typeof binary>;

const item = z.object({
	json: z.record(z.unknown()),
	binary: z.record(binary).optional(),
	pairedItem: z.unknown(),
});
export type OutputItem = z.infer<typeof item>;

const errorShape = z
	.object({ message: z.string(), description: z.string().nullish() })
	.passthrough();

const nodeRun = z.object({
	executionStatus: z.string().optional(),
	startTime: z.number(),
	executionTime: z.number().default(0),
	data: z.object({ main: z.array(z.array(item).nullable()).optional() }).optional(),
	error: errorShape.optional(),
});

const runData = z.object({
	resultData: z.object({
		runData: z.record(z.array(nodeRun)).default({}),
		error: errorShape.optional(),
	}),
});

const summary = z.object({ id: z.string(), status: z.string() });

/** One run of a node; times in ms since 1970. */
export interface NodeRun {
	node: string;
	start: number;
	end: number;
}

export interface Execution {
	id: string;
	status: string;
	error?: z.infer<typeof errorShape>;
	/** Items on the outputs of a node's last run; empty when it did not run. */
	outputs(nodeName: string): OutputItem[][];
	/** Every run of every node. */
	runs: NodeRun[];
}

const REGISTERED_MS = 45_000;
const UNFINISHED = new Set(['new', 'running', 'waiting', 'unknown']);

/** Calls the webhook of an active workflow and returns what it started, once that is over. */
export async function runByWebhook(
	rest: Rest,
	workflow: { id: string; path: string },
	body: unknown,
	timeoutMs: number,
): Promise<Execution> {
	const before = await newestExecution(rest, workflow.id);
	const response = await callWebhook(rest, workflow.path, body);
	if (!response.ok)
		throw new Error(`The webhook answered ${response.status}: ${await response.text()}`);
	await response.arrayBuffer();
	return await readExecution(rest, await untilOver(rest, workflow.id, before?.id, timeoutMs));
}

/** Presses "Execute workflow" and returns what it started, once that is over. */
export async function runManually(
	rest: Rest,
	workflow: { id: string; trigger: string },
	timeoutMs: number,
): Promise<Execution> {
	const before = await newestExecution(rest, workflow.id);
	await rest.post(
		`/workflows/${workflow.id}/run`,
		{ triggerToStartFrom: { name: workflow.trigger } },
		z.object({ executionId: z.string() }),
	);
	return await readExecution(rest, await untilOver(rest, workflow.id, before?.id, timeoutMs));
}

/**
 * Waits for the end of the newest execution of a workflow, which must not be the given one, and tells
 * its id. It is asked for every `everyMs`, which costs n8n a little each time.
 */
export async function untilOver(
	rest: Rest,
	workflowId: string,
	before: string | undefined,
	timeoutMs: number,
	everyMs = 250,
): Promise<string> {
	const deadline = Date.now() + timeoutMs;
	for (;;) {
		const newest = await newestExecution(rest, workflowId);
		if (newest && newest.id !== before && !UNFINISHED.has(newest.status)) return newest.id;
		if (Date.now() > deadline)
			throw new Error(
				`The workflow is still ${newest?.status ?? 'unstarted'} after ${timeoutMs / 1000} s`,
			);
		await new Promise((resolve) => setTimeout(resolve, everyMs));
	}
}

/** Calls the webhook of an active workflow, or sends its form when the body is one. */
export async function callWebhook(rest: Rest, path: string, body: unknown): Promise<Response> {
	if (!(body instanceof FormData))
		return await onceRegistered(async () => await rest.callWebhook(path, body));
	// Like a person, who sees the form first. n8n refuses one that it does not know yet before it has read
	// the files, and closes the connection under them.
	const page = await onceRegistered(async () => await rest.openForm(path));
	if (!page.ok) return page;
	await page.arrayBuffer();
	return await rest.sendForm(path, body);
}

/**
 * n8n registers the webhook of a workflow a moment after it has answered that it is active; up to half
 * a minute after, when it was killed in the middle of that the last time.
 */
async function onceRegistered(call: () => Promise<Response>): Promise<Response> {
	const deadline = Date.now() + REGISTERED_MS;
	for (;;) {
		const response = await call();
		if (response.status !== 404 || Date.now() > deadline) return response;
		await new Promise((resolve) => setTimeout(resolve, 200));
	}
}

/** The one that was started last, over or not. */
export async function newestExecution(
	rest: Rest,
	workflowId: string,
): Promise<z.infer<typeof summary> | undefined> {
	const filter = encodeURIComponent(JSON.stringify({ workflowId }));
	const page = z.object({ results: z.array(summary), running: z.array(summary).optional() });
	const { results } = await rest.get(`/executions?filter=${filter}&limit=1`, page);
	return results[0];
}

export async function readExecution(rest: Rest, id: string): Promise<Execution> {
	const { status, data } = await rest.get(
		`/executions/${id}`,
		z.object({ status: z.string(), data: z.string() }),
	);
	const { resultData } = runData.parse(unflatten(data));
	return {
		id,
		status,
		error: resultData.error,
		outputs(nodeName) {
			const run = resultData.runData[nodeName]?.at(-1);
			return (run?.data?.main ?? []).map((items) => items ?? []);
		},
		runs: Object.entries(resultData.runData).flatMap(([node, runs]) =>
			runs.map(({ startTime, executionTime }) => ({
				node,
				start: startTime,
				end: startTime + executionTime,
			})),
		),
	};
}

/** The bytes as the editor gets them for its output panel. */
export async function readBinary(rest: Rest, { id, data }: Binary): Promise<Buffer> {
	if (!id) return Buffer.from(data, 'base64');
	const response = await rest.fetch(
		'GET',
		`/rest/binary-data?action=download&id=${encodeURIComponent(id)}`,
	);
	if (!response.ok) throw new Error(`n8n does not give the binary data: ${response.status}`);
	return Buffer.from(await response.arrayBuffer());
}
