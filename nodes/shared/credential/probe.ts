import { authorizationFor, readConnection, secretsOf } from './connection';
import type { CredentialData } from './fields';
import { toKlingError } from '../core/errors';
import { isPrivate } from '../core/hosts';
import { providerFor } from '../providers';
import type { HttpResponse, ProbeResult } from '../providers';
import { judgedFailure } from '../providers/createFailure';
import { toMessage } from '../core/explain';
import { redact, redactResponse } from './redact';
import { fromWire, sendFailure, tellAddress, toWire } from '../tasks/http';
import type { WireRequest } from '../tasks/http';

const TIMEOUT_MS = 20_000;

/**
 * Sends a signed request to a service of that name, and resolves with n8n's full response, whatever the status; rejects after
 * `timeoutMs` at the latest, and for an answer that is too long.
 */
export type SignedSend = (
	request: WireRequest,
	options: { label: string; timeoutMs: number },
) => Promise<unknown>;

/** What is wrong with an address to which the key goes readable for all on the way; undefined where it does not. */
function openToAll(baseUrl: string): string | undefined {
	const { protocol, hostname, origin } = new URL(baseUrl);
	if (protocol === 'https:' || isPrivate(hostname)) return undefined;
	return `Base URL is ${origin}, so the key travels unencrypted. Use https:// if the service has it`;
}

/**
 * Tests a credential without costs, and says in words what is wrong: a bad key, the wrong region or host,
 * an empty balance, or a server that cannot be reached; and of one that is accepted, whether the key travels unencrypted.
 * Never throws. `now` in ms.
 */
export async function probeCredential(
	data: CredentialData,
	send: SignedSend,
	now: number,
): Promise<ProbeResult> {
	try {
		const connection = readConnection(data);
		const provider = providerFor(connection);
		const request = provider.encodeProbe(now);
		const wire = toWire(connection.baseUrl, request, TIMEOUT_MS);
		const headers = { ...wire.headers, Authorization: authorizationFor(data, now) };
		let response: HttpResponse;
		try {
			const options = { label: provider.label, timeoutMs: 2 * TIMEOUT_MS };
			const answer = fromWire(await send({ ...wire, headers }, options), wire.url);
			response = redactResponse(answer, secretsOf(data));
		} catch (thrown) {
			throw sendFailure(provider.label, connection.baseUrl, thrown);
		}
		try {
			const { ok, message } = provider.readProbe(response);
			const warning = ok ? openToAll(connection.baseUrl) : undefined;
			return { ok, message: warning ? `${message}. ${warning}` : message };
		} catch (thrown) {
			const failure = judgedFailure(provider.label, toKlingError(thrown), response);
			throw tellAddress(failure, request, response);
		}
	} catch (thrown) {
		const { message, description } = toMessage(toKlingError(thrown));
		return {
			ok: false,
			message: redact([message, description].filter(Boolean).join('. '), secretsOf(data)),
		};
	}
}
