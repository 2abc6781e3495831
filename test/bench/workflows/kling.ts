import type { Workflow } from '../../e2e/lib';
import { CREDENTIAL_TYPE, NODE_TYPE } from '../../e2e/world';
import { buildWorkflow, EACH_PROMPT, inARow, type Step, webhook } from './build';

/** The fastest model of the node's table: it looks for the first time about when the simulated tasks are done. */
export const MODEL = 'kling-v2-5-turbo';

export interface KlingSettings {
	/** In n8n. */
	credentialId: string;
	waitMode: 'poll' | 'suspend';
	/** Members of Options. */
	options?: Record<string, unknown>;
	download: boolean;
}

/** Our node, as it comes when it is dropped on the canvas, but for what is given. */
export function klingStep({ credentialId, waitMode, options = {}, download }: KlingSettings): Step {
	return {
		name: 'Kling',
		type: NODE_TYPE,
		typeVersion: 1,
		parameters: {
			resource: 'video',
			operation: 'text2video',
			model: { __rl: true, mode: 'list', value: MODEL },
			prompt: '={{ $json.prompt }}',
			quality: 'std',
			duration: 5,
			waitMode,
			options,
			download,
		},
		more: { credentials: { [CREDENTIAL_TYPE]: { id: credentialId, name: 'Kling' } } },
	};
}

/** A video per prompt. */
export function klingWorkflow(path: string, settings: KlingSettings): Workflow {
	return buildWorkflow(
		path,
		[webhook(path), EACH_PROMPT, klingStep(settings)],
		inARow('Webhook', 'Each Prompt', 'Kling'),
	);
}

/** The same with a node behind it, to see when that one starts. */
export function klingThenNext(path: string, settings: KlingSettings): Workflow {
	return buildWorkflow(
		path,
		[webhook(path), EACH_PROMPT, klingStep(settings), NEXT],
		inARow('Webhook', 'Each Prompt', 'Kling', 'Next'),
	);
}

/** Does nothing. */
export const NEXT: Step = {
	name: 'Next',
	type: 'n8n-nodes-base.noOp',
	typeVersion: 1,
	parameters: {},
};
