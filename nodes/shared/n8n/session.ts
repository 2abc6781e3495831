import type { IExecuteFunctions } from 'n8n-workflow';

import { createClient } from '../tasks/client';
import type { KlingClient } from '../tasks/client';
import type { Transport } from '../tasks/http';
import { createUploads } from '../tasks/uploads';
import type { Uploads } from '../tasks/uploads';
import { CREDENTIAL, n8nTransport } from './transport';
import type { RequestContext } from './transport';
import { clock } from './clock';
import {
	authorizationFor,
	accountOf,
	callbackTokenOf,
	readConnection,
	secretsOf,
	webhookSecretOf,
} from '../credential/connection';
import type { Connection } from '../credential/connection';
import { providerFor } from '../providers';
import type { Provider } from '../providers';

/** The way to the service; n8n adds the key to every request. */
export interface ServiceConnection<Context extends RequestContext = IExecuteFunctions> {
	context: Context;
	connection: Connection;
	provider: Provider;
	client: KlingClient;
	/** Fires when a person presses Stop. */
	signal: AbortSignal | undefined;
}

/** Everything one run of the node works with. */
export interface Session<
	Context extends RequestContext = IExecuteFunctions,
> extends ServiceConnection<Context> {
	/** The service and its address: where alone a task id means something. */
	serviceKey: string;
	/** To strike out of errors, and of what does not come by the client. */
	secrets: readonly string[];
	/** What proves to a Kling Trigger that a call comes from a task of this credential. */
	callbackToken: string;
	/** Tells keys apart, and so perhaps accounts; a secret, as it is made of the key. */
	account: string;
	/** The files that are uploaded for this run; absent where they go along in requests, or there is no token for it. */
	uploads: Uploads | undefined;
	/** What signs the calls of official Kling; empty where nobody made one. */
	webhookSecret: string;
}

/** What a credential says. */
export interface CredentialReading {
	connection: Connection;
	keys: Pick<Session, 'secrets' | 'callbackToken' | 'account' | 'webhookSecret'>;
}

/** Throws `invalidInput` when the credential is incomplete, and what n8n throws where it cannot be read. */
export async function readCredential(context: RequestContext): Promise<CredentialReading> {
	const data = await context.getCredentials(CREDENTIAL);
	// An incomplete credential says so here, not in the middle of the first request.
	authorizationFor(data, clock.now());
	const keys = {
		secrets: secretsOf(data),
		callbackToken: callbackTokenOf(data),
		account: accountOf(data),
		webhookSecret: webhookSecretOf(data),
	};
	return { connection: readConnection(data), keys };
}

/** Puts something between the client and n8n's request helper, e.g. a limit for the service that `serviceKey` names. */
export type WrapTransport = (send: Transport, serviceKey: string) => Transport;

function serviceKeyOf({ service, baseUrl }: Connection): string {
	return `${service} ${baseUrl}`;
}

export interface ConnectOptions {
	/** Absent where nobody can press Stop. */
	signal?: AbortSignal;
	/** Absent where requests are sent as they come. */
	wrap?: WrapTransport;
	/** As in `ClientOptions`. */
	repeats?: boolean;
}

/** Opens a connection; what the service says comes out of it without `secrets`. */
export function connect<Context extends RequestContext>(
	context: Context,
	connection: Connection,
	secrets: readonly string[],
	{ signal, wrap = (send) => send, repeats }: ConnectOptions = {},
): ServiceConnection<Context> {
	const provider = providerFor(connection);
	const transport = n8nTransport(context, connection, provider, secrets);
	const client = createClient({
		provider,
		transport: wrap(transport, serviceKeyOf(connection)),
		clock,
		signal,
		repeats,
		signs: connection.authentication === 'accessKey',
	});
	return { context, connection, provider, client, signal };
}

/** Opens the connection that a credential describes. */
export function sessionOf<Context extends RequestContext>(
	context: Context,
	{ connection, keys }: CredentialReading,
	options: ConnectOptions = {},
): Session<Context> {
	const serviceKey = serviceKeyOf(connection);
	const service = connect(context, connection, keys.secrets, options);
	const { provider, client } = service;
	const canUpload = connection.platformUrl !== undefined && provider.calls.upload !== undefined;
	const uploads = canUpload ? createUploads(client) : undefined;
	return { ...service, serviceKey, ...keys, uploads };
}

/** Opens the connection that the credential of the node describes. Throws as `readCredential`. */
export async function openSession<Context extends RequestContext>(
	context: Context,
	options: ConnectOptions = {},
): Promise<Session<Context>> {
	return sessionOf(context, await readCredential(context), options);
}

/** What has to be struck out of all that a service says. Throws what n8n throws where the credential cannot be read. */
export async function readSecrets(context: RequestContext): Promise<readonly string[]> {
	return secretsOf(await context.getCredentials(CREDENTIAL));
}
