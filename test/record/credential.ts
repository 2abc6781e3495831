/** What the credential adds to a request, how all of a request looks to n8n, and what the Test of a credential says. */
import type {
	ICredentialDataDecryptedObject,
	ICredentialTestFunctions,
	ICredentialsDecrypted,
	IHttpRequestOptions,
} from 'n8n-workflow';

import { KlingApi } from '../../credentials/KlingApi.credentials';
import { Kling } from '../../nodes/Kling/Kling.node';
import { KlingTrigger } from '../../nodes/KlingTrigger/KlingTrigger.node';
import { ACCOUNT_NAMES, ACCOUNTS, takesAll, withOwnToken } from './accounts';
import type { Account, Answer } from './accounts';
import { lineOf, runKling } from './run';
import { COMPLAINTS, SPOKEN } from './spoken';

/** Credentials as people fill them in wrongly, or in an unusual way. */
const ODD: readonly ICredentialDataDecryptedObject[] = [
	{},
	{ apiKey: 'key-without-a-service' },
	{ service: 'nonsense', apiKey: 'key' },
	{ service: 'toString', apiKey: 'key' },
	{ ...ACCOUNTS.klingGlobal, apiKey: '' },
	{ ...ACCOUNTS.klingGlobal, apiKey: ' Bearer record-key-global ' },
	{ ...ACCOUNTS.klingGlobal, klingGlobalBaseUrl: ' https://proxy.example.com/kling/ ' },
	{ ...ACCOUNTS.klingGlobal, klingGlobalBaseUrl: 'ftp://proxy.example.com' },
	{ ...ACCOUNTS.klingGlobal, klingGlobalBaseUrl: 'https://me:secret@proxy.example.com' },
	{ ...ACCOUNTS.klingGlobal, klingGlobalBaseUrl: 'https://proxy.example.com?a=1' },
	{ ...ACCOUNTS.klingGlobal, klingGlobalBaseUrl: 'proxy' },
	{ ...ACCOUNTS.klingGlobal, callbackToken: 'short' },
	{ ...ACCOUNTS.klingGlobal, callbackToken: 'a token with spaces in it' },
	{ ...ACCOUNTS.klingGlobalPair, accessKeyId: '' },
	{ ...ACCOUNTS.klingGlobalPair, secretKey: ' ' },
	{ ...ACCOUNTS.relay, relayBaseUrl: '' },
	{ ...ACCOUNTS.relay, pathPrefix: '' },
	{ ...ACCOUNTS.relay, pathPrefix: 'a/b/' },
	{ ...ACCOUNTS.relay, relayBaseUrl: 'https://relay.example.com/kling/' },
	{ ...ACCOUNTS.aceData, authentication: 'accessKey' },
	...ACCOUNT_NAMES.map(withOwnToken),
];

async function attempt(act: () => Promise<unknown>): Promise<unknown> {
	try {
		return await act();
	} catch (thrown) {
		return { thrown: (thrown as Error).message };
	}
}

/** One create by each credential, with all that n8n's helper is told, and the key asked for by other hosts. */
export async function signingLines(): Promise<string[]> {
	const parameters = {
		resource: 'video',
		operation: 'text2video',
		prompt: 'A mug',
		waitMode: 'none',
	};
	const hosts = [
		'https://elsewhere.example.org/',
		'https://api-singapore.klingai.com:8443/',
		'no address',
	];
	const credentials = [...Object.values(ACCOUNTS), ...ODD];
	const lines: string[] = [];
	for (const credential of credentials) {
		const account = credential.service === 'aceData' ? 'aceData' : 'relay';
		const run = await runKling({ credential, answer: takesAll(account) }, [{ parameters }]);
		const elsewhere: unknown[] = [];
		for (const url of hosts) {
			const request = { url, headers: { Accept: 'text/plain' } };
			elsewhere.push(await attempt(() => new KlingApi().authenticate(credential, request)));
		}
		lines.push(lineOf({ credential, ...run, elsewhere }));
	}
	return lines;
}

async function testOf(
	node: Kling | KlingTrigger,
	data: ICredentialDataDecryptedObject,
	{ status, headers = {}, body }: Answer,
): Promise<object> {
	const sent: IHttpRequestOptions[] = [];
	const request = async (options: IHttpRequestOptions) => {
		sent.push(options);
		return { statusCode: status, headers, body };
	};
	const context = { helpers: { request } } as unknown as ICredentialTestFunctions;
	const credential: ICredentialsDecrypted = { id: '1', name: 'Kling', type: 'klingApi', data };
	const said = await node.methods.credentialTest.testKlingApi.call(context, credential);
	return { sent, said };
}

/** The Test of a credential, by what the service answers. */
export async function testLines(account: Account): Promise<string[]> {
	const lines: string[] = [];
	for (const [name, answer] of [...SPOKEN, ...COMPLAINTS]) {
		lines.push(lineOf({ name, ...(await testOf(new Kling(), ACCOUNTS[account], answer)) }));
	}
	return lines;
}

/** The Test of credentials that are odd. */
export async function oddTestLines(): Promise<string[]> {
	const answer = SPOKEN.get('PACKS')!;
	const lines: string[] = [];
	for (const data of ODD) {
		lines.push(lineOf({ data, ...(await testOf(new KlingTrigger(), data, answer)) }));
	}
	return lines;
}
