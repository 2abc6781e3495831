import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { type Rest, RestError } from './rest';
import { n8nGeneration } from './underTest';

const workflowNode = z
	.object({
		name: z.string(),
		type: z.string(),
		parameters: z.record(z.unknown()),
		credentials: z.record(z.object({ id: z.string(), name: z.string() })).optional(),
	})
	.passthrough();

const workflowFile = z
	.object({ name: z.string(), nodes: z.array(workflowNode), connections: z.record(z.unknown()) })
	.passthrough();

/** A workflow as the editor exports it. */
export type Workflow = z.infer<typeof workflowFile>;

const stored = z.object({ id: z.string(), versionId: z.string() });

const WEBHOOK = 'n8n-nodes-base.webhook';
const MANUAL = 'n8n-nodes-base.manualTrigger';
const FORM = 'n8n-nodes-base.formTrigger';
const TRIGGERS = new Set([
	MANUAL,
	'n8n-nodes-base.scheduleTrigger',
	'@n8n/n8n-nodes-langchain.chatTrigger',
]);

/** Is it this node, or the tool for agents that n8n makes of it? */
const isOfType = (type: string, nodeType: string) =>
	type === nodeType || type === `${nodeType}Tool`;

export function readWorkflow(file: string): Workflow {
	return workflowFile.parse(JSON.parse(readFileSync(file, 'utf8')));
}

/** The same workflow with every node that takes this kind of credential using the given one. */
export function withCredential(
	workflow: Workflow,
	{ nodeType, type, id, name }: { nodeType: string; type: string; id: string; name: string },
): Workflow {
	const nodes = workflow.nodes.map((node) =>
		isOfType(node.type, nodeType)
			? { ...node, credentials: { ...node.credentials, [type]: { id, name } } }
			: node,
	);
	return { ...workflow, nodes };
}

/** `more` over what is there; of the collection Options, member by member. */
function merged(parameters: Record<string, unknown>, more: Record<string, unknown>) {
	const [there, added] = [parameters.options, more.options] as Array<object | undefined>;
	return { ...parameters, ...more, ...(added ? { options: { ...there, ...added } } : {}) };
}

/** The same workflow with further parameters, and options, in every node of a type. */
export function withParameters(
	workflow: Workflow,
	nodeType: string,
	more: Record<string, unknown>,
): Workflow {
	const nodes = workflow.nodes.map((node) =>
		isOfType(node.type, nodeType) ? { ...node, parameters: merged(node.parameters, more) } : node,
	);
	return { ...workflow, nodes };
}

/** Where a call starts the workflow: behind the address of a webhook, or of a form. */
export function webhookPath(workflow: Workflow): string {
	const trigger = workflow.nodes.find(({ type }) => type === WEBHOOK || type === FORM);
	const path = trigger?.type === FORM ? trigger.webhookId : trigger?.parameters.path;
	if (typeof path !== 'string') throw new Error(`${workflow.name} has no webhook`);
	return path;
}

/** The name of the node behind the button "Execute workflow". */
export function manualTrigger(workflow: Workflow): string {
	const trigger = workflow.nodes.find(({ type }) => type === MANUAL);
	if (!trigger) throw new Error(`${workflow.name} has no manual trigger`);
	return trigger.name;
}

export async function workflowIds(rest: Rest): Promise<Set<string>> {
	const list = await rest.get('/workflows', z.array(z.object({ id: z.string() })));
	return new Set(list.map(({ id }) => id));
}

/** The workflow as it is in n8n now, edited or not. */
export async function loadWorkflow(rest: Rest, id: string): Promise<Workflow> {
	return await rest.get(`/workflows/${id}`, workflowFile);
}

/** The same workflow, started by a POST to this path instead of by hand, clock or chat. A form stays one, with this path. */
export function withWebhook(workflow: Workflow, path: string): Workflow {
	const parameters = { httpMethod: 'POST', path, responseMode: 'onReceived', options: {} };
	const nodes = workflow.nodes.map((node) => {
		if (node.type === FORM) return { ...node, webhookId: path };
		if (!TRIGGERS.has(node.type)) return node;
		return { ...node, type: WEBHOOK, typeVersion: 2, webhookId: path, parameters };
	});
	return { ...workflow, nodes };
}

/** Stores the workflow under this id, over the one that is there. Tells the id: n8n 1.x gives new ones an id of its own. */
export async function saveWorkflow(rest: Rest, id: string, workflow: Workflow): Promise<string> {
	const content = { ...workflow, active: undefined, versionId: undefined };
	try {
		const { versionId } = await rest.get(`/workflows/${id}`, stored);
		await rest.patch(`/workflows/${id}?forceSave=true`, { ...content, versionId }, stored);
		return id;
	} catch (error) {
		if (!(error instanceof RestError) || ![403, 404].includes(error.status)) throw error;
		return (await createWorkflow(rest, id, workflow)).id;
	}
}

/** Stores a new workflow, under this id where n8n lets one choose it. Tells the id that it has, and its version. */
export async function createWorkflow(
	rest: Rest,
	id: string,
	workflow: Workflow,
): Promise<z.infer<typeof stored>> {
	// Some versions fail without being told that it is not active.
	const content = { ...workflow, id, active: false, versionId: undefined };
	return await rest.post('/workflows', content, stored);
}

/**
 * Makes the workflow's triggers work; n8n 2.x calls it "publish". `version` is the one to publish, if it is known; else it is
 * asked for.
 */
export async function activate(rest: Rest, id: string, version?: string): Promise<void> {
	const versionId = version ?? (await rest.get(`/workflows/${id}`, stored)).versionId;
	if (n8nGeneration() === 1) {
		await rest.patch(`/workflows/${id}`, { active: true, versionId }, z.unknown());
	} else {
		await rest.post(`/workflows/${id}/activate`, { versionId }, z.unknown());
	}
}
