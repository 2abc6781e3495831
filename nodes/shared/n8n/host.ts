import { sleep } from 'n8n-workflow';

import type { NodeContext } from './transport';

/**
 * What n8n does differently from version to version, each with the version that it begins with; docs/compatibility.md shows
 * what was tried. One more is in itemJson.ts: which items n8n takes for failed ones. What every n8n from 1.94 on has
 * (`getExecutionCancelSignal`, `NodeConnectionTypes`, tools made of nodes, hints, resource locators) is used directly, and of
 * zod only what versions 3.24 to 4 share.
 */

/** Below this a person who presses Stop does not notice that nobody has heard it yet. */
const SLICE_MS = 1000;

/** Waits `ms` milliseconds, or a part of them. From n8n 2.34 on, it ends when the signal fires; before, `sleep` ignores it. */
export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
	try {
		await sleep(Math.min(ms, SLICE_MS), signal);
	} catch {
		// It rejects when the signal fires, for which whoever waits looks anyway.
	}
}

/** Where n8n takes calls for an execution, e.g. `https://n8n.example.com/webhook-waiting/7`; from 2.14 on with a secret token, `?signature=…`. */
export function resumeUrlOf(context: NodeContext): string {
	return context.evaluateExpression('{{ $execution.resumeUrl }}', 0) as string;
}

/**
 * What n8n draws for every execution anew, and keeps for another worker and for Retry; empty before n8n 2.14. There, Retry of
 * an execution that ended with n8n itself cannot be told from a new one.
 */
export function resumeTokenOf(context: NodeContext): string {
	return new URL(resumeUrlOf(context)).search;
}

/** Tells a person what no item says: beside the output of an execution, and in n8n's log where a call is answered, which takes no hints. */
export function tell(context: NodeContext, message: string): void {
	if ('addExecutionHints' in context) {
		context.addExecutionHints({ message, location: 'outputPane' });
	} else context.logger.warn(message);
}
