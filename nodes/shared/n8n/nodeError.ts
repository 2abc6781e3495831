import type { INode, JsonObject } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import type { KlingError } from '../core/errors';
import { toMessage } from '../core/explain';
import { redact, redactJson } from '../credential/redact';

const OUR_SIDE = new Set<KlingError['kind']>(['invalidInput', 'notOffered', 'stopped']);

/**
 * An error of the core as n8n shows it. What the user has to correct becomes a NodeOperationError, what the service did a
 * NodeApiError. Carries the task id and the service's code in `context`.
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
				...(details.httpStatus ? { httpCode: String(details.httpStatus) } : {}),
			});
	Object.assign(shown.context, {
		errorKind: error.kind,
		...(details.taskId ? { taskId: details.taskId } : {}),
		...(details.code === undefined ? {} : { serviceCode: redactJson(details.code, secrets) }),
		...(details.requestId ? { requestId: redact(details.requestId, secrets) } : {}),
		retryable: details.retryable ?? false,
	});
	return shown;
}
