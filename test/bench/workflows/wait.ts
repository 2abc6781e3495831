import type { Workflow } from '../../e2e/lib';
import { buildWorkflow, inARow, type Step, webhook } from './build';
import { NEXT } from './kling';

/** Where the resume URL can be read while the execution waits. */
export const ADDRESS = 'Address';

const address: Step = {
	name: ADDRESS,
	type: 'n8n-nodes-base.set',
	typeVersion: 3.4,
	parameters: {
		assignments: {
			assignments: [
				{ id: 'url', name: 'url', type: 'string', value: '={{ $execution.resumeUrl }}' },
			],
		},
		options: {},
	},
};

/** n8n's own Wait node until somebody calls, and a node behind it. */
export function waitForCall(path: string): Workflow {
	const wait: Step = {
		name: 'Wait',
		type: 'n8n-nodes-base.wait',
		typeVersion: 1.1,
		parameters: { resume: 'webhook', httpMethod: 'POST', options: {} },
		more: { webhookId: `${path}-resume` },
	};
	return buildWorkflow(
		path,
		[webhook(path), address, wait, NEXT],
		inARow('Webhook', ADDRESS, 'Wait', 'Next'),
	);
}
