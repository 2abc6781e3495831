import type { IExecuteFunctions } from 'n8n-workflow';

import { createClient } from '../../shared/client/client';
import type { KlingClient } from '../../shared/client/client';
import { CREDENTIAL, n8nTransport } from '../../shared/client/n8n';
import { clock } from '../../shared/clock';
import { authorizationFor, readConnection, secretsOf } from '../../shared/connection';
import type { Connection } from '../../shared/connection';
import { providerFor } from '../../shared/providers';
import type { Provider } from '../../shared/providers';

/** Everything one run of the node works with. */
export interface Session {
	context: IExecuteFunctions;
	provider: Provider;
	client: KlingClient;
	/** Fires when a person presses Stop. */
	signal: AbortSignal | undefined;
	/** The service and its address: where alone a task id means something. */
	scope: string;
	/** To strike out of errors. */
	secrets: readonly string[];
}

async function readCredential(
	context: IExecuteFunctions,
): Promise<{ connection: Connection; secrets: string[] }> {
	const data = await context.getCredentials(CREDENTIAL);
	// An incomplete credential shall say so here, not in the middle of the first request.
	authorizationFor(data, clock.now());
	return { connection: readConnection(data), secrets: secretsOf(data) };
}

/** Opens the connection that the credential describes. Throws `invalidInput` when the credential is incomplete. */
export async function openSession(context: IExecuteFunctions): Promise<Session> {
	const { connection, secrets } = await readCredential(context);
	const provider = providerFor(connection);
	const signal = context.getExecutionCancelSignal();
	const client = createClient({
		provider,
		transport: n8nTransport(context, connection, provider),
		clock,
		signal,
		signs: connection.authentication === 'accessKey',
	});
	const scope = `${connection.service} ${connection.baseUrl}`;
	return { context, provider, client, signal, scope, secrets };
}
