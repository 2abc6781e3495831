import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';

import { clock } from './clock';
import { withinTime } from './timeout';
import { probeCredential } from '../credential/probe';

/** The Test button of the credential. A function, because a declarative test can only tell status codes apart, not causes. Never throws. */
export async function testKlingApi(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const { helpers } = this;
	const { ok, message } = await probeCredential(
		credential.data ?? {},
		// The context of a credential test offers no other helper than this one.
		async (request, timeoutMs) =>
			await withinTime(
				helpers.request({
					...request,
					json: false,
					simple: false,
					resolveWithFullResponse: true,
					followRedirect: false,
				}) as Promise<unknown>,
				timeoutMs,
			),
		clock.now(),
	);
	return { status: ok ? 'OK' : 'Error', message };
}
