/** What the trigger tests share. Their workflows: some with triggers, one whose Kling node gives their addresses to the service. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import {
	activate,
	loadWorkflow,
	type Rest,
	RestError,
	runByWebhook,
	saveCredential,
	saveWorkflow,
	withCredential,
	withWebhook,
	webhookPath,
	type Workflow,
} from '../lib';
import { CREDENTIAL_TYPE, NODE_TYPE, type Setting, TRIGGER_TYPE, type World } from '../world';

export const SECRET = 'whsec_dGVzdHNlY3JldHRlc3RzZWNyZXR0ZXN0c2VjcmV0MTI=';
const RUN_MS = 60_000;
const REGISTERED_MS = 45_000;
const PATIENCE = 30;

let workflows = 0;

/** An n8n and who is signed in there. */
export interface Host {
	rest: Rest;
	n8n: { baseUrl: string };
}

export interface Published {
	id: string;
	/** Production URLs by the names of the triggers. */
	urls: Record<string, string>;
}

/** Puts the credential into all nodes of ours. */
export async function wired(rest: Rest, workflow: Workflow, setting: Setting): Promise<Workflow> {
	const { title: name, data } = setting;
	const id = await saveCredential(rest, { name, type: CREDENTIAL_TYPE, data });
	return [NODE_TYPE, TRIGGER_TYPE].reduce(
		(done, nodeType) => withCredential(done, { nodeType, type: CREDENTIAL_TYPE, id, name }),
		workflow,
	);
}

/** A workflow with one Kling Trigger per name, not yet stored. */
export function withTriggers(parametersByName: Record<string, Record<string, unknown>>): Workflow {
	const nodes = Object.entries(parametersByName).map(([name, parameters], index) => ({
		id: randomUUID(),
		name,
		type: TRIGGER_TYPE,
		typeVersion: 1,
		position: [0, index * 200],
		parameters,
	}));
	return { name: 'Triggers', nodes, connections: {}, settings: { executionOrder: 'v1' } };
}

function urlsOf({ n8n }: Host, workflow: Workflow): Record<string, string> {
	const triggers = workflow.nodes.filter(({ type }) => type === TRIGGER_TYPE);
	return Object.fromEntries(
		triggers.map(({ name, webhookId }) => [
			name,
			`${n8n.baseUrl}/webhook/${String(webhookId)}/kling`,
		]),
	);
}

/** Gives triggers the address that they lack: some n8n before 2.30 leave that to the editor. */
function withAddresses(workflow: Workflow): { workflow: Workflow; isNew: boolean } {
	const lacks = (node: Workflow['nodes'][number]) =>
		node.type === TRIGGER_TYPE && node.webhookId === undefined;
	const nodes = workflow.nodes.map((node) =>
		lacks(node) ? { ...node, webhookId: randomUUID() } : node,
	);
	return { workflow: { ...workflow, nodes }, isNew: workflow.nodes.some(lacks) };
}

/** Stores a workflow with triggers, publishes it and waits until n8n takes calls for it. */
export async function publishTriggers(
	world: Host,
	workflow: Workflow,
	setting: Setting,
): Promise<Published> {
	workflows += 1;
	const name = `e2e-trigger-${workflows}`;
	const ready = await wired(world.rest, workflow, setting);
	const id = await saveWorkflow(world.rest, name, ready);
	// Triggers bring no address; n8n has given them one each.
	const stored = withAddresses(await loadWorkflow(world.rest, id));
	if (stored.isNew) await saveWorkflow(world.rest, id, stored.workflow);
	await activate(world.rest, id);
	const urls = urlsOf(world, stored.workflow);
	for (const url of Object.values(urls)) await untilTaken(url);
	return { id, urls };
}

/** n8n registers webhooks a moment after it has said that the workflow is published. */
export async function untilTaken(url: string): Promise<void> {
	const deadline = Date.now() + REGISTERED_MS;
	while ((await post(url, {})).status === 404) {
		if (Date.now() > deadline) throw new Error(`n8n takes no calls at ${url}`);
		await new Promise((resolve) => setTimeout(resolve, 200));
	}
}

/** Posts as a service would, or somebody who pretends to. */
export async function post(
	url: string,
	body: unknown,
	headers: Record<string, string> = {},
): Promise<{ status: number; text: string }> {
	const response = await fetch(url, {
		method: 'POST',
		headers: { connection: 'close', 'content-type': 'application/json', ...headers },
		body: typeof body === 'string' ? body : JSON.stringify(body),
	});
	return { status: response.status, text: await response.text() };
}

const MOST_POSTS = 5;

/**
 * The same with a body that is refused before all of it was read: the connection is closed under it, which the sender may
 * notice before the answer. It starts nothing, so it is sent again then.
 */
export async function postTooMuch(url: string, body: string): ReturnType<typeof post> {
	for (let tries = 1; ; tries += 1) {
		try {
			return await post(url, body);
		} catch (error) {
			if (tries === MOST_POSTS) throw error;
		}
	}
}

const summaries = z.object({
	count: z.number(),
	results: z.array(z.object({ id: z.string(), status: z.string() })),
});

