import type { IExecuteFunctions, IWebhookFunctions } from 'n8n-workflow';

import type { Connection } from '../credential/connection';
import type { Provider } from '../providers';
import { fromWire, sendFailure, toWire } from '../tasks/http';
import type { Transport } from '../tasks/http';
import { withinTime } from './timeout';

/** How much later than the helper's own time-out ours comes: the helper's error says more. */
const GRACE_MS = 5000;

/** The name of the credential's type. */
export const CREDENTIAL = 'klingApi';

/** Where a node of ours runs: in an execution, or in n8n's web server when somebody calls it back. */
export type NodeContext = IExecuteFunctions | IWebhookFunctions;

/**
 * Sends by n8n's own helper, which has the credential sign the request. Every status is an answer, redirects are not
 * followed, and the body stays text: n8n would round 64-bit ids while parsing.
 */
export function n8nTransport(
	context: NodeContext,
	connection: Connection,
	provider: Provider,
): Transport {
	return async (request, timeoutMs) => {
		const wire = toWire(connection.baseUrl, request, timeoutMs);
		try {
			return fromWire(
				await withinTime(
					context.helpers.httpRequestWithAuthentication.call(context, CREDENTIAL, {
						...wire,
						encoding: 'text',
						json: false,
						returnFullResponse: true,
						ignoreHttpStatusErrors: true,
						disableFollowRedirect: true,
					}) as Promise<unknown>,
					timeoutMs + GRACE_MS,
				),
				wire.url,
			);
		} catch (thrown) {
			throw sendFailure(provider.label, connection.baseUrl, thrown);
		}
	};
}
