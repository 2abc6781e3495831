import type { IWebhookFunctions } from 'n8n-workflow';

import { lruOf } from '../../shared/core/lru';
import { clock } from '../../shared/n8n/clock';
import { readCredential } from '../../shared/n8n/session';
import type { CredentialReading } from '../../shared/n8n/session';
import { CREDENTIAL } from '../../shared/n8n/transport';

/** So long a reading counts. A key that somebody changes counts so much later. */
const FRESH_MS = 2000;
/** Triggers; workflows that come and go must not fill n8n's memory. */
const MOST_TRIGGERS = 100;

interface Begun {
	/** ms since 1970. */
	at: number;
	reading: Promise<CredentialReading>;
}

const begunFor = lruOf<{ latest?: Begun }>(MOST_TRIGGERS, () => ({}));

/**
 * What the credential of a trigger says, read once for all calls of two seconds: for every reading n8n makes a V8 isolate of
 * its own, and a flood of calls with a wrong token would take gigabytes. Throws as `readCredential`; the next call tries anew.
 */
export async function readCredentialOnce(context: IWebhookFunctions): Promise<CredentialReading> {
	const { id: node, credentials = {} } = context.getNode();
	const place = begunFor([context.getWorkflow().id, node, credentials[CREDENTIAL]?.id].join(' '));
	const { latest } = place;
	if (latest && clock.now() - latest.at < FRESH_MS) return await latest.reading;
	const begun: Begun = { at: clock.now(), reading: readCredential(context) };
	place.latest = begun;
	begun.reading.catch(() => {
		if (place.latest === begun) place.latest = undefined;
	});
	return await begun.reading;
}
