import { NODE_TYPE, TRIGGER_TYPE, idOf } from './examples.mjs';

/** The two examples that work together: what one submits starts the other when it is done. */
export const SUBMITTING = 'submit-without-waiting.json';
const STORING = 'store-finished-videos.json';

/** An address that an earlier start put in, maybe with another port. */
const OURS = /^http:\/\/127\.0\.0\.1:\d+\/webhook\/[-0-9a-f]{36}\/kling$/;

/**
 * Gives the address of the Kling Trigger to the node that submits, and publishes the workflow of the
 * trigger. What somebody else entered or unpublished since stays as it is.
 * @param {string[]} imported files of the examples that are new in this n8n
 */
export async function connectPair(lib, rest, imported) {
	const storing = await lib.loadWorkflow(rest, idOf(STORING));
	const trigger = storing.nodes.find(({ type }) => type === TRIGGER_TYPE);
	if (!trigger?.webhookId) return;
	const callbackUrl = `${rest.baseUrl}/webhook/${trigger.webhookId}/kling`;
	await giveCallbackUrl(lib, rest, callbackUrl);
	if (imported.includes(STORING)) await lib.activate(rest, idOf(STORING));
}

async function giveCallbackUrl(lib, rest, callbackUrl) {
	const submitting = await lib.loadWorkflow(rest, idOf(SUBMITTING));
	const { options } = submitting.nodes.find(({ type }) => type === NODE_TYPE)?.parameters ?? {};
	const found = options?.callbackUrl ?? '';
	if (found === callbackUrl || (found !== '' && !OURS.test(found))) return;
	const connected = lib.withParameters(submitting, NODE_TYPE, {
		options: { ...options, callbackUrl },
	});
	await lib.saveWorkflow(rest, idOf(SUBMITTING), connected);
}
