import { KlingError } from '../core/errors';
import { stringifyJson } from '../core/json';
import type { HttpRequest, HttpResponse } from '../providers';

/**
 * Sends one request to the configured service and returns its answer, whatever the status. `timeoutMs` in ms.
 * Throws `unreachable`, or `invalidInput` where the credential refuses to sign.
 */
export type Transport = (request: HttpRequest, timeoutMs: number) => Promise<HttpResponse>;

/** What an n8n request helper is given; the same for nodes and for the credential test. */
export interface WireRequest {
	method: 'GET' | 'POST';
	url: string;
	headers: Record<string, string>;
	body?: string;
	timeout: number;
}

/** Where a request goes. */
export interface Host {
	/** Without a slash at the end. */
	url: string;
	/** The field of the credential that holds it. */
	field: string;
}

/** Refuses what the second host of a service is needed for, without a token for it. Throws `invalidInput`. */
export function refuseWithoutToken(): never {
	throw new KlingError('invalidInput', 'Platform Token in the credential is empty', {
		parameter: 'Platform Token',
		advice:
			'Open the credential and enter one: it is made in the console of the service under Platform Tokens, and is another one than the API Key',
	});
}

/** The host of a request. Throws `invalidInput` where the credential holds no token for it. */
export function hostOf(
	{ baseUrl, platformUrl }: { baseUrl: string; platformUrl?: string },
	{ at }: HttpRequest,
): Host {
	if (at !== 'platform') return { url: baseUrl, field: 'Base URL' };
	if (platformUrl !== undefined) return { url: platformUrl, field: 'Platform URL' };
	return refuseWithoutToken();
}

/** A provider's request as it goes over the wire, without the key. `timeoutMs` in ms. */
export function toWire(baseUrl: string, request: HttpRequest, timeoutMs: number): WireRequest {
	const query = Object.entries(request.query ?? {})
		.map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
		.join('&');
	return {
		method: request.method,
		url: `${baseUrl}${request.path}${query ? `?${query}` : ''}`,
		headers: {
			Accept: 'application/json',
			...(request.body === undefined ? {} : { 'Content-Type': 'application/json' }),
		},
		...(request.body === undefined ? {} : { body: stringifyJson(request.body) }),
		timeout: timeoutMs,
	};
}

/** A helper's full response from `url` as ours. Helpers differ in what they return, so anything is understood; never throws. */
export function fromWire(response: unknown, url?: string): HttpResponse {
	const { statusCode, headers, body } = (response ?? {}) as {
		statusCode?: unknown;
		headers?: unknown;
		body?: unknown;
	};
	const lowerCase = Object.entries((headers ?? {}) as Record<string, unknown>).map(
		([name, value]): [string, string] => [name.toLowerCase(), String(value)],
	);
	return {
		url,
		status: typeof statusCode === 'number' ? statusCode : 0,
		headers: Object.fromEntries(lowerCase),
		text:
			typeof body === 'string'
				? body
				: body === undefined || body === null
					? ''
					: JSON.stringify(body),
	};
}

/** Whether an error may come from a wrong address: what was called is no call of the service, or not the service at all. */
function mayBeWrongAddress({ kind, details }: KlingError): boolean {
	const { httpStatus = 0, code, cameInstead } = details;
	if (kind === 'notFound' || httpStatus === 0) return false;
	return (
		kind === 'unreadable' ||
		(cameInstead !== undefined && httpStatus < 500) ||
		[404, 405].includes(httpStatus) ||
		(httpStatus >= 300 && httpStatus < 400) ||
		code === 1202
	);
}

/** The error that an answer was read as; with the address that was called (without its query), where that may be wrong. */
export function tellAddress(
	error: KlingError,
	{ method }: HttpRequest,
	{ url }: HttpResponse,
): KlingError {
	if (url === undefined || !mayBeWrongAddress(error)) return error;
	return error.with({ called: `${method} ${url.replace(/\?.*$/, '')}` });
}

/** Codes of failures at which nothing can have reached the service, in words; the first that fits counts. */
const NEVER_SENT: ReadonlyArray<readonly [code: RegExp, why: string]> = [
	[/^ECONNREFUSED$/, 'the connection was refused: nothing listens at that address'],
	[/^ENOTFOUND$/, 'the host name is not known'],
	[/^EAI_AGAIN$/, 'the host name could not be looked up'],
	[/^EHOSTUNREACH$/, 'there is no way to the host'],
	[/^ENETUNREACH$/, 'there is no way to the network'],
	[/^ERR_INVALID_URL$/, 'the address is not valid'],
	[/^ERR_INVALID_CHAR$/, 'the key holds a character that cannot be sent'],
	[/SELF_SIGNED_CERT/, 'its certificate is self-signed'],
	[/^CERT_HAS_EXPIRED$/, 'its certificate has expired'],
	[/^(ERR_TLS_CERT_ALTNAME|HOSTNAME_MISMATCH)/, 'its certificate belongs to another host'],
	// What Node calls a certificate that OpenSSL does not accept.
	[/^(CERT_|UNABLE_TO_|INVALID_CA$|INVALID_PURPOSE$)/, 'its certificate cannot be verified'],
	// Only what ends the handshake: other TLS errors may come later, in the middle of an answer.
	[
		/^(EPROTO$|ERR_TLS_|ERR_SSL_.*(VERSION|PROTOCOL|HANDSHAKE|CERT|UNKNOWN_CA|UNRECOGNIZED_NAME|CIPHER))/,
		'no secure connection could be made',
	],
];

