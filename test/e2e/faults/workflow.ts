import type { Workflow } from '../lib';
import { CREDENTIAL_TYPE, NODE_TYPE } from '../world';

export type Mode = 'poll' | 'suspend';

/** How the Kling node of a workflow differs from the plain one. */
export interface Shape {
	mode: Mode;
	/** Parameters over the default ones. */
	parameters?: Record<string, unknown>;
	/** Options over "look every second". */
	options?: Record<string, unknown>;
	/** Settings of the node: `onError`, `retryOnFail` and the like. */
	settings?: Record<string, unknown>;
}

export const START = 'Start';
export const KLING = 'Kling';
/**
 * Gets what leaves Kling's first output, and adds to every item the prompt it came from, as `of`, and what started the
 * workflow with it, as `by`.
 */
export const AFTER = 'After';
/** The same for the error output, where there is one. */
export const FAILED = 'Failed';

const to = (...outputs: string[]) => ({
	main: outputs.map((node) => [{ node, type: 'main', index: 0 }]),
});

/** Follows an item back to the one it was made of, which works only when the node has linked them. */
function traced(name: string, index: number) {
	const of = { id: 'of', name: 'of', type: 'string', value: "={{ $('Items').item.json.prompt }}" };
	const by = { id: 'by', name: 'by', type: 'string', value: "={{ $('Start').item.json.body.by }}" };
	return {
		id: name,
		name,
		type: 'n8n-nodes-base.set',
		typeVersion: 3.4,
		position: [700, index * 200],
		parameters: { assignments: { assignments: [of, by] }, includeOtherFields: true, options: {} },
	};
}

export function klingNode(
	{ mode, parameters = {}, options = {}, settings = {} }: Shape,
	credential: { id: string; name: string },
) {
	return {
		id: KLING,
		name: KLING,
		type: NODE_TYPE,
		typeVersion: 1,
		position: [460, 0],
		credentials: { [CREDENTIAL_TYPE]: credential },
		...settings,
		parameters: {
			resource: 'video',
			operation: 'text2video',
			prompt: '={{ $json.prompt }}',
			waitMode: mode,
			options: { initialDelay: 1, pollInterval: 1, ...options },
			...parameters,
		},
	};
}

/**
 * The middle and the end of a workflow that starts with `{ body: { items: [{ prompt }, …], by } }`: one item per entry of the
 * list, Kling, and what shows where its items went.
 */
export function itemsThroughKling(
	kling: ReturnType<typeof klingNode>,
): Pick<Workflow, 'nodes' | 'connections'> {
	const items = {
		id: 'items',
		name: 'Items',
		type: 'n8n-nodes-base.splitOut',
		typeVersion: 1,
		position: [220, 0],
		parameters: { fieldToSplitOut: 'body.items', options: {} },
	};
	return {
		nodes: [items, kling, traced(AFTER, 0), traced(FAILED, 1)],
		connections: {
			Items: to(KLING),
			// Without an error output nothing ever leaves by the second one.
			[KLING]: to(AFTER, FAILED),
		},
	};
}

/** POST `{ items: [{ prompt }, …], by }` to `path`: one video each. */
export function webhookWorkflow(
	path: string,
	shape: Shape,
	credential: { id: string; name: string },
): Workflow {
	return startedBy(webhook(path), path, itemsThroughKling(klingNode(shape, credential)));
}

export function webhook(path: string) {
	return {
		id: START,
		name: START,
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		webhookId: path,
		position: [0, 0],
		parameters: { httpMethod: 'POST', path, responseMode: 'onReceived', options: {} },
	};
}

/** The whole workflow, started by this node. */
export function startedBy(
	start: Workflow['nodes'][number],
	name: string,
	{ nodes, connections }: Pick<Workflow, 'nodes' | 'connections'>,
): Workflow {
	return {
		name,
		nodes: [start, ...nodes],
		connections: { ...connections, [start.name]: to(nodes[0]!.name) },
		settings: { executionOrder: 'v1' },
	};
}
