import type { IWebhookFunctions } from 'n8n-workflow';

import type { Rejection } from './request/rejection';
import { warnOnceAMinute } from './warnOnceAMinute';

/**
 * Writes to n8n's log why a call was rejected, once a minute per trigger and reason: the caller is answered, but the owner of
 * the workflow would see nothing at all. Without anything of what was sent.
 */
export function logRejection(
	context: IWebhookFunctions,
	{ status, message, advice }: Rejection,
): void {
	if (advice === undefined) return;
	const { id = '', name = '' } = context.getWorkflow();
	const where = `${context.getNode().name} of the workflow "${name}" (${id})`;
	warnOnceAMinute(
		context,
		`${status} ${message}`,
		`${where} refused a call with ${status}: ${message}. ${advice}.`,
	);
}
