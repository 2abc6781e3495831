import type { IWebhookFunctions } from 'n8n-workflow';

import { readCallbackParams } from '../../shared/core/callbackUrl';
import type { Kind } from '../../shared/core/kinds';
import type { Claim } from '../../shared/core/task';
import { clock } from '../../shared/n8n/clock';
import { openSession } from '../../shared/n8n/session';
import type { Session } from '../../shared/n8n/session';
import { limitRequests } from '../limit';
import type { TriggerSettings } from '../parameters';
import { authenticate, rejectUnproven } from './authenticate';
import { readClaim } from './claim';
import { readBody } from './readBody';
import { Rejection } from './rejection';
import type { Headers } from './signature';

/** A call whose sender has proved what the settings require. What it says of the task is still a claim. */
export interface VerifiedCall {
	session: Session<IWebhookFunctions>;
	claim: Claim;
	/** The kind of the task by the address of the call. */
	hint?: Kind;
	/** Of a signed call. */
	messageId?: string;
}

/**
 * Verifies one call, cheapest checks first: proof, body, credential, token or signature, content.
 * Throws `invalidInput` when the credential is incomplete, and what n8n throws when it cannot read it.
 */
export async function verifyCall(
	context: IWebhookFunctions,
	settings: TriggerSettings,
): Promise<VerifiedCall | Rejection> {
	const headers = context.getHeaderData() as Headers;
	const query = context.getQueryData() as Record<string, unknown>;
	const { token, kind: hint } = readCallbackParams(query);
	// A call without any proof must cost nothing: its body is not read, and no credential is decrypted for it.
	const unproven = rejectUnproven({ headers, token }, settings);
	if (unproven) return unproven;

	const rawBody = await readBody(context);
	if (rawBody instanceof Rejection) return rawBody;

	const session = await openSession(context, { wrap: limitRequests });
	const { callbackToken, webhookSecret } = session;
	const sender = authenticate(
		{ headers, rawBody, token, receivedAt: clock.now() },
		{ ...settings, token: callbackToken, webhookSecret },
	);
	if (sender instanceof Rejection) return sender;

	const claim = readClaim(session.provider, rawBody);
	if (claim instanceof Rejection) return claim;
	return { session, claim, hint, messageId: sender.messageId };
}
