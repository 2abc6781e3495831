import { parseJson } from '../../shared/core/json';
import type { Json } from '../../shared/core/json';
import { wasStruck } from '../../shared/core/quote';
import { redactJson } from '../../shared/credential/redact';
import type { Provider } from '../../shared/providers';
import type { Claim } from '../../shared/core/task';
import { exceedsDepth, MOST_LEVELS } from './depth';
import { Rejection } from './rejection';

/** Ids become parts of paths: none of them may lead to another path of the service. */
const ID = /^[\w.:-]*\w[\w.:-]*$/;

/**
 * What a call claims about a task, or a rejection where it is no callback of this service. Some services repeat the request:
 * its token, and all other secrets, are struck out before anything is stored. Never throws.
 */
export function readClaim(
	provider: Provider,
	rawBody: Buffer,
	secrets: readonly string[],
): Claim | Rejection {
	let body: Json;
	try {
		// Some programs mark text as UTF-8 by a first character that JSON does not know.
		body = parseJson(rawBody.toString('utf8').replace(/^\uFEFF/, ''));
	} catch {
		return new Rejection(400, 'The body is not JSON');
	}
	if (exceedsDepth(body, MOST_LEVELS)) {
		return new Rejection(400, 'The body is nested too deeply');
	}
	const claim = provider.readCallback(redactJson(body, secrets));
	if (claim && wasStruck(claim.id)) {
		return new Rejection(
			400,
			'The ID of the task holds a secret of the credential',
			'Nobody can ask for such a task: tell whoever runs the service',
		);
	}
	if (!claim || !ID.test(claim.id)) {
		return new Rejection(
			400,
			`The body is not a callback of ${provider.label}: it names no task`,
			'Choose the Service in the credential that the task was made with',
		);
	}
	return claim;
}
