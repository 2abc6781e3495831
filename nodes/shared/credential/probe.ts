import { authorizationAt, readConnection, secretsOf } from './connection';
import type { CredentialData } from './fields';
import { toKlingError } from '../core/errors';
import { isPrivate } from '../core/hosts';
import { providerFor } from '../providers';
import type { HttpRequest, HttpResponse, ProbeResult } from '../providers';
import { judgedFailure } from '../providers/createFailure';
import { toMessage } from '../core/explain';
import { redact, redactResponse } from './redact';
import { fromWire, hostOf, sendFailure, tellAddress, toWire } from '../tasks/http';
import type { Host, WireRequest } from '../tasks/http';

const TIMEOUT_MS = 20_000;

/**
 * Sends a signed request to a service of that name, and resolves with n8n's full response, whatever the status; rejects after
 * `timeoutMs` at the latest, and for an answer that is too long.
 */
export type SignedSend = (
	request: WireRequest,
	options: { label: string; timeoutMs: number },
) => Promise<unknown>;

/** What is wrong with an address to which a key goes readable for all on the way; undefined where it does not. */
function openToAll({ url, field }: Host): string | undefined {
	const { protocol, hostname, origin } = new URL(url);
	if (protocol === 'https:' || isPrivate(hostname)) return undefined;
	return `${field} is ${origin}, so the key travels unencrypted. Use https:// if the service has it`;
}

interface Probed {
	label: string;
	send: SignedSend;
	data: CredentialData;
	now: number;
}

/** One question, and what its answer says of the key that went along. Throws `KlingError` where that does not work. */
async function ask(
	{ label, send, data, now }: Probed,
	request: HttpRequest,
	read: (response: HttpResponse) => ProbeResult,
): Promise<ProbeResult> {
	const host = hostOf(readConnection(data), request);
	const wire = toWire(host.url, request, TIMEOUT_MS);
	const headers = { ...wire.headers, Authorization: authorizationAt(data, wire.url, now) };
	let response: HttpResponse;
	try {
		const options = { label, timeoutMs: 2 * TIMEOUT_MS };
		const answer = fromWire(await send({ ...wire, headers }, options), wire.url);
		response = redactResponse(answer, secretsOf(data));
	} catch (thrown) {
		throw sendFailure(label, host, thrown);
	}
	try {
		const { ok, message } = read(response);
		const warning = ok ? openToAll(host) : undefined;
		return { ok, message: warning ? `${message}. ${warning}` : message };
	} catch (thrown) {
		throw tellAddress(toKlingError(thrown), request, response);
	}
}

/** What a test found out, with what went wrong as its message. Never throws. */
async function verdict(
	data: CredentialData,
	test: () => Promise<ProbeResult>,
): Promise<ProbeResult> {
	try {
		return await test();
	} catch (thrown) {
		const { message, description } = toMessage(toKlingError(thrown));
		return {
			ok: false,
			message: redact([message, description].filter(Boolean).join('. '), secretsOf(data)),
		};
	}
}

/** Both in one; which of the two keys is meant stands before each. */
function together(key: ProbeResult, token: ProbeResult): ProbeResult {
	return {
		ok: key.ok && token.ok,
		message: `API Key: ${key.message}. Platform Token: ${token.message}`,
	};
}

/**
 * Tests a credential without costs, and says in words what is wrong: a bad key, the wrong region or host,
 * an empty balance, or a server that cannot be reached; and of one that is accepted, whether the key travels unencrypted.
 * If there is a token for a second host, both are tested. Never throws. `now` in ms.
 */
export async function probeCredential(
	data: CredentialData,
	send: SignedSend,
	now: number,
): Promise<ProbeResult> {
	return await verdict(data, async () => {
		const connection = readConnection(data);
		const provider = providerFor(connection);
		const { label, platformProbe } = provider;
		const probed = { label, send, data, now };
		const readKey = (response: HttpResponse) => {
			try {
				return provider.readProbe(response);
			} catch (thrown) {
				throw judgedFailure(label, toKlingError(thrown), response);
			}
		};
		const testKey = async () => await ask(probed, provider.encodeProbe(now), readKey);
		if (connection.platformUrl === undefined || !platformProbe) return await testKey();
		const { encode, read } = platformProbe;
		const testToken = async () =>
			await ask(probed, encode(undefined), (response) => read(response, undefined));
		return together(await verdict(data, testKey), await verdict(data, testToken));
	});
}
