import { Rejection } from './rejection';
import { checkSignature, isSigned } from './signature';
import type { Headers } from './signature';
import { isSameSecret } from '../../shared/credential/callbackToken';

/** What is known of a call before its body is read. */
export interface Sender {
	headers: Headers;
	/** The token in the address, if there is one. */
	token?: string;
}

/** A signed call with its body. */
export interface SignedCall {
	headers: Headers;
	rawBody: Buffer;
	/** ms since 1970. */
	receivedAt: number;
}

/** What a call has to prove. */
export interface TrustSettings {
	/** What the token has to be. */
	token: string;
	/** Empty: signatures cannot be checked. */
	webhookSecret: string;
	requireToken: boolean;
	requireSignature: boolean;
	/**
	 * A test event may come without a token: the console of Kling posts it to the address as it is copied. A wrong token and
	 * a wrong signature are rejected all the same.
	 */
	isTest: boolean;
}

function withoutToken(): Rejection {
	return new Rejection(
		401,
		'The address lacks the secret token',
		'Choose the same credential in the Kling node and here, and give the Kling node the address as it is shown here. Calls from elsewhere need "?token=" and the Callback Token of the credential in the address',
	);
}

/**
 * Rejects a call that brings nothing to verify. Needs no secret, so that a flood of forged calls does not make n8n decrypt
 * the credential for each. Undefined where there is something to verify, or nothing is required.
 */
export function rejectUnproven(
	{ headers, token }: Sender,
	{ requireToken, requireSignature, isTest }: Omit<TrustSettings, 'token' | 'webhookSecret'>,
): Rejection | undefined {
	if (isSigned(headers)) return undefined;
	if (requireSignature) {
		return new Rejection(
			401,
			'The call is not signed',
			"Make a Webhook Secret in Kling's console, or switch Require Signature off: Kling may not sign calls for tasks of the Kling node",
		);
	}
	return requireToken && token === undefined && !isTest ? withoutToken() : undefined;
}

/** What a sender has proved without a body: all that is required, or that a signature has to be checked. */
export type Proof = 'proven' | 'signed';

/**
 * Verifies all that can be verified before the body is read, so that a stranger's body never is. A signature that is there
 * is always checked, if it can be, and stands for the token: whoever can sign needs no other proof.
 */
export function authenticate(sender: Sender, settings: TrustSettings): Proof | Rejection {
	const { token, webhookSecret, requireToken, requireSignature, isTest } = settings;
	const unproven = rejectUnproven(sender, settings);
	if (unproven) return unproven;
	if (isSigned(sender.headers) && webhookSecret !== '') return 'signed';
	if (requireSignature) {
		return new Rejection(
			401,
			'The credential holds no Webhook Secret to check the signature with',
			"Enter the Webhook Secret of Kling's console in the credential, or switch Require Signature off",
		);
	}
	if (requireToken && sender.token === undefined && !isTest) return withoutToken();
	if (requireToken && sender.token !== undefined && !isSameSecret(sender.token, token)) {
		return new Rejection(
			401,
			'The token in the address is not that of the credential',
			'Choose the same credential in the Kling node and here. After its key was changed, calls for older tasks are refused; a Callback Token of your own in the credential outlives that',
		);
	}
	return 'proven';
}

/** Verifies the signature of a call. Returns the id of the signed message, or a rejection. */
export function authenticateSigned(
	{ headers, rawBody, receivedAt }: SignedCall,
	webhookSecret: string,
): { messageId: string } | Rejection {
	const verdict = checkSignature(webhookSecret, headers, rawBody, receivedAt);
	if (verdict.ok) return { messageId: verdict.id };
	return new Rejection(
		401,
		`The call is not to be believed: ${verdict.why}`,
		"Compare the Webhook Secret in the credential with that in Kling's console, and the clock of this machine with the time",
	);
}
