import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';

import { readAnswer } from './answer';
import { isStream } from './byteStream';
import { clock } from './clock';
import { withinTime } from './timeout';
import { probeCredential } from '../credential/probe';
import type { SignedSend } from '../credential/probe';

/**
 * Sends by the only helper that the context of a credential test offers. It takes no signal, but hands out the body as a
 * stream: that is read as far as answers may be long, and closed when time is up.
 */
function sendBy({ helpers }: ICredentialTestFunctions): SignedSend {
	return async (request, { label, timeoutMs }) => {
		const over = new AbortController();
		const send = async (): Promise<unknown> => {
			const response: unknown = await helpers.request({
				...request,
				useStream: true,
				json: false,
				simple: false,
				resolveWithFullResponse: true,
				followRedirect: false,
			});
			const { body, ...rest } = (response ?? {}) as Record<string, unknown>;
			const close = (): void => {
				if (isStream(body)) body.destroy();
			};
			if (over.signal.aborted) close();
			over.signal.addEventListener('abort', close);
			return { ...rest, body: await readAnswer(label, body) };
		};
		try {
			return await withinTime(send(), timeoutMs);
		} finally {
			over.abort();
		}
	};
}

/** The Test button of the credential. A function, because a declarative test can only tell status codes apart, not causes. Never throws. */
export async function testKlingApi(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	const { ok, message } = await probeCredential(credential.data ?? {}, sendBy(this), clock.now());
	return { status: ok ? 'OK' : 'Error', message };
}
