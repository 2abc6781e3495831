/**
 * The code table of Kling's API ("error codes" of the official reference) and the words of the relays, as data.
 * `maybeCreated: false` = the service refuses before it makes anything, so a create with this answer cost nothing.
 */
export interface CodeMeaning {
	/** What happened, as the rest of a sentence that starts with the service's name. */
	what: string;
	/** What to do, where the service's own words, which stand below, do not tell it. */
	advice?: string;
	/** May the same call succeed later, unchanged? */
	retryable: boolean;
	/** Could a create that got this answer have made (and charged) a task all the same? */
	maybeCreated: boolean;
	/** All slots are taken or calls come too fast: wait, then send again. */
	busy?: boolean;
	/** Said before the request is handed on to anybody who could work on it, so that it counts with a server's own failure, too. */
	atTheDoor?: boolean;
}

const KEY_ADVICE =
	'Check the key in the credential, and that Service and Base URL belong to the account: global and China accounts are separate, and each host knows only its own keys';

function refusal(what: string, advice?: string, extra: Partial<CodeMeaning> = {}): CodeMeaning {
	return { what, advice, retryable: false, maybeCreated: false, ...extra };
}

const SERVER_TROUBLE_ADVICE = 'The trouble is on the side of the service. Try again later';

const NO_CREDITS = refusal(
	'says that the balance is used up',
	'Buy credits in the console of the service, then run this again',
);

const TOO_FAST = refusal(
	'says that its rate limit was reached',
	'Wait a little, then run this again',
	{
		retryable: true,
		busy: true,
	},
);

const NO_MODEL_ACCESS = refusal(
	'does not let this account use the model or function',
	'Choose another model, or ask the service to enable it',
);

const NO_CHANNEL_ADVICE = 'Choose another model, or ask the relay to enable this one for your key';

/** The gate of one-api and new-api finds nobody to hand the request on to. */
const NO_CHANNEL = refusal('has no channel for this model', NO_CHANNEL_ADVICE, {
	retryable: true,
	atTheDoor: true,
});

/** After a first channel has failed, which may have made the task: new-api tells nothing of what that one said. */
const NO_CHANNEL_LEFT: CodeMeaning = {
	what: 'has no other channel left for this model',
	advice: NO_CHANNEL_ADVICE,
	retryable: true,
	maybeCreated: true,
};

/** By Kling's numeric `code`. */
export const KLING_CODES: Readonly<Record<number, CodeMeaning>> = {
	1000: refusal('did not accept the key', KEY_ADVICE),
	1001: refusal('received no key', KEY_ADVICE),
	1002: refusal('says that the key is not valid', KEY_ADVICE),
	1003: refusal(
		'says that the token is not valid yet',
		'The clock of the n8n machine runs ahead. Set it by network time (NTP)',
	),
	1004: refusal(
		'says that the token has expired',
		'The clock of the n8n machine runs behind. Set it by network time (NTP)',
	),
	1100: refusal(
		'says that something is wrong with the account',
		'Look at the account in the console of the service',
	),
	1101: refusal(
		'says that the account is in arrears',
		'Pay the open bill in the console of the service, then run this again',
	),
	1102: refusal(
		'says that the balance is used up or the resource pack has expired',
		'Buy a resource pack in the API console. Credits bought on the Kling website do not count for the API, and packs are separate for videos and images',
	),
	1103: NO_MODEL_ACCESS,
	1200: refusal('did not accept the parameters'),
	1201: refusal('did not accept a value'),
	1202: refusal(
		'does not know this call',
		'Check Service, Base URL and Path Prefix in the credential',
	),
	1203: refusal(
		'could not find this model or resource',
		'Check the model name, and Service and Base URL in the credential',
	),
	1300: refusal('refused this by its policy', 'Change the prompt or the pictures'),
	1301: refusal(
		'refused the content of the prompt or a picture',
		'Change the prompt or the pictures. Nothing was charged',
	),
	1302: TOO_FAST,
	1303: refusal(
		'says that all parallel slots of the account are taken',
		'Wait until running tasks have finished, lower Max Tasks in Parallel, or buy a pack with more slots',
		{ retryable: true, busy: true },
	),
	1304: refusal(
		'does not accept calls from this IP address',
		'Add the address of the n8n machine to the whitelist in the console of the service',
	),
	5000: {
		what: 'had an internal error',
		advice: SERVER_TROUBLE_ADVICE,
		retryable: true,
		maybeCreated: true,
	},
	5001: {
		what: 'is under maintenance',
		advice: SERVER_TROUBLE_ADVICE,
		retryable: true,
		maybeCreated: true,
	},
	5002: {
		what: 'was too slow inside',
		advice: SERVER_TROUBLE_ADVICE,
		retryable: true,
		maybeCreated: true,
	},
};

