import { randomUUID } from 'node:crypto';
import type { Workflow } from '../../e2e/lib';
import { CREDENTIAL_TYPE, NODE_TYPE, TRIGGER_TYPE } from '../../e2e/world';
import { buildWorkflow, inARow, webhook } from './build';

/** n8n's own Webhook node, which starts for every call. */
export const webhookAlone = (path: string): Workflow => buildWorkflow(path, [webhook(path)], []);

/** The Kling Trigger as it comes, but open to calls without a token: it asks the service about each task. */
export function triggerAlone(name: string, credentialId: string): Workflow & { path: string } {
	return triggerWith(name, credentialId, { more: { requireToken: false } });
}

/** The Kling Trigger as it comes, which wants the token of its credential. */
export function guardedTrigger(name: string, credentialId: string): Workflow & { path: string } {
	return triggerWith(name, credentialId, {});
}

function triggerWith(
	name: string,
	credentialId: string,
	parameters: object,
): Workflow & { path: string } {
	const webhookId = randomUUID();
	const trigger = {
		name: 'Kling Trigger',
		type: TRIGGER_TYPE,
		typeVersion: 1,
		parameters: { download: false, ...parameters },
		more: { webhookId, credentials: { [CREDENTIAL_TYPE]: { id: credentialId, name: 'Kling' } } },
	};
	return { ...buildWorkflow(name, [trigger], []), path: `${webhookId}/kling` };
}

/** Gets the task of that id with our node. */
export function getTask(path: string, credentialId: string): Workflow {
	const kling = {
		name: 'Kling',
		type: NODE_TYPE,
		typeVersion: 1,
		parameters: {
			resource: 'task',
			operation: 'get',
			taskId: '={{ $json.body.id }}',
			taskKind: 'text2video',
		},
		more: {
			retryOnFail: false,
			credentials: { [CREDENTIAL_TYPE]: { id: credentialId, name: 'Kling' } },
		},
	};
	return buildWorkflow(path, [webhook(path), kling], inARow('Webhook', 'Kling'));
}

/** Gets the same answer with n8n's HTTP Request. */
export function getAnswer(path: string, url: string): Workflow {
	const request = {
		name: 'HTTP Request',
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.2,
		parameters: { url, options: {} },
	};
	return buildWorkflow(path, [webhook(path), request], inARow('Webhook', 'HTTP Request'));
}
