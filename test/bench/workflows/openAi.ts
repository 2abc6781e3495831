import type { Workflow } from '../../e2e/lib';
import { buildWorkflow, EACH_PROMPT, inARow, type Step, webhook } from './build';

/** n8n's own video node, as it comes, with a credential that leads to the stub. */
export function openAiWorkflow(path: string, credentialId: string): Workflow {
	const video: Step = {
		name: 'OpenAI',
		type: '@n8n/n8n-nodes-langchain.openAi',
		typeVersion: 2.3,
		parameters: {
			resource: 'video',
			operation: 'generate',
			modelId: { __rl: true, mode: 'id', value: 'sora-2' },
			prompt: '={{ $json.prompt }}',
			seconds: 4,
			options: {},
		},
		more: { credentials: { openAiApi: { id: credentialId, name: 'OpenAI' } } },
	};
	return buildWorkflow(
		path,
		[webhook(path), EACH_PROMPT, video],
		inARow('Webhook', 'Each Prompt', 'OpenAI'),
	);
}
