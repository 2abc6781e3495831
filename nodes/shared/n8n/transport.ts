import type { IExecuteFunctions, ILoadOptionsFunctions, IWebhookFunctions } from 'n8n-workflow';

import { KlingError } from '../core/errors';
import type { Connection } from '../credential/connection';
import { redactResponse } from '../credential/redact';
import type { HttpRequest, HttpResponse, Provider } from '../providers';
import { fromWire, hostOf, sendFailure, toWire } from '../tasks/http';
import type { Host, Transport } from '../tasks/http';
import { readAnswer } from './answer';
import { formOf } from './form';
import { withinTime } from './timeout';

/** How much later than the helper's own time-out ours comes: the helper's error says more. */
const GRACE_MS = 5000;

/** The name of the credential's type. */
export const CREDENTIAL = 'klingApi';

/** Where a node of ours runs: in an execution, or in n8n's web server when somebody calls it back. */
export type NodeContext = IExecuteFunctions | IWebhookFunctions;

/** Whatever can send a request with the credential: a node, or a list of the editor. */
export type RequestContext = NodeContext | ILoadOptionsFunctions;

/**
 * The context as n8n's helper sees it, with a signal of our own: the helper takes the execution's whatever the request says,
 * and that one does not fire when time runs out.
 */
function withSignal(context: RequestContext, signal: AbortSignal): RequestContext {
	return 'getExecutionCancelSignal' in context
		? (Object.create(context, {
				getExecutionCancelSignal: { value: () => signal },
			}) as RequestContext)
		: context;
}

/** Fires when a person presses Stop, and when the request is `over`: then n8n closes the connection. */
function abortable(context: RequestContext): { signal: AbortSignal; over: () => void } {
	const own = new AbortController();
	const abort = () => own.abort();
	const stop =
		'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
	if (stop?.aborted) abort();
	else stop?.addEventListener('abort', abort);
	return {
		signal: own.signal,
		over() {
			// By hand: of several listeners that are to go with a signal of their own, Node keeps all but one, and what they hold.
			stop?.removeEventListener('abort', abort);
			abort();
		},
	};
}

/**
 * Sends by n8n's own helper, which has the credential sign the request. Every status is an answer, redirects are not
 * followed, and the body stays text: n8n would round 64-bit ids while parsing. When time runs out, the connection is closed.
 * This is where answers enter, so `secrets` that they repeat are struck out here, before an id is stored or a text is cut.
 */
export function n8nTransport(
	context: RequestContext,
	connection: Connection,
	provider: Provider,
	secrets: readonly string[],
): Transport {
	async function send(
		host: Host,
		request: HttpRequest,
		{ timeoutMs, signal }: { timeoutMs: number; signal: AbortSignal },
	): Promise<HttpResponse> {
		const caller = withSignal(context, signal);
		const wire = toWire(host.url, request, timeoutMs);
		const form = request.file && (await formOf(request.file));
		try {
			const response: unknown = await caller.helpers.httpRequestWithAuthentication.call(
				caller,
				CREDENTIAL,
				{
					...wire,
					...(form && { body: form.body, headers: { ...wire.headers, ...form.headers } }),
					encoding: 'stream',
					json: false,
					returnFullResponse: true,
					ignoreHttpStatusErrors: true,
					disableFollowRedirect: true,
					abortSignal: signal,
				},
			);
			const { body, ...rest } = (response ?? {}) as Record<string, unknown>;
			return fromWire({ ...rest, body: await readAnswer(provider.label, body) }, wire.url);
		} finally {
			form?.close();
		}
	}
	return async (request, timeoutMs) => {
		const host = hostOf(connection, request);
		const { signal, over } = abortable(context);
		try {
			const sent = send(host, request, { timeoutMs, signal });
			return redactResponse(await withinTime(sent, timeoutMs + GRACE_MS), secrets);
		} catch (thrown) {
			// What came and could not be read is no failure to send: a create may have been understood.
			const cameBack = thrown instanceof KlingError && thrown.kind === 'unreadable';
			const error = cameBack ? thrown : sendFailure(provider.label, host, thrown);
			throw error;
		} finally {
			over();
		}
	};
}
