import { authorizationFor, readConnection, secretsOf } from './connection';
import type { CredentialData } from './fields';
import { toKlingError } from '../core/errors';
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

/**
 * Tests a credential without costs, and says in words what is wrong: a bad key, the wrong region or host,
 * an empty balance, or a server that cannot be reached. Never throws. `now` in ms.
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
			return provider.readProbe(response);
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
