import type { Workflow } from '../../e2e/lib';

/** A node before it has an id and a place. */
export interface Step {
	name: string;
	type: string;
	typeVersion: number;
	parameters: Record<string, unknown>;
	/** Retry On Fail and the like, and credentials. */
	more?: Record<string, unknown>;
}

/** From one node to another; `output` is the first one's, counted from 0. */
export type Wire = readonly [from: string, to: string, output?: number];

/** Puts a workflow together as the editor would store it. */
export function buildWorkflow(
	name: string,
	steps: readonly Step[],
	wires: readonly Wire[],
): Workflow {
	const connections: Record<string, { main: Array<Array<Record<string, unknown>>> }> = {};
	for (const [from, to, output = 0] of wires) {
		const { main } = (connections[from] ??= { main: [] });
		while (main.length <= output) main.push([]);
		main[output]?.push({ node: to, type: 'main', index: 0 });
	}
	const nodes = steps.map(({ more, ...step }, index) => ({
		...step,
		...more,
		id: `${name}-${index}`,
		position: [index * 240, 0],
	}));
	return { name, nodes, connections, settings: { executionOrder: 'v1' } };
}

/** Wires from each step to the next. */
export function inARow(...names: string[]): Wire[] {
	return names.slice(1).map((name, index) => [names[index] ?? '', name] as const);
}

/** Starts the workflow at a POST, and does not keep the caller. */
export function webhook(path: string): Step {
	return {
		name: 'Webhook',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		parameters: { httpMethod: 'POST', path, responseMode: 'onReceived', options: {} },
		more: { webhookId: path },
	};
}

/** Makes an item `{prompt}` of every text in `prompts` of the POST's body. */
export const EACH_PROMPT: Step = {
	name: 'Each Prompt',
	type: 'n8n-nodes-base.splitOut',
	typeVersion: 1,
	parameters: { fieldToSplitOut: 'body.prompts', options: { destinationFieldName: 'prompt' } },
};

/** For EACH_PROMPT. */
export function promptsFor(items: number): { prompts: string[] } {
	return {
		prompts: Array.from({ length: items }, (_, index) => `A paper boat on a river, no. ${index}`),
	};
}
