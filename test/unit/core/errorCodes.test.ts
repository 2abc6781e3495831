import {
	KLING_CODES,
	meaningOf,
	meaningOfStatus,
	WORD_CODES,
} from '../../../nodes/shared/providers/errorCodes';

/** Kling's documented codes: HTTP status, whether the same call may be sent again, whether a task may have been made. */
const DOCUMENTED: Array<[number, number, boolean, boolean]> = [
	[1000, 401, false, false],
	[1001, 401, false, false],
	[1002, 401, false, false],
	[1003, 401, false, false],
	[1004, 401, false, false],
	[1100, 429, false, false],
	[1101, 429, false, false],
	[1102, 429, false, false],
	[1103, 403, false, false],
	[1200, 400, false, false],
	[1201, 400, false, false],
	[1202, 404, false, false],
	[1203, 404, false, false],
	[1300, 400, false, false],
	[1301, 400, false, false],
	[1302, 429, true, false],
	[1303, 429, true, false],
	[1304, 429, false, false],
	[5000, 500, true, true],
	[5001, 503, true, true],
	[5002, 504, true, true],
];

it('knows every documented code, and no other', () => {
	expect(Object.keys(KLING_CODES).map(Number).sort()).toEqual(
		DOCUMENTED.map(([code]) => code).sort(),
	);
});

it.each(DOCUMENTED)(
	'%i (HTTP %i): retryable %s, maybe created %s',
	(code, status, retryable, maybeCreated) => {
		expect(meaningOf(code, status)).toBe(KLING_CODES[code]);
		expect(meaningOf(code, status)).toMatchObject({ retryable, maybeCreated });
		expect(meaningOf(code, status).busy ?? false).toBe([1302, 1303].includes(code));
	},
);

it.each([
	'token_mismatched',
	'api_not_implemented',
	'bad_request',
	'no_token',
	'disabled',
	'invalid_token',
	'token_expired',
	'authorization_missing',
	'used_up',
	'no_api',
	'too_many_requests',
	'api_error',
])('knows the word %s of Ace Data Cloud', (word) => {
	expect(meaningOf(word, 400)).toBe(WORD_CODES[word]);
});

it.each(['__proto__', 'toString', 'constructor', 'new_word', ''])(
	'falls back to the status for %j',
	(word) => {
		expect(meaningOf(word, 401)).toEqual(meaningOfStatus(401));
	},
);

describe('an HTTP status alone', () => {
	it.each([
		[302, false, false],
		[400, false, false],
		[401, false, false],
		[403, false, false],
		[404, false, false],
		[405, false, false],
		[408, true, true],
		[422, false, false],
		[429, true, false],
		[500, true, true],
		[502, true, true],
		[504, true, true],
		[0, true, true],
	])('%i: retryable %s, maybe created %s', (status, retryable, maybeCreated) => {
		expect(meaningOfStatus(status)).toMatchObject({ retryable, maybeCreated });
	});
});

it('every meaning continues a sentence and says what to do', () => {
	for (const { what, advice } of [...Object.values(KLING_CODES), ...Object.values(WORD_CODES)]) {
		expect(what).toMatch(/^[a-z].*[^.]$/);
		expect(advice).toMatch(/^[A-Z].*[^.]$/);
	}
});
