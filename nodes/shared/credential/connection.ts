import { deriveToken } from './callbackToken';
import { KlingError } from '../core/errors';
import { DEFAULT_SERVICE, SERVICES } from '../core/services';
import type { Service } from '../core/services';
import { signJwt } from './jwt';
import type { Dialect } from '../providers';

/** Where to send requests and in which dialect; holds no secret. */
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

function fault(parameter: string, message: string): never {
	throw new KlingError('invalidInput', `${parameter} in the credential ${message}`, {
		parameter,
		advice: 'Open the credential and correct it',
	});
}

function readService(data: CredentialData): Service {
	const service = textOf(data, 'service') || DEFAULT_SERVICE;
	if (!Object.hasOwn(SERVICES, service)) fault('Service', `is not known: "${service}"`);
	return service as Service;
}

/** Checks and tidies the base URL. Throws `invalidInput`. */
function readBaseUrl(data: CredentialData, service: Service): string {
	const { field, preset } = SERVICES[service].baseUrl;
	const address = textOf(data, field) || preset;
	if (address === '') fault('Base URL', 'is empty: enter the address of the relay');
	let url: URL;
	try {
		url = new URL(address);
	} catch {
		return fault('Base URL', `is not a web address: "${address}"`);
	}
	if (url.protocol !== 'https:' && url.protocol !== 'http:') {
		fault('Base URL', 'must begin with https:// or http://');
	}
	if (url.username || url.password || url.search || url.hash) {
		fault('Base URL', 'must be a plain address without user name, "?" or "#"');
	}
	return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}

function readPrefix(data: CredentialData, baseUrl: string): string {
	const given = textOf(data, 'pathPrefix').replace(/^\/+|\/+$/g, '');
	const prefix = given === '' ? '' : `/${given}`;
	// Whoever pastes the whole address of a relay, prefix included, means it once.
	return prefix !== '' && new URL(baseUrl).pathname.endsWith(prefix) ? '' : prefix;
}

/** Throws where a token of the user's own could be guessed, or would arrive as another (a "+" as a space). */
function checkOwnToken(data: CredentialData): void {
	const token = textOf(data, 'callbackToken');
	if (token === '' || /^[\w.~-]{20,}$/.test(token)) return;
	fault('Callback Token', 'must have 20 characters or more, only letters, digits and - _ . ~');
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

/** Consoles show the key at times as the whole header. */
function apiKeyOf(data: CredentialData): string {
	return textOf(data, 'apiKey').replace(/^Bearer(\s+|$)/i, '');
}

/**
 * The secret token that callback addresses carry: what the credential says, or else a fingerprint of its key, so that
 * nobody has to invent one. Empty where there is no key.
 */
export function callbackTokenOf(data: CredentialData): string {
	const own = textOf(data, 'callbackToken');
	if (own !== '') return own;
	const key = data.authentication === 'accessKey' ? textOf(data, 'secretKey') : apiKeyOf(data);
	return key === '' ? '' : deriveToken(key);
}

/** What signs the callbacks of official Kling, if somebody made one in its console; else empty. */
export function webhookSecretOf(data: CredentialData): string {
	const { service } = readConnection(data);
	return SERVICES[service].signsCallbacks ? textOf(data, 'webhookSecret') : '';
}

/** The secrets of a credential, so that they can be struck out of whatever is shown. */
export function secretsOf(data: CredentialData): string[] {
	const secrets = [
		apiKeyOf(data),
		textOf(data, 'secretKey'),
		textOf(data, 'accessKeyId'),
		textOf(data, 'webhookSecret'),
		callbackTokenOf(data),
	];
	return [...new Set(secrets)].filter((secret) => secret.length >= 4);
}

/** The value of the Authorization header, signed anew where the credential holds a key pair. `now` in ms. Throws `invalidInput`. */
export function authorizationFor(data: CredentialData, now: number): string {
	if (readConnection(data).authentication === 'accessKey') {
		const accessKey = textOf(data, 'accessKeyId');
		const secretKey = textOf(data, 'secretKey');
		if (accessKey === '') fault('Access Key', 'is empty');
		if (secretKey === '') fault('Secret Key', 'is empty');
		return `Bearer ${signJwt(accessKey, secretKey, now)}`;
	}
	const apiKey = apiKeyOf(data);
	if (apiKey === '') fault('API Key', 'is empty');
	return `Bearer ${apiKey}`;
}

/** Throws when a request is about to carry the key to a host other than the configured one. */
export function checkHost(data: CredentialData, url: string): void {
	const { baseUrl } = readConnection(data);
	if (new URL(url).origin !== new URL(baseUrl).origin) {
		fault('Base URL', `is ${baseUrl}; the key is sent nowhere else`);
	}
}
