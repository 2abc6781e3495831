import { z } from 'zod';

import type { Balance } from '../../core/billing';
import { KlingError } from '../../core/errors';
import { isJsonObject } from '../../core/json';
import type { Json } from '../../core/json';
import { wasStruck } from '../../core/quote';
import { isFine, readJson, refusalOf, unreadable } from '../response';
import { saidIn } from '../said';
import { isLink, optionalAmount, optionalText } from '../schemas';
import type { HttpRequest, HttpResponse, Provider, Uploaded } from '../types';
import { LABEL, complaintOf } from './decode';

/**
 * The platform of Ace Data Cloud: another host with a token of its own, which the API does not take, nor it the key of the
 * API. Its own programs use it so: <https://github.com/AceDataCloud/SDK>, files.ts.
 */

const TOKEN_ADVICE =
	'Check Platform Token in the credential: it is made in the console of Ace Data Cloud under Platform Tokens, and is another one than the API Key';

/** What a status means there, where it means another thing than at the API. */
const REFUSALS: Readonly<Record<number, { what: string; advice: string }>> = {
	401: { what: 'did not accept the Platform Token', advice: TOKEN_ADVICE },
	403: { what: 'refused this', advice: TOKEN_ADVICE },
	404: { what: 'does not know this call', advice: 'Check Platform URL in the credential' },
	413: {
		what: 'does not take a file of this size',
		advice: 'Make the file smaller, or give its web address',
	},
};

const REDIRECTED = {
	what: 'sent us to another address, which is not followed so that the token stays with the configured host',
	advice: 'Set Platform URL in the credential to the final address',
};

/** An answer of the platform. Throws `refused` or `unreadable`. */
function readPlatform(response: HttpResponse): Json {
	const { status } = response;
	const refusal = status >= 300 && status < 400 ? REDIRECTED : REFUSALS[status];
	if (refusal) {
		throw new KlingError('refused', `${LABEL} ${refusal.what}`, {
			advice: refusal.advice,
			httpStatus: status,
			serviceMessage: saidIn(response.text).words,
			maybeCreated: false,
		});
	}
	const json = readJson(LABEL, response);
	if (!isFine(response)) throw refusalOf(LABEL, response, complaintOf(json));
	return json;
}

function readUploaded(response: HttpResponse): Uploaded {
	const json = readPlatform(response);
	const url = isJsonObject(json) ? json.file_url : undefined;
	if (!isJsonObject(json) || typeof url !== 'string' || !isLink(url) || wasStruck(url)) {
		throw unreadable(LABEL, response, 'it holds no address of the file');
	}
	return { url, raw: json };
}

const application = z.object({ id: optionalText, remaining_amount: optionalAmount });

/** What is left of each application, in Credits; one application is what one was subscribed to. */
function readBalances(response: HttpResponse): Balance[] {
	const json = readPlatform(response);
	const items = isJsonObject(json) ? json.items : undefined;
	if (!Array.isArray(items)) throw unreadable(LABEL, response, 'it holds no list of applications');
	return items.filter(isJsonObject).map((raw) => {
		const { id, remaining_amount: remaining } = application.parse(raw);
		return { type: 'application', id, unit: 'credits', remaining, raw };
	});
}

function askApplications(): HttpRequest {
	return { method: 'GET', path: '/api/v1/applications/', at: 'platform' };
}

export const ACE_PLATFORM_CALLS: Provider['calls'] = {
	upload: {
		encode: (file) => ({ method: 'POST', path: '/api/v1/files/', at: 'platform', file }),
		read: readUploaded,
	},
	balance: { encode: askApplications, read: readBalances },
};

export const ACE_PLATFORM_PROBE: NonNullable<Provider['platformProbe']> = {
	encode: askApplications,
	read(response) {
		const amounts = readBalances(response).flatMap(({ remaining }) => remaining ?? []);
		const left = amounts.reduce((sum, amount) => sum + amount, 0);
		const told = amounts.length > 0 ? `. Credits left: ${Number(left.toFixed(2))}` : '';
		return { ok: true, message: `${LABEL} accepted the Platform Token${told}` };
	},
};
