import { join } from 'node:path';
import { manualTrigger, readWorkflow, ROOT, withParameters, type Workflow } from './lib';
import { NODE_TYPE } from './world';

/**
 * The example "text to video" as it is, but it looks often: the simulator's tasks take a second.
 * `more` are further parameters of the Kling node.
 */
export function example(more: Record<string, unknown> = {}): Workflow {
	const workflow = readWorkflow(join(ROOT, 'examples', 'text-to-video.json'));
	const quick = withParameters(workflow, NODE_TYPE, {
		prompt: "={{ $json.body.prompt || 'A paper boat' }}",
		options: { initialDelay: 1, pollInterval: 1 },
	});
	return withParameters(quick, NODE_TYPE, more);
}

/** The same with a node between trigger and Kling that makes one item of every prompt in `prompts`. */
export function exampleForMany(more: Record<string, unknown> = {}): Workflow {
	const workflow = example({ prompt: '={{ $json["body.prompts"] }}', ...more });
	const split = {
		id: 'split',
		name: 'Split Out',
		type: 'n8n-nodes-base.splitOut',
		typeVersion: 1,
		position: [160, 200],
		parameters: { fieldToSplitOut: 'body.prompts' },
	};
	const to = (node: string) => ({ main: [[{ node, type: 'main', index: 0 }]] });
	return {
		...workflow,
		nodes: [...workflow.nodes, split],
		connections: { [manualTrigger(workflow)]: to('Split Out'), 'Split Out': to('Kling') },
	};
}