/** By the word that Ace Data Cloud and new-api style relays put into `code`. */
export const WORD_CODES: Readonly<Record<string, CodeMeaning>> = {
	invalid_token: refusal('does not know this key', KEY_ADVICE),
	token_expired: refusal('says that the key has expired', KEY_ADVICE),
	token_mismatched: refusal('says that this key is for something else', KEY_ADVICE),
	authorization_missing: refusal('received no key', KEY_ADVICE),
	no_token: refusal('received no key', KEY_ADVICE),
	disabled: refusal('says that the key is disabled', KEY_ADVICE),
	used_up: NO_CREDITS,
	insufficient_user_quota: NO_CREDITS,
	insufficient_quota: NO_CREDITS,
	pre_consume_token_quota_failed: NO_CREDITS,
	model_not_found: NO_CHANNEL,
	get_channel_failed: NO_CHANNEL_LEFT,
	api_not_implemented: refusal(
		'does not offer this',
		'Choose another operation, or another service in the credential',
	),
	no_api: refusal('does not know this call', 'Check Service and Base URL in the credential'),
	bad_request: refusal('did not accept the parameters'),
	too_many_requests: TOO_FAST,
	rate_limit_exceeded: TOO_FAST,
	api_error: {
		what: 'had an internal error',
		advice: SERVER_TROUBLE_ADVICE,
		retryable: true,
		maybeCreated: true,
	},
};

/** What an HTTP status alone tells, where the body holds no code we know. */
export function meaningOfStatus(status: number): CodeMeaning {
	if (status === 401) return refusal('did not accept the key', KEY_ADVICE);
	if (status === 403) {
		return refusal(
			'refused this',
			'The key may lack the right, the balance may be used up, or the content was refused',
		);
	}
	if (status === 404 || status === 405) {
		return refusal(
			'does not know this call',
			'Check Service, Base URL and Path Prefix in the credential, and whether this service offers the operation',
		);
	}
	if (status === 402) return NO_CREDITS;
	if (status === 429) return TOO_FAST;
	if (status >= 200 && status < 300) {
		return {
			what: 'reported a failure',
			retryable: true,
			maybeCreated: true,
		};
	}
	if (status >= 300 && status < 400) {
		return refusal(
			'sent us to another address, which is not followed so that the key stays with the configured host',
			'Set Base URL in the credential to the final address',
			// 303 is what a server says after it has worked on a POST.
			{ maybeCreated: status === 303 },
		);
	}
	if (status >= 400 && status < 500 && status !== 408) {
		return refusal('did not accept the request');
	}
	return {
		what: `answered with HTTP status ${status}`,
		advice: SERVER_TROUBLE_ADVICE,
		retryable: true,
		maybeCreated: true,
	};
}

/** What a code means; undefined for one that is in neither table. */
export function meaningOfCode(code: number | string | undefined): CodeMeaning | undefined {
	if (typeof code === 'number') return KLING_CODES[code];
	return code !== undefined && Object.hasOwn(WORD_CODES, code) ? WORD_CODES[code] : undefined;
}

/** The meaning of a service's code, falling back to the HTTP status. */
export function meaningOf(code: number | string | undefined, httpStatus: number): CodeMeaning {
	return meaningOfCode(code) ?? meaningOfStatus(httpStatus);
}
