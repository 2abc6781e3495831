import type { IWebhookFunctions } from 'n8n-workflow';

import { lruOf } from '../../shared/core/lru';
import { clock } from '../../shared/n8n/clock';
import { readCredential } from '../../shared/n8n/session';
import type { CredentialReading } from '../../shared/n8n/session';
import { CREDENTIAL } from '../../shared/n8n/transport';
import { Rejection } from './rejection';

/** So long a reading counts. A key that somebody changes counts so much later. */
const FRESH_MS = 2000;
/** So many calls may wait for a reading that the one before says nothing good of. */
const MOST_UNLIKELY = 4;
/** Triggers; workflows that come and go must not fill n8n's memory. */
const MOST_TRIGGERS = 100;

/** The readings for one trigger. */
interface Readings {
	/** The last one, and when it was there, in ms since 1970. */
	last?: { at: number; credential: CredentialReading };
	/** One that goes on. */
	next?: Promise<CredentialReading>;
	unlikely: number;
}

const readingsFor = lruOf<Readings>(MOST_TRIGGERS, () => ({ unlikely: 0 }));

async function readNext(
	readings: Readings,
	context: IWebhookFunctions,
): Promise<CredentialReading> {
	try {
		const credential = await readCredential(context);
		readings.last = { at: clock.now(), credential };
		return credential;
	} finally {
		readings.next = undefined;
	}
}

/**
 * What the credential of a trigger says, read once for all calls of two seconds. For every reading n8n makes a V8 isolate, and
 * one for each call that a node has not answered yet: a flood of calls would take gigabytes. So only a few strangers may wait
 * for a reading, by what the last one says; the others are to call again. Throws as `readCredential`.
 */
export async function readCredentialOnce(
	context: IWebhookFunctions,
	isLikely: (last: CredentialReading) => boolean,
): Promise<CredentialReading | Rejection> {
	const { id: node, credentials = {} } = context.getNode();
	const place = [context.getWorkflow().id, node, credentials[CREDENTIAL]?.id].join(' ');
	const readings = readingsFor(place);
	const { last } = readings;
	if (last && clock.now() - last.at < FRESH_MS) return last.credential;
	readings.next ??= readNext(readings, context);
	// Those who wait hear of it; perhaps nobody does.
	readings.next.catch(() => undefined);
	if (!last || isLikely(last.credential)) return await readings.next;
	if (readings.unlikely >= MOST_UNLIKELY) {
		return new Rejection(503, 'Too many calls. Please call again');
	}
	readings.unlikely += 1;
	try {
		return await readings.next;
	} finally {
		readings.unlikely -= 1;
	}
}
