import type { INode, JsonObject } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import type { KlingError } from '../core/errors';
import { toMessage } from '../core/explain';
import { redact, redactJson } from '../credential/redact';

/** What the user has to correct, or has done; everything else is the service's doing. */
const OUR_SIDE = new Set<KlingError['kind']>(['invalidInput', 'notOffered', 'stopped']);

/**
 * An error of the core as n8n shows it, without secrets. What the user has to correct becomes a NodeOperationError, what
 * the service did a NodeApiError. `context` holds what a workflow or a bug report needs: kind, task id, the service's code
 * and request id, and whether trying again is of use.
 */
export function toNodeError(
	node: INode,
	error: KlingError,
	itemIndex: number,
	secrets: readonly string[],
): NodeApiError | NodeOperationError {
	const explained = toMessage(error);
	const message = redact(explained.message, secrets);
	const description = redact(explained.description, secrets);
	const { details } = error;
	const options = { message, description, itemIndex };
	const shown = OUR_SIDE.has(error.kind)
		? new NodeOperationError(node, message, options)
		: new NodeApiError(node, { message, description } satisfies JsonObject, {
				...options,
				httpCode: details.httpStatus ? String(details.httpStatus) : undefined,
			});
	Object.assign(shown.context, {
		errorKind: error.kind,
		taskId: details.taskId,
		serviceCode: details.code === undefined ? undefined : redactJson(details.code, secrets),
		requestId: details.requestId && redact(details.requestId, secrets),
		retryable: details.retryable ?? false,
	});
	return shown;
}
