import { deriveToken } from './callbackToken';
import { KlingError } from '../core/errors';
import { DEFAULT_SERVICE, SERVICES } from '../core/services';
import type { Service } from '../core/services';
import { signJwt } from './jwt';
import type { Dialect } from '../providers';

/** Where to send requests, and in which dialect. Holds no secret, so it may be stored. */
export interface Connection extends Dialect {
	/** Without a slash at the end. */
	baseUrl: string;
}

/** The decrypted data of a `klingApi` credential. */
export type CredentialData = Record<string, unknown>;

function textOf(data: CredentialData, field: string): string {
	const value = data[field];
	return typeof value === 'string' ? value.trim() : '';
}

/** Refuses a field of the credential by its display name. Throws `invalidInput`. */
function refuseField(parameter: string, message: string): never {
	throw new KlingError('invalidInput', `${parameter} in the credential ${message}`, {
		parameter,
		advice: 'Open the credential and correct it',
	});
}

function readService(data: CredentialData): Service {
	const service = textOf(data, 'service') || DEFAULT_SERVICE;
	if (!Object.hasOwn(SERVICES, service)) refuseField('Service', `is not known: "${service}"`);
	return service as Service;
}

/** Checks and tidies the base URL. Throws `invalidInput`. */
function readBaseUrl(data: CredentialData, service: Service): string {
	const { field, preset } = SERVICES[service].baseUrl;
	const address = textOf(data, field) || preset;
	if (address === '') refuseField('Base URL', 'is empty: enter the address of the relay');
	let url: URL;
	try {
		url = new URL(address);
	} catch {
		return refuseField('Base URL', `is not a web address: "${address}"`);
	}
	if (url.protocol !== 'https:' && url.protocol !== 'http:') {
		refuseField('Base URL', 'must begin with https:// or http://');
	}
	if (url.username || url.password || url.search || url.hash) {
		refuseField('Base URL', 'must be a plain address without user name, "?" or "#"');
	}
	return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}

function readPrefix(data: CredentialData, baseUrl: string): string {
	const given = textOf(data, 'pathPrefix').replace(/^\/+|\/+$/g, '');
	const prefix = given === '' ? '' : `/${given}`;
	// Some paste the whole address of a relay, prefix included, and leave the prefix in its field.
	return prefix !== '' && new URL(baseUrl).pathname.endsWith(prefix) ? '' : prefix;
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
	const baseUrl = readBaseUrl(data, service);
	const { authentication, hasPathPrefix } = SERVICES[service];
	return {
		service,
		baseUrl,
		prefix: hasPathPrefix ? readPrefix(data, baseUrl) : '',
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

/** The secrets of a credential, for `redact`; without those so short that they would strike out words. */
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
		.filter((secret) => secret.length >= 4)
		.sort((one, other) => other.length - one.length);
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
	return `Bearer ${apiKey}`;
}

/** Refuses to send the key to a host other than the configured one. Throws `invalidInput`. */
export function checkHost(data: CredentialData, url: string): void {
	const { baseUrl } = readConnection(data);
	if (new URL(url).origin !== new URL(baseUrl).origin) {
		refuseField('Base URL', `is ${baseUrl}; the key is sent nowhere else`);
	}
}
