import { SERVICES } from '../core/services';
import type { Service } from '../core/services';
import { isWebAddress } from '../core/webAddress';
import { refuseField, textOf } from './fields';
import type { CredentialData } from './fields';

/** Where requests go. */
export interface Address {
	/** Without a slash at the end. */
	baseUrl: string;
	/** Before the paths of the official API, for relays; empty, or with a slash at the beginning. */
	prefix: string;
}

/** Paths that people copy together with the address from a page about a call; they add nothing to what is known. */
const CALL = /\/(v1\/(videos|images)\/[^/]+.*|account\/costs)$/;
/** The same behind the prefix that a service has itself. */
const OWN_CALLS = ['', '/videos', '/motion', '/tasks'];

/** What ends a path, or leads to another one: a request that creates something would be sent elsewhere. */
const NO_PATH = /[?#\\\s]|(^|\/)\.{1,2}(\/|$)/;

/** What all paths of the official API, and of those that copy it, begin with. */
const VERSION = /(\/v1)+$/;

function withoutEnd(path: string, end: string): string {
	return end !== '' && path.endsWith(end) ? path.slice(0, -end.length) : path;
}

function withoutSlashes(path: string): string {
	return path.replace(/\/+$/, '');
}

/** Checks the base URL. Throws `invalidInput`. */
function readUrl(data: CredentialData, service: Service): URL {
	const { field, preset } = SERVICES[service].baseUrl;
	const address = textOf(data, field) || preset;
	if (address === '') refuseField('Base URL', 'is empty: enter the address of the relay');
	let url: URL;
	try {
		url = new URL(address);
	} catch {
		return refuseField('Base URL', `is not a web address: "${address}". Begin it with https://`);
	}
	if (url.protocol !== 'https:' && url.protocol !== 'http:') {
		refuseField('Base URL', `must begin with https:// or http://, and is "${address}"`);
	}
	if (url.username || url.password || url.search || url.hash) {
		refuseField('Base URL', 'must be a plain address without user name, "?" or "#"');
	}
	return url;
}

/** The prefix as a path; some type the host before it, or what comes behind it. Throws `invalidInput`. */
function readPrefix(data: CredentialData, { origin, host }: URL): string {
	const given = textOf(data, 'pathPrefix');
	const own = [origin, host].find((start) => given.startsWith(`${start}/`)) ?? '';
	const path = given.slice(own.length);
	if (isWebAddress(path)) {
		refuseField('Path Prefix', `must be a path such as /kling, not an address: "${given}"`);
	}
	if (NO_PATH.test(path)) refuseField('Path Prefix', 'must be a plain path such as /kling');
	const tidy = `/${path.replace(/^\/+|\/+$/g, '')}`.replace(CALL, '').replace(VERSION, '');
	return withoutSlashes(tidy);
}

/**
 * The address in a credential: base URL and, at relays, path prefix. What people copy behind the host is put right where it is
 * certain: calls, `/v1`, and the prefix itself. Throws `invalidInput`.
 */
export function readAddress(data: CredentialData, service: Service): Address {
	const { isRelay, ownPrefix } = SERVICES[service];
	const url = readUrl(data, service);
	const given = withoutSlashes(url.pathname);
	const path = given.replace(CALL, '').replace(VERSION, '');
	if (!isRelay) {
		const ends = ownPrefix === undefined ? [] : OWN_CALLS.map((call) => `${ownPrefix}${call}`);
		const end = ends.find((one) => path.endsWith(one)) ?? '';
		const base = withoutEnd(path, end).replace(VERSION, '');
		return { baseUrl: `${url.origin}${base}`, prefix: '' };
	}
	const prefix = readPrefix(data, url);
	// A call shows all that stands before it, whatever was left in the field of the prefix.
	if (CALL.test(given)) return { baseUrl: `${url.origin}${path}`, prefix: '' };
	if (prefix === '' || !path.endsWith(prefix)) return { baseUrl: `${url.origin}${path}`, prefix };
	return {
		baseUrl: `${url.origin}${withoutEnd(path, prefix).replace(VERSION, '')}${prefix}`,
		prefix: '',
	};
}
