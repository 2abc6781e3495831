import { readAddress } from './address';
import type { Address } from './address';
import { deriveToken } from './callbackToken';
import { refuseField, textOf } from './fields';
import type { CredentialData } from './fields';
import { DEFAULT_SERVICE, SERVICES } from '../core/services';
import type { Service } from '../core/services';
import { signJwt } from './jwt';
import type { Dialect } from '../providers';

/** Where to send requests, and in which dialect. Holds no secret, so it may be stored. */
export interface Connection extends Dialect, Address {}

function readService(data: CredentialData): Service {
	const service = textOf(data, 'service') || DEFAULT_SERVICE;
	if (!Object.hasOwn(SERVICES, service)) refuseField('Service', `is not known: "${service}"`);
	return service as Service;
}

/** Refuses a token of the user's own that could be guessed, or that an address would change (a "+" becomes a space). */
function checkOwnToken(data: CredentialData): void {
	const token = textOf(data, 'callbackToken');
	if (token === '' || /^[\w.~-]{20,}$/.test(token)) return;
	refuseField(
		'Callback Token',
		'must have 20 characters or more, only letters, digits and - _ . ~',
	);
}

/** What the node needs to know of a credential. Throws `invalidInput` naming the credential's field. */
export function readConnection(data: CredentialData): Connection {
	checkOwnToken(data);
	const service = readService(data);
	const { authentication } = SERVICES[service];
	return {
		service,
		...readAddress(data, service),
		authentication: authentication.find((way) => way === data.authentication) ?? 'apiKey',
	};
}

/** The key alone: some consoles show it as the whole header, "Bearer …". */
function apiKeyOf(data: CredentialData): string {
	return textOf(data, 'apiKey').replace(/^Bearer(\s+|$)/i, '');
}

/** The secret token of callback addresses: the user's own, or one derived from the key. Empty where there is no key. */
export function callbackTokenOf(data: CredentialData): string {
	const own = textOf(data, 'callbackToken');
	if (own !== '') return own;
	const key = data.authentication === 'accessKey' ? textOf(data, 'secretKey') : apiKeyOf(data);
	return key === '' ? '' : deriveToken(key);
}

/** The secret that callbacks are signed with; empty where the service signs none, or the user has not made one. Throws `invalidInput`. */
export function webhookSecretOf(data: CredentialData): string {
	const { service } = readConnection(data);
	return SERVICES[service].signsCallbacks ? textOf(data, 'webhookSecret') : '';
}

/** What is shorter is a placeholder of a relay without keys, and would be struck out of words, links and ids. */
const SHORTEST_SECRET = 8;

/** The secrets of a credential, for `redact`. */
export function secretsOf(data: CredentialData): string[] {
	const secrets = [
		apiKeyOf(data),
		textOf(data, 'secretKey'),
		textOf(data, 'accessKeyId'),
		textOf(data, 'webhookSecret'),
		callbackTokenOf(data),
	];
	// The longest first: one secret may begin with another.
	return [...new Set(secrets)]
		.filter((secret) => secret.length >= SHORTEST_SECRET)
		.sort((one, other) => other.length - one.length);
}

/** Some relays want the key without "Bearer" before it. */
function isSentAlone(data: CredentialData): boolean {
	return SERVICES[readService(data)].isRelay && textOf(data, 'keyHeader') === 'plain';
}

/** The value of the Authorization header, signed anew where the credential holds a key pair. `now` in ms. Throws `invalidInput`. */
export function authorizationFor(data: CredentialData, now: number): string {
	if (readConnection(data).authentication === 'accessKey') {
		const accessKey = textOf(data, 'accessKeyId');
		const secretKey = textOf(data, 'secretKey');
		if (accessKey === '') refuseField('Access Key', 'is empty');
		if (secretKey === '') refuseField('Secret Key', 'is empty');
		return `Bearer ${signJwt(accessKey, secretKey, now)}`;
	}
	const apiKey = apiKeyOf(data);
	if (apiKey === '') refuseField('API Key', 'is empty');
	return isSentAlone(data) ? apiKey : `Bearer ${apiKey}`;
}

/** Refuses to send the key to a host other than the configured one. Throws `invalidInput`. */
export function checkHost(data: CredentialData, url: string): void {
	const { baseUrl } = readConnection(data);
	if (new URL(url).origin !== new URL(baseUrl).origin) {
		refuseField('Base URL', `is ${baseUrl}; the key is sent nowhere else`);
	}
}
