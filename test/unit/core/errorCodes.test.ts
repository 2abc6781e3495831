import {
	KLING_CODES,
	meaningOf,
	meaningOfStatus,
	WORD_CODES,
	type CodeMeaning,
} from '../../../nodes/shared/providers/errorCodes';

/**
 * The one table of what codes mean. The simulator's ledger proves in test/engine/createRefusals.test.ts that
 * the node acts on it, and test/unit/documents that docs/troubleshooting.md says the same.
 *
 * The marks: R = the same call may be sent again; M = a create may have made, and charged, a task all the same;
 * B = all slots are taken or calls come too fast, so a create queues.
 */
/** Nothing of ours: the words of the service tell what to do. */
const OWN_WORDS = /^$/;

type Row = [code: number | string, status: number, marks: string, what: RegExp, advice: RegExp];

const DOCUMENTED: Row[] = [
	[1000, 401, '', /did not accept the key/, /global and China accounts are separate/],
	[1001, 401, '', /received no key/, /Check the key/],
	[1002, 401, '', /key is not valid/, /Check the key/],
	[1003, 401, '', /not valid yet/, /clock .* runs ahead/],
	[1004, 401, '', /has expired/, /clock .* runs behind/],
	[1100, 429, '', /something is wrong with the account/, /console/],
	[1101, 429, '', /in arrears/, /Pay the open bill/],
	[1102, 429, '', /balance is used up/, /Buy a resource pack/],
	[1103, 403, '', /does not let this account use the model/, /Choose another model/],
	[1200, 400, '', /did not accept the parameters/, OWN_WORDS],
	[1201, 400, '', /did not accept a value/, OWN_WORDS],
	[1202, 404, '', /does not know this call/, /Base URL/],
	[1203, 404, '', /could not find this model or resource/, /model name/],
	[1300, 400, '', /refused this by its policy/, /Change the prompt/],
	[1301, 400, '', /refused the content/, /Nothing was charged/],
	[1302, 429, 'RB', /rate limit was reached/, /Wait/],
	[1303, 429, 'RB', /all parallel slots/, /lower Max Tasks in Parallel/],
	[1304, 429, '', /does not accept calls from this IP address/, /whitelist/],
	[5000, 500, 'RM', /internal error/, /side of the service/],
	[5001, 503, 'RM', /under maintenance/, /side of the service/],
	[5002, 504, 'RM', /too slow inside/, /side of the service/],
];

/** The words of Ace Data Cloud and of new-api. */
const WORDS: Row[] = [
	['invalid_token', 401, '', /does not know this key/, /Check the key/],
	['token_expired', 401, '', /key has expired/, /Check the key/],
	['token_mismatched', 400, '', /for something else/, /Check the key/],
	['authorization_missing', 401, '', /received no key/, /Check the key/],
	['no_token', 400, '', /received no key/, /Check the key/],
	['disabled', 400, '', /key is disabled/, /Check the key/],
	['used_up', 403, '', /balance is used up/, /Buy credits/],
	['insufficient_user_quota', 403, '', /balance is used up/, /Buy credits/],
	['insufficient_quota', 429, '', /balance is used up/, /Buy credits/],
	['pre_consume_token_quota_failed', 403, '', /balance is used up/, /Buy credits/],
	['model_not_found', 503, 'R', /no channel for this model/, /another model/],
	['get_channel_failed', 500, 'RM', /no other channel left/, /another model/],
	['rate_limit_exceeded', 429, 'RB', /rate limit was reached/, /Wait/],
	['api_not_implemented', 400, '', /does not offer this/, /another operation/],
	['no_api', 404, '', /does not know this call/, /Base URL/],
	['bad_request', 400, '', /did not accept the parameters/, OWN_WORDS],
	['too_many_requests', 429, 'RB', /rate limit was reached/, /Wait/],
	['api_error', 500, 'RM', /internal error/, /side of the service/],
];

const marksOf = ({ retryable, maybeCreated, busy }: CodeMeaning) =>
	[retryable && 'R', maybeCreated && 'M', busy && 'B'].filter(Boolean).join('');

it('knows every documented code and word, and no other', () => {
	const codes = (table: object) => Object.keys(table).sort();
	expect(codes(KLING_CODES)).toEqual(DOCUMENTED.map(([code]) => String(code)).sort());
	expect(codes(WORD_CODES)).toEqual(WORDS.map(([word]) => word).sort());
});

it.each([...DOCUMENTED, ...WORDS])(
	'%s (HTTP %i): %j, %s, %s',
	(code, status, marks, what, advice) => {
		const meaning = meaningOf(code, status);
		expect(marksOf(meaning)).toBe(marks);
		expect(meaning.what).toMatch(what);
		expect(meaning.advice ?? '').toMatch(advice);
		// The code decides, whatever status comes with it.
		expect(meaningOf(code, 418)).toBe(meaning);
	},
);

it.each(['__proto__', 'toString', 'constructor', 'new_word', ''])(
	'falls back to the status for %j',
	(word) => {
		expect(meaningOf(word, 401)).toEqual(meaningOfStatus(401));
	},
);

it.each([
	[302, ''],
	[400, ''],
	[401, ''],
	[402, ''],
	[403, ''],
	[404, ''],
	[405, ''],
	[408, 'RM'],
	[422, ''],
	[429, 'RB'],
	[500, 'RM'],
	[502, 'RM'],
	[504, 'RM'],
	[0, 'RM'],
])('an HTTP status alone, %i: %j', (status, marks) => {
	expect(marksOf(meaningOfStatus(status))).toBe(marks);
});

it('every meaning continues a sentence and says what to do', () => {
	for (const { what, advice } of [...Object.values(KLING_CODES), ...Object.values(WORD_CODES)]) {
		expect(what).toMatch(/^[a-z].*[^.]$/);
		if (advice !== undefined) expect(advice).toMatch(/^[A-Z].*[^.]$/);
	}
});
