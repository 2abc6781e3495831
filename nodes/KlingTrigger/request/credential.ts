import type { IWebhookFunctions } from 'n8n-workflow';

import { lruOf } from '../../shared/core/lru';
import { clock } from '../../shared/n8n/clock';
import { readCredential } from '../../shared/n8n/session';
import type { CredentialReading } from '../../shared/n8n/session';
import { withinTime } from '../../shared/n8n/timeout';
import { CREDENTIAL } from '../../shared/n8n/transport';
import { Rejection } from './rejection';

/** So long a reading counts. A key that somebody changes counts so much later. */
const FRESH_MS = 2000;
/** n8n's database may never answer. */
const LONGEST_READ_MS = 10_000;
/** So many calls may wait for a reading if the one before has failed. */
const MOST_AFTER_FAILURE = 32;
/** Triggers; workflows that come and go must not fill n8n's memory. */
const MOST_TRIGGERS = 100;

/** The readings for one trigger. */
interface Readings {
	/** The last one, and when it was there, in ms since 1970. */
	last?: { at: number; credential: CredentialReading };
	/** One that goes on, and how many wait for it of those whose number is limited. */
	next?: Promise<CredentialReading>;
	waiting: number;
	hasFailed: boolean;
}

const readingsFor = lruOf<Readings>(MOST_TRIGGERS, () => ({ waiting: 0, hasFailed: false }));

async function readNext(
	readings: Readings,
	context: IWebhookFunctions,
): Promise<CredentialReading> {
	let hasFailed = true;
	try {
		const credential = await withinTime(readCredential(context), LONGEST_READ_MS);
		readings.last = { at: clock.now(), credential };
		hasFailed = false;
		return credential;
	} finally {
		readings.hasFailed = hasFailed;
		readings.next = undefined;
	}
}

/**
 * What the credential of a trigger says, read once for all calls of two seconds. For every reading n8n makes a V8 isolate, and
 * one for each call that a node has not answered yet: a flood of calls would take gigabytes. So `mostWaiting` tells, by the last
 * reading, how many calls of this sort may wait for the next one; the others are to call again. Throws as `readCredential`.
 */
export async function readCredentialOnce(
	context: IWebhookFunctions,
	mostWaiting: (last: CredentialReading) => number,
): Promise<CredentialReading | Rejection> {
	const { id: node, credentials = {} } = context.getNode();
	const place = [context.getWorkflow().id, node, credentials[CREDENTIAL]?.id].join(' ');
	const readings = readingsFor(place);
	const { last, hasFailed } = readings;
	// A clock that was set back must not keep a reading for hours.
	if (last && Math.abs(clock.now() - last.at) < FRESH_MS) return last.credential;
	const most = last ? mostWaiting(last.credential) : hasFailed ? MOST_AFTER_FAILURE : Infinity;
	const isLimited = most < Infinity;
	if (isLimited && readings.waiting >= most) {
		return new Rejection(503, 'Too many calls. Please call again');
	}
	readings.next ??= readNext(readings, context);
	if (!isLimited) return await readings.next;
	readings.waiting += 1;
	try {
		return await readings.next;
	} finally {
		readings.waiting -= 1;
	}
}