/** Codes of failures after which the service may have worked. */
const BROKEN_OFF: ReadonlyArray<readonly [code: RegExp, why: string]> = [
	[/^(ECONNRESET|EPIPE)$/, 'the connection was cut before the answer came'],
	[/^(ECONNABORTED|ETIMEDOUT|ESOCKETTIMEDOUT)$/, 'no answer came in time'],
	[/^ERR_CANCELED$/, 'the request was cancelled'],
	[/^HPE_/, 'what came is no answer in HTTP'],
];

/** Whether an error is one of making the connection, plain or secure, over which the request would have been sent. */
function isOfConnecting({ syscall, message }: Record<string, unknown>): boolean {
	return (
		syscall === 'connect' ||
		syscall === 'getaddrinfo' ||
		(typeof message === 'string' &&
			message.includes('before secure TLS connection was established'))
	);
}

/** How many errors may be wrapped around the one that says what happened. */
const MAX_WRAPPERS = 4;

/** An error and those that it wraps, wherever n8n's helpers and axios put them, from the outside in. */
function wrappedIn(thrown: unknown, depth = 0): Array<Record<string, unknown>> {
	if (typeof thrown !== 'object' || thrown === null || depth > MAX_WRAPPERS) return [];
	const error = thrown as Record<string, unknown>;
	const first: unknown = Array.isArray(error.errors) ? error.errors[0] : undefined;
	return [error, ...wrappedIn(error.cause, depth + 1), ...wrappedIn(first, depth + 1)];
}

function codeOf(errors: ReadonlyArray<Record<string, unknown>>): string | undefined {
	return errors
		.flatMap(({ code, httpCode }) => [code, httpCode])
		.find((code): code is string => typeof code === 'string' && /^[A-Z][A-Z\d_/]+$/.test(code));
}

function wordsFor(code: string, table: typeof NEVER_SENT): string | undefined {
	return table.find(([pattern]) => pattern.test(code))?.[1];
}

/** What to do where the other end does not speak what the address says: TLS, or plain HTTP. */
function otherScheme(code: string, { url, field }: Host): string | undefined {
	const isTls = url.startsWith('https:');
	if (!(isTls ? /^EPROTO$|WRONG_VERSION_NUMBER/ : /^HPE_/).test(code)) return undefined;
	const other = url.replace(/^https?/, isTls ? 'http' : 'https');
	return `The host may speak ${isTls ? 'http' : 'https'} only: try ${other} as ${field} in the credential`;
}

/** Our own error in what n8n threw, which wraps whatever goes wrong while a request is signed and sent. */
function ownErrorIn(thrown: unknown, depth = 0): KlingError | undefined {
	if (thrown instanceof KlingError) return thrown;
	return thrown instanceof Error && depth < MAX_WRAPPERS
		? ownErrorIn(thrown.cause, depth + 1)
		: undefined;
}

/**
 * What n8n threw instead of an answer, as our error. The credential may have refused to sign the request: then nothing was
 * sent, and its own words say why. Everything else is `unreachable`.
 */
export function sendFailure(label: string, host: Host, thrown: unknown): KlingError {
	const refused = ownErrorIn(thrown);
	return refused?.with({ maybeCreated: false }) ?? unreachable(label, host.url, thrown, host.field);
}

/**
 * A request that got no answer, as our error. Only what certainly never left is marked as not created.
 * The original error is not kept: it holds the Authorization header.
 */
export function unreachable(
	label: string,
	url: string,
	thrown: unknown,
	field = 'Base URL',
): KlingError {
	const errors = wrappedIn(thrown);
	const code = codeOf(errors);
	const why = wordsFor(code ?? '', NEVER_SENT);
	const isConnecting = errors.some(isOfConnecting);
	const neverSent = why !== undefined || isConnecting;
	const cause =
		why ??
		(isConnecting ? `no connection could be made (${code ?? 'unknown'})` : undefined) ??
		wordsFor(code ?? '', BROKEN_OFF) ??
		(code ? `error ${code}` : 'the connection failed');
	return new KlingError('unreachable', `${label} could not be reached at ${url}: ${cause}`, {
		code,
		retryable: true,
		maybeCreated: !neverSent,
		advice:
			otherScheme(code ?? '', { url, field }) ??
			(neverSent
				? `Check ${field} in the credential, and the network of the n8n machine`
				: 'Check the network of the n8n machine, and that the service is up'),
	});
}
