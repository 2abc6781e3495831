import { PLATFORM_PATH, readAddress, readPlatformUrl } from './address';
import type { Address } from './address';
import { deriveToken } from './callbackToken';
import { refuseField, textOf } from './fields';
import type { CredentialData } from './fields';
import { DEFAULT_SERVICE, SERVICES } from '../core/services';
import type { Service } from '../core/services';
import { signJwt } from './jwt';
import type { Dialect } from '../providers';

/** Where to send requests, and in which dialect. Holds no secret, so it may be stored. */
export interface Connection extends Dialect, Address {
	/** The service's second host, without a slash at the end; absent where there is no token for it. */
	platformUrl?: string;
}

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

/** A key or token alone: some consoles show it as the whole header, "Bearer …". */
function keyIn(data: CredentialData, field: string): string {
	return textOf(data, field).replace(/^Bearer(\s+|$)/i, '');
}

/** The second host, where the service has one, and the credential a token for it. */
function platformOf(data: CredentialData, service: Service): Pick<Connection, 'platformUrl'> {
	const { platform } = SERVICES[service];
	if (!platform || keyIn(data, 'platformToken') === '') return {};
	return { platformUrl: readPlatformUrl(data, platform.preset) };
}

/** What the node needs to know of a credential. Throws `invalidInput` naming the credential's field. */
export function readConnection(data: CredentialData): Connection {
	checkOwnToken(data);
	const service = readService(data);
	const { authentication } = SERVICES[service];
	return {
		service,
		...readAddress(data, service),
		...platformOf(data, service),
		authentication: authentication.find((way) => way === data.authentication) ?? 'apiKey',
	};
}

function apiKeyOf(data: CredentialData): string {
	return keyIn(data, 'apiKey');
}

/** Tells keys apart, and so perhaps accounts; made of the key. Empty where there is none. */
export function accountOf(data: CredentialData): string {
	const key = data.authentication === 'accessKey' ? textOf(data, 'secretKey') : apiKeyOf(data);
	return key === '' ? '' : deriveToken(key);
}

/** The secret token of callback addresses: the user's own, or one derived from the key. Empty where there is no key. */
export function callbackTokenOf(data: CredentialData): string {
	const own = textOf(data, 'callbackToken');
	return own === '' ? accountOf(data) : own;
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
		keyIn(data, 'platformToken'),
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

/**
 * The value of the Authorization header for an address: the token of the platform for its calls, and the key for the
 * configured host. Each goes to its own host and to no other. `now` in ms. Throws `invalidInput`.
 */
export function authorizationAt(data: CredentialData, url: string, now: number): string {
	const { platformUrl } = readConnection(data);
	if (platformUrl !== undefined && new URL(url).href.startsWith(`${platformUrl}${PLATFORM_PATH}`)) {
		return `Bearer ${keyIn(data, 'platformToken')}`;
	}
	checkHost(data, url);
	return authorizationFor(data, now);
}
