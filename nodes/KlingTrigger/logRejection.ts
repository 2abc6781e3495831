import type { IWebhookFunctions } from 'n8n-workflow';

import type { Rejection } from './request/rejection';
import { clock } from '../shared/n8n/clock';
import { lruOf } from '../shared/core/lru';

/** Forged calls come by the thousand, and must not fill the log. */
const SILENCE_MS = 60_000;
/** Triggers and reasons. */
const MOST_REASONS = 1000;

const lastLogged = lruOf(MOST_REASONS, () => ({ at: -Infinity }));

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
	const node = context.getNode();
	const last = lastLogged([id, node.id, status, message].join(' '));
	if (clock.now() - last.at < SILENCE_MS) return;
	last.at = clock.now();
	context.logger.warn(
		`${node.name} of the workflow "${name}" (${id}) refused a call with ${status}: ${message}. ${advice}. Logged once a minute.`,
	);
}
