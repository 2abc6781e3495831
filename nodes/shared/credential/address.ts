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

/** What the paths of every call of a platform begin with; those of its API begin otherwise, also where both have one host. */
export const PLATFORM_PATH = '/api/v1/';

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

/** Checks the address of a host; `title` names its field. Throws `invalidInput`. */
function readUrl(address: string, title: string): URL {
	if (address === '') refuseField(title, 'is empty: enter the address of the relay');
	let url: URL;
	try {
		url = new URL(address);
	} catch {
		return refuseField(title, `is not a web address: "${address}". Begin it with https://`);
	}
	if (url.protocol !== 'https:' && url.protocol !== 'http:') {
		refuseField(title, `must begin with https:// or http://, and is "${address}"`);
	}
	if (url.username || url.password || url.search || url.hash) {
		refuseField(title, 'must be a plain address without user name, "?" or "#"');
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
	const { isRelay, ownPrefix, baseUrl } = SERVICES[service];
	const url = readUrl(textOf(data, baseUrl.field) || baseUrl.preset, 'Base URL');
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

/** The platform's host in a credential, without the path of a call that was copied along. Throws `invalidInput`. */
export function readPlatformUrl(data: CredentialData, preset: string): string {
	const { origin, pathname } = readUrl(textOf(data, 'platformUrl') || preset, 'Platform URL');
	const end = pathname.indexOf(PLATFORM_PATH.slice(0, -1));
	return `${origin}${withoutSlashes(end < 0 ? pathname : pathname.slice(0, end))}`;
}
