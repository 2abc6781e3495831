import type { IWebhookFunctions } from 'n8n-workflow';

import { readCallbackParams } from '../../shared/core/callbackUrl';
import type { Kind } from '../../shared/core/kinds';
import type { Claim } from '../../shared/core/task';
import { redact } from '../../shared/credential/redact';
import { clock } from '../../shared/n8n/clock';
import { sessionOf } from '../../shared/n8n/session';
import type { CredentialReading, Session } from '../../shared/n8n/session';
import { counted, limitRequests } from '../limit';
import type { Traffic } from '../limit';
import type { TriggerSettings } from '../parameters';
import { isSameSecret } from '../../shared/credential/callbackToken';
import { authenticate, authenticateSigned, rejectUnproven } from './authenticate';
import type { Proof } from './authenticate';
import { readClaim } from './claim';
import { readCredentialOnce } from './credential';
import { MOST_UNPROVEN, readBody } from './readBody';
import { Rejection } from './rejection';
import type { Headers } from './signature';

/** A call whose sender has proved what the settings require. What it says of the task is still a claim. */
export interface VerifiedCall {
	session: Session<IWebhookFunctions>;
	claim: Claim;
	/** The kind of the task by the address of the call. */
	hint?: Kind;
	/** Which API made it, by the same. */
	api?: string;
	/** Of a signed call. */
	messageId?: string;
	/** What was asked because of it. */
	traffic: Readonly<Traffic>;
}

/** So many strangers may wait for the credential to be read again. */
const MOST_STRANGERS = 4;

/** How many calls may wait for the credential to be read again, of those who have proved so much by the last reading. */
function mostWaiting(proof: Proof | Rejection): number {
	if (proof === 'proven') return Infinity;
	return proof === 'signed' ? MOST_UNPROVEN : MOST_STRANGERS;
}

/**
 * Verifies one call: what its address and headers prove, then its body, and its signature where there is one. The body of a
 * stranger is never read, unless a signature over it is all that could prove him.
 * Throws `invalidInput` when the credential is incomplete, and what n8n throws when it cannot read it.
 */
export async function verifyCall(
	context: IWebhookFunctions,
	settings: TriggerSettings,
): Promise<VerifiedCall | Rejection> {
	const headers = context.getHeaderData() as Headers;
	const query = context.getQueryData() as Record<string, unknown>;
	const { token, kind: hint, api } = readCallbackParams(query);
	// A call without any proof must cost nothing: no credential is decrypted for it.
	const unproven = rejectUnproven({ headers, token }, settings);
	if (unproven) return unproven;

	const proofBy = ({ keys }: CredentialReading) =>
		authenticate({ headers, token }, { ...settings, ...keys, token: keys.callbackToken });
	const credential = await readCredentialOnce(context, (last) => {
		const isKnown = token !== undefined && isSameSecret(token, last.keys.callbackToken);
		return isKnown ? Infinity : mostWaiting(proofBy(last));
	});
	if (credential instanceof Rejection) return credential;
	const proof = proofBy(credential);
	if (proof instanceof Rejection) return proof;
	const { webhookSecret } = credential.keys;

	const rawBody = await readBody(context, proof);
	if (rawBody instanceof Rejection) return rawBody;

	const sender =
		proof === 'signed'
			? authenticateSigned({ headers, rawBody, receivedAt: clock.now() }, webhookSecret)
			: { messageId: undefined };
	if (sender instanceof Rejection) return sender;

	const traffic: Traffic = { requests: 0 };
	const session = sessionOf(context, credential, {
		wrap: (send, serviceKey) => counted(limitRequests(send, serviceKey), traffic),
	});
	const claim = readClaim(session.provider, rawBody, session.secrets);
	if (claim instanceof Rejection) return claim;
	const messageId = sender.messageId && redact(sender.messageId, session.secrets);
	return { session, claim, hint, api, messageId, traffic };
}
