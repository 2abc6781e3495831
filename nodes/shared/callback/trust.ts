import { Refusal } from './refusal';
import { checkSignature, isSigned } from './signature';
import type { Headers } from './signature';
import { isSameSecret } from './token';

/** A call as it came in. */
export interface Call {
	headers: Headers;
	rawBody: Buffer;
	/** The token in the address, if there is one. */
	token?: string;
	/** ms since 1970. */
	receivedAt: number;
}

/** Whom the trigger believes. */
export interface TrustSettings {
	/** What the token has to be. */
	token: string;
	/** Empty: signatures cannot be checked. */
	webhookSecret: string;
	requireToken: boolean;
	requireSignature: boolean;
	/**
	 * While somebody watches for a test event, a call without a token may come in: the console of Kling posts its test to
	 * the address as it is copied. A wrong token and a wrong signature are refused all the same.
	 */
	isTest: boolean;
}

/**
 * A refusal where a call brings nothing that could prove it: told without any secret, so that a flood of strangers does not
 * make n8n decrypt the credential for each.
 */
export function refuseUnproven(
	{ headers, token }: Pick<Call, 'headers' | 'token'>,
	{ requireToken, requireSignature, isTest }: Omit<TrustSettings, 'token' | 'webhookSecret'>,
): Refusal | undefined {
	if (isSigned(headers)) return undefined;
	if (requireSignature) return new Refusal(401, 'The call is not signed');
	return requireToken && token === undefined && !isTest
		? new Refusal(401, 'The address lacks the secret token')
		: undefined;
}

/**
 * Whether a call is to be believed: the id of the signed message (undefined where it is not signed), or a refusal.
 * A signature that is there is always checked, if it can be, and stands for the token: who can sign needs no other proof.
 */
export function admit(call: Call, settings: TrustSettings): { messageId?: string } | Refusal {
	const { token, webhookSecret, requireToken, requireSignature, isTest } = settings;
	const unproven = refuseUnproven(call, settings);
	if (unproven) return unproven;
	if (isSigned(call.headers) && webhookSecret !== '') {
		const verdict = checkSignature(webhookSecret, call.headers, call.rawBody, call.receivedAt);
		if (verdict.ok) return { messageId: verdict.id };
		return new Refusal(401, `The call is not to be believed: ${verdict.why}`);
	}
	if (requireSignature) {
		return new Refusal(401, 'The credential holds no Webhook Secret to check the signature with');
	}
	if (requireToken && call.token === undefined && !isTest) {
		return new Refusal(401, 'The address lacks the secret token');
	}
	if (requireToken && call.token !== undefined && !isSameSecret(call.token, token)) {
		return new Refusal(401, 'The token in the address is not that of the credential');
	}
	return {};
}
