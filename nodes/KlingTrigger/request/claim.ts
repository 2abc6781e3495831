import { parseJson } from '../../shared/core/json';
import type { Provider } from '../../shared/providers';
import type { Claim } from '../../shared/core/task';
import { exceedsDepth, MOST_LEVELS } from './depth';
import { Rejection } from './rejection';

/** Ids become parts of paths: none of them may lead to another path of the service. */
const ID = /^[\w.:-]*\w[\w.:-]*$/;

/** What a call claims about a task, or a rejection where it is no callback of this service. Never throws. */
export function readClaim(provider: Provider, rawBody: Buffer): Claim | Rejection {
	let claim: Claim | undefined;
	try {
		// Some programs mark text as UTF-8 by a first character that JSON does not know.
		claim = provider.readCallback(parseJson(rawBody.toString('utf8').replace(/^\uFEFF/, '')));
	} catch {
		return new Rejection(400, 'The body is not JSON');
	}
	if (!claim || !ID.test(claim.id)) {
		return new Rejection(
			400,
			`The body is not a callback of ${provider.label}: it names no task`,
			'Choose the Service in the credential that the task was made with',
		);
	}
	if (exceedsDepth(claim.raw, MOST_LEVELS)) {
		return new Rejection(400, 'The body is nested too deeply');
	}
	return claim;
}
