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

/** A helper's full response as ours. Helpers differ in what they return, so anything is understood; never throws. */
export function fromWire(response: unknown): HttpResponse {
	const { statusCode, headers, body } = (response ?? {}) as {
		statusCode?: unknown;
		headers?: unknown;
		body?: unknown;
	};
	const lowerCase = Object.entries((headers ?? {}) as Record<string, unknown>).map(
		([name, value]): [string, string] => [name.toLowerCase(), String(value)],
	);
	return {
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

/** Codes of failures at which nothing can have reached the service, in words. */
const NEVER_SENT: Readonly<Record<string, string>> = {
	ECONNREFUSED: 'the connection was refused: nothing listens at that address',
	ENOTFOUND: 'the host name is not known',
	EAI_AGAIN: 'the host name could not be looked up',
	EHOSTUNREACH: 'there is no way to the host',
	ENETUNREACH: 'there is no way to the network',
	ERR_INVALID_URL: 'the address is not valid',
	DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed',
	SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is self-signed',
	CERT_HAS_EXPIRED: 'its certificate has expired',
	UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate cannot be verified',
	ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate belongs to another host',
};

/** Codes of failures after which the service may have worked. */
const BROKEN_OFF: Readonly<Record<string, string>> = {
	ECONNRESET: 'the connection was cut before the answer came',
	EPIPE: 'the connection was cut before the answer came',
	ECONNABORTED: 'no answer came in time',
	ETIMEDOUT: 'no answer came in time',
	ESOCKETTIMEDOUT: 'no answer came in time',
	ERR_CANCELED: 'the request was cancelled',
};

/** How many errors may be wrapped around the one that says what happened. */
const MAX_WRAPPERS = 4;

/** The error code of a failed request, wherever n8n's helpers and axios put it. */
function codeOf(thrown: unknown, depth = 0): string | undefined {
	if (typeof thrown !== 'object' || thrown === null || depth > MAX_WRAPPERS) return undefined;
	const { code, httpCode, cause, errors } = thrown as Record<string, unknown>;
	for (const candidate of [code, httpCode]) {
		if (typeof candidate === 'string' && /^[A-Z][A-Z_]+$/.test(candidate)) return candidate;
	}
	const first: unknown = Array.isArray(errors) ? errors[0] : undefined;
	return codeOf(cause, depth + 1) ?? codeOf(first, depth + 1);
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
export function sendFailure(label: string, baseUrl: string, thrown: unknown): KlingError {
	const refused = ownErrorIn(thrown);
	return refused?.with({ maybeCreated: false }) ?? unreachable(label, baseUrl, thrown);
}

/**
 * A request that got no answer, as our error. Only what certainly never left is marked as not created.
 * The original error is not kept: it holds the Authorization header.
 */
export function unreachable(label: string, baseUrl: string, thrown: unknown): KlingError {
	const code = codeOf(thrown);
	const never = code ? NEVER_SENT[code] : undefined;
	const why =
		never ??
		(code ? BROKEN_OFF[code] : undefined) ??
		(code ? `error ${code}` : 'the connection failed');
	return new KlingError('unreachable', `${label} could not be reached at ${baseUrl}: ${why}`, {
		code,
		retryable: true,
		maybeCreated: never === undefined,
		advice: never
			? 'Check Base URL in the credential, and the network of the n8n machine'
			: 'Check the network of the n8n machine, and that the service is up',
	});
}
