import type { IExecuteFunctions } from 'n8n-workflow';

import { createClient } from '../tasks/client';
import type { KlingClient } from '../tasks/client';
import { CREDENTIAL, n8nTransport } from './transport';
import type { NodeContext } from './transport';
import { clock } from './clock';
import {
	authorizationFor,
	callbackTokenOf,
	readConnection,
	secretsOf,
	webhookSecretOf,
} from '../credential/connection';
import type { Connection } from '../credential/connection';
import { providerFor } from '../providers';
import type { Provider } from '../providers';

/** The way to the service. Holds no secret: n8n adds the key to every request. */
export interface ServiceConnection<Context extends NodeContext = IExecuteFunctions> {
	context: Context;
	connection: Connection;
	provider: Provider;
	client: KlingClient;
	/** Fires when a person presses Stop. */
	signal: AbortSignal | undefined;
}

/** Everything one run of the node works with. */
export interface Session<
	Context extends NodeContext = IExecuteFunctions,
> extends ServiceConnection<Context> {
	/** The service and its address: where alone a task id means something. */
	serviceKey: string;
	/** To strike out of errors. */
	secrets: readonly string[];
	/** What proves to a Kling Trigger that a call comes from a task of this credential. */
	callbackToken: string;
	/** What signs the calls of official Kling; empty where nobody made one. */
	webhookSecret: string;
}

type Keys = Pick<Session, 'secrets' | 'callbackToken' | 'webhookSecret'>;

async function readCredential(
	context: NodeContext,
): Promise<{ connection: Connection; keys: Keys }> {
	const data = await context.getCredentials(CREDENTIAL);
	// An incomplete credential shall say so here, not in the middle of the first request.
	authorizationFor(data, clock.now());
	const keys = {
		secrets: secretsOf(data),
		callbackToken: callbackTokenOf(data),
		webhookSecret: webhookSecretOf(data),
	};
	return { connection: readConnection(data), keys };
}

/** Opens a connection. `signal` is absent where nobody can press Stop. */
export function connect<Context extends NodeContext>(
	context: Context,
	connection: Connection,
	signal?: AbortSignal,
): ServiceConnection<Context> {
	const provider = providerFor(connection);
	const client = createClient({
		provider,
		transport: n8nTransport(context, connection, provider),
		clock,
		signal,
		signs: connection.authentication === 'accessKey',
	});
	return { context, connection, provider, client, signal };
}

/**
 * Opens the connection that the credential describes. `signal` is absent where nobody can press Stop.
 * Throws `invalidInput` when the credential is incomplete.
 */
export async function openSession<Context extends NodeContext>(
	context: Context,
	signal?: AbortSignal,
): Promise<Session<Context>> {
	const { connection, keys } = await readCredential(context);
	const serviceKey = `${connection.service} ${connection.baseUrl}`;
	return { ...connect(context, connection, signal), serviceKey, ...keys };
}

/** What has to be struck out of errors; nothing where the credential cannot be read, since then nothing was sent. */
export async function readSecrets(context: NodeContext): Promise<readonly string[]> {
	try {
		return secretsOf(await context.getCredentials(CREDENTIAL));
	} catch {
		return [];
	}
}
