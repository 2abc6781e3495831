import { cut } from '../core/cut';
import { KlingError } from '../core/errors';
import { isPrivate } from '../core/hosts';
import { quote } from '../core/quote';
import { isStream } from './byteStream';
import type { ServiceConnection } from './session';
import { CREDENTIAL } from './transport';
import type { NodeContext } from './transport';

const MOST_REDIRECTS = 5;
/** Until the first byte. */
const RESPONSE_TIMEOUT_MS = 60_000;

/** A link like this does not come back to life. */
const GONE: ReadonlySet<number> = new Set([403, 404, 410]);
const NEEDS_KEY: ReadonlySet<number> = new Set([401, 403]);

/** A way to the files of a task, and whom the key may be sent to. */
export type Link = Pick<ServiceConnection<NodeContext>, 'context' | 'connection' | 'signal'>;

/** What a host answers, its body as a stream. */
export interface FileResponse {
	statusCode?: number;
	headers?: Record<string, unknown>;
	body?: unknown;
}

/** A result that was paid for and cannot be fetched. What may help against it, where anything does, is its advice. */
export function failure(message: string, retryable: boolean, httpStatus?: number): KlingError {
	return new KlingError('download', message, {
		httpStatus,
		retryable,
		maybeCreated: true,
	});
}

function keyFailure({ connection }: Link, isOwnHost: boolean, status: number): KlingError {
	const { origin } = new URL(connection.baseUrl);
	const why = isOwnHost
		? `and ${origin} does not accept the one of the credential for it`
		: `which is sent only to ${origin}`;
	const message = `The link to the result needs the key, ${why} (HTTP ${status})`;
	return failure(message, false, status).with({
		advice: 'Switch off Download Result, and fetch the link by other means',
	});
}

export function reasonOf(thrown: unknown): string {
	return thrown instanceof Error ? cut(thrown.message) : 'unknown reason';
}

/** A header as text; empty where there is none. */
export function header({ headers }: FileResponse, name: string): string {
	const value = headers?.[name];
	return typeof value === 'string' ? value : '';
}

/** Closes the connection. */
export function letGo({ body }: FileResponse): void {
	if (isStream(body)) body.destroy();
}

/** Opens a file by stream; with the key only where the caller has made sure that it goes to the service. */
async function request(
	{ context, signal }: Link,
	url: string,
	withKey: boolean,
): Promise<FileResponse> {
	const { helpers } = context;
	const options = {
		method: 'GET',
		url,
		// Else the length in the header may be that of something else.
		headers: { 'accept-encoding': 'identity' },
		encoding: 'stream',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		// Every hop is looked at, and the key goes along to none.
		disableFollowRedirect: true,
		timeout: RESPONSE_TIMEOUT_MS,
		...(signal ? { abortSignal: signal } : {}),
	} as const;
	try {
		return (await (withKey
			? helpers.httpRequestWithAuthentication.call(context, CREDENTIAL, options)
			: helpers.httpRequest(options))) as FileResponse;
	} catch (thrown) {
		throw failure(`The host of the result could not be reached: ${reasonOf(thrown)}`, true);
	}
}

function isOwnHost({ connection }: Link, url: string): boolean {
	return URL.canParse(url) && new URL(url).origin === new URL(connection.baseUrl).origin;
}

/** What stands against a file that was answered with this status. */
function statusFailure(link: Link, url: string, status: number): KlingError {
	const isOwn = isOwnHost(link, url);
	if (status === 401 || (isOwn && NEEDS_KEY.has(status))) return keyFailure(link, isOwn, status);
	if (!GONE.has(status)) {
		return failure(`The result could not be downloaded (HTTP ${status})`, true, status);
	}
	return failure(`The link to the result does not work any more (HTTP ${status})`, false, status);
}

/**
 * Refuses an address that is not on the web, and one of a private network that a public service cannot know: n8n would fetch
 * what only n8n can reach, and hand it on as a result. Throws `download`.
 */
function checkAddress({ connection }: Link, url: string): void {
	const { protocol, hostname } = URL.canParse(url) ? new URL(url) : { protocol: '', hostname: '' };
	if (protocol !== 'https:' && protocol !== 'http:') {
		throw failure(`The link to the result is no web address, but ${quote(url)}`, false);
	}
	if (isPrivate(hostname) && !isPrivate(new URL(connection.baseUrl).hostname)) {
		const message = `The link to the result leads to ${hostname}, an address of a private network, so it was not fetched`;
		throw failure(message, false);
	}
}

/** Where an answer redirects to; undefined where it does not. */
function redirectOf(response: FileResponse, from: string): string | undefined {
	const target = header(response, 'location');
	const isRedirect = /^3/.test(String(response.statusCode)) && target !== '';
	return isRedirect && URL.canParse(target, from) ? new URL(target, from).href : undefined;
}

/** Opens a link, and what it redirects to, hop by hop; the key goes to the first one only. Throws `download`. */
async function follow(
	link: Link,
	url: string,
	withKey: boolean,
): Promise<{ response: FileResponse; at: string }> {
	let at = url;
	for (let hop = 0; hop <= MOST_REDIRECTS; hop += 1) {
		checkAddress(link, at);
		const response = await request(link, at, withKey && hop === 0);
		const target = redirectOf(response, at);
		if (target === undefined) return { response, at };
		letGo(response);
		at = target;
	}
	throw failure(`The link to the result redirects more than ${MOST_REDIRECTS} times`, true);
}

/**
 * Opens the link to a file, without the key at first: it must never reach another host. Some relays hand out their results by
 * themselves, and want the key for it. It is sent then, if the link has the scheme, host and port of the Base URL: so it
 * reaches nobody but whom every request of the node reaches anyway. A redirect is followed without it.
 * Throws `download` where the host does not give out the file.
 */
export async function openLink(link: Link, url: string): Promise<FileResponse> {
	let opened = await follow(link, url, false);
	if (NEEDS_KEY.has(opened.response.statusCode ?? 0) && isOwnHost(link, opened.at)) {
		letGo(opened.response);
		opened = await follow(link, opened.at, true);
	}
	const { response, at } = opened;
	const { statusCode = 0 } = response;
	if (statusCode === 200 || statusCode === 206) return response;
	letGo(response);
	throw statusFailure(link, at, statusCode);
}