/** The executions of a workflow that are over, newest first; at most 100 are listed, all are counted. */
export async function executionsOf(
	{ rest }: Pick<Host, 'rest'>,
	workflowId: string,
): Promise<z.infer<typeof summaries>> {
	const filter = encodeURIComponent(JSON.stringify({ workflowId }));
	for (let tries = 1; ; tries += 1) {
		try {
			return await rest.get(`/executions?filter=${filter}&limit=100`, summaries);
		} catch (error) {
			// "Database is not ready": what an n8n says that is too busy to look after its database.
			if (!(error instanceof RestError) || error.status !== 503 || tries === PATIENCE) throw error;
			await new Promise((resolve) => setTimeout(resolve, 1000));
		}
	}
}

const UNFINISHED = new Set(['new', 'running', 'waiting', 'unknown']);

/** Waits until a workflow has had so many executions, all over. Throws when there are more, or fewer after `ms`. */
export async function untilExecuted(
	world: Host,
	workflowId: string,
	wanted: number,
	ms = 30_000,
): Promise<Array<{ id: string; status: string }>> {
	const deadline = Date.now() + ms;
	for (;;) {
		const { count, results } = await executionsOf(world, workflowId);
		if (count > wanted) throw new Error(`There are ${count} executions instead of ${wanted}`);
		if (count === wanted && !results.some(({ status }) => UNFINISHED.has(status))) return results;
		if (Date.now() > deadline) throw new Error(`There are ${count} of ${wanted} executions`);
		await new Promise((resolve) => setTimeout(resolve, 250));
	}
}

/** The Kling node makes one task per callback address, without waiting. Returns the ids in order. */
export async function orderTasks(
	{ rest }: Host,
	setting: Setting,
	urls: string[],
): Promise<string[]> {
	const node = (name: string, type: string, typeVersion: number, parameters: object) => ({
		id: randomUUID(),
		name,
		type,
		typeVersion,
		position: [0, 0],
		parameters: { ...parameters },
	});
	const to = (name: string) => ({ main: [[{ node: name, type: 'main', index: 0 }]] });
	const workflow = {
		name: 'Order',
		nodes: [
			node('Start', 'n8n-nodes-base.manualTrigger', 1, {}),
			node('Split Out', 'n8n-nodes-base.splitOut', 1, { fieldToSplitOut: 'body.urls' }),
			node('Kling', NODE_TYPE, 1, {
				resource: 'video',
				operation: 'text2video',
				prompt: 'A paper boat',
				waitMode: 'none',
				options: { callbackUrl: '={{ $json["body.urls"] }}' },
			}),
		],
		connections: { Start: to('Split Out'), 'Split Out': to('Kling') },
		settings: { executionOrder: 'v1' },
	};
	workflows += 1;
	const name = `e2e-order-${workflows}`;
	const ready = withWebhook(await wired(rest, workflow, setting), name);
	const id = await saveWorkflow(rest, name, ready);
	await activate(rest, id);
	const run = await runByWebhook(rest, { id, path: webhookPath(ready) }, { urls }, RUN_MS);
	if (run.status !== 'success') throw new Error(run.error?.message ?? run.status);
	return (run.outputs('Kling')[0] ?? []).map(({ json }) => String(json.taskId));
}

/** The callback addresses that the service was given, newest last. */
export function givenUrls({ simulator }: Pick<World, 'simulator'>): string[] {
	return simulator.ledger.requests.flatMap(({ rawBody, method }) => {
		if (method !== 'POST' || !/"(callback_url|notify_hook)"/.test(rawBody)) return [];
		const { callback_url, notify_hook } = JSON.parse(rawBody) as Record<string, string>;
		return [callback_url ?? notify_hook ?? ''];
	});
}

export const pause = async (ms: number) => await new Promise((resolve) => setTimeout(resolve, ms));

export function settingOf({ settings }: World, title: string): Setting {
	const found = settings.find((setting) => setting.title === title);
	if (!found) throw new Error(`There is no setting ${title}`);
	return found;
}

/** The first setting: official Kling by API key. */
export const official = ({ settings }: World): Setting => settings[0]!;

/** What a call says of a task that succeeded, in the words of all services, with a forged video. */
export function succeeded(taskId: string) {
	const url = 'https://evil.example.com/v.mp4';
	return {
		task_id: taskId,
		task_status: 'succeed',
		task_result: { videos: [{ id: 'forged', url }] },
		// Ace Data Cloud's words for the same.
		success: true,
		video_url: url,
	};
}

/** Waits a moment, and then there are still that many executions. */
export async function expectNoMoreThan(world: Host, workflowId: string, count: number) {
	await pause(500);
	expect((await executionsOf(world, workflowId)).count).toBe(count);
}

/** What the only trigger of a workflow has stored of the tasks that it has started for. */
export async function seenTasks({ rest }: Host, workflowId: string): Promise<string[]> {
	const { staticData } = await rest.get(
		`/workflows/${workflowId}`,
		z.object({
			staticData: z.record(z.object({ kling: z.object({ tasks: z.array(z.string()) }) })),
		}),
	);
	return Object.values(staticData)[0]!.kling.tasks;
}
