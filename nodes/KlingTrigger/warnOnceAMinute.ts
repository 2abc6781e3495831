import type { IWebhookFunctions } from 'n8n-workflow';

import { clock } from '../shared/n8n/clock';
import { lruOf } from '../shared/core/lru';

/** Forged calls come by the thousand, and must not fill the log. */
const SILENCE_MS = 60_000;
/** Triggers and reasons. */
const MOST_REASONS = 1000;

const lastLogged = lruOf(MOST_REASONS, () => ({ at: -Infinity }));

/** Names the trigger that a call came to: two nodes of one workflow, or of two, are not the same. */
export function triggerKey(context: IWebhookFunctions): string {
	return `${context.getWorkflow().id ?? ''} ${context.getNode().id}`;
}

/** Writes a warning to n8n's log, at most once a minute per trigger and reason. */
export function warnOnceAMinute(context: IWebhookFunctions, reason: string, text: string): void {
	const last = lastLogged(`${triggerKey(context)} ${reason}`);
	if (clock.now() - last.at < SILENCE_MS) return;
	last.at = clock.now();
	context.logger.warn(`${text} Logged once a minute.`);
}
