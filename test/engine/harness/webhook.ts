/** Calls of a node whose execution is parked. */
import { WebhookContext } from 'n8n-core';
import {
	deepCopy,
	type IDataObject,
	type IRunExecutionData,
	type IWebhookResponseData,
} from 'n8n-workflow';

import type { RunOptions } from './options';
import { setStage } from './stage';

/**
 * Calls the node's `webhook()` for a parked execution, by n8n's own context. Resolves with what it returned and the status it
 * answered with by itself, if it did.
 */
export async function callWebhook(
	options: RunOptions,
	parked: IRunExecutionData,
	body: IDataObject,
): Promise<{ result: IWebhookResponseData; status?: number }> {
	const { node, nodeType, workflow, additionalData } = setStage(options);
	const [webhookDescription] = nodeType.description.webhooks ?? [];
	if (!nodeType.webhook || !webhookDescription) throw new Error('The node takes no calls');
	const answered: { status?: number } = {};
	const response = {
		headersSent: false,
		status(code: number) {
			answered.status = code;
			return response;
		},
		end() {
			response.headersSent = true;
		},
	};
	additionalData.httpRequest = { body, headers: {}, params: {}, query: {} } as never;
	additionalData.httpResponse = response as never;
	const context = new WebhookContext(
		workflow,
		node,
		additionalData,
		options.mode ?? 'manual',
		{
			httpMethod: 'POST',
			node: node.name,
			path: '',
			webhookDescription,
			workflowId: workflow.id,
			workflowExecuteAdditionalData: additionalData,
		},
		[],
		deepCopy(parked),
	);
	await workflow.expression.acquireIsolate();
	try {
		return { result: await nodeType.webhook.call(context), ...answered };
	} finally {
		await workflow.expression.releaseIsolate();
	}
}
