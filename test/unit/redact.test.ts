/** What is put out, stored or logged holds no secret of the credential, wherever a service repeats it. */
import type { Json } from '../../nodes/shared/core/json';
import { secretsOf } from '../../nodes/shared/credential/connection';
import { signJwt } from '../../nodes/shared/credential/jwt';
import { redact, redactJson, redactResponse } from '../../nodes/shared/credential/redact';

const SECRET = 'secret-key-1';
const SIGNED = signJwt('access-key-1', SECRET, 0);

it('redact strikes out every secret everywhere', () => {
	expect(redact('a key-1 b key-1 c sec-2', ['key-1', 'sec-2'])).toBe('a ***** b ***** c *****');
});

it('leaves nothing of a secret that begins with another one', () => {
	expect(secretsOf({ apiKey: 'abcd1234', callbackToken: 'abcd1234-0123456789abcdef' })).toEqual([
		'abcd1234-0123456789abcdef',
		'abcd1234',
	]);
});

describe('redact', () => {
	const secret = 'sk/AbC+12=é?';
	it.each([
		['as it is', secret],
		['in small letters', secret.toLowerCase()],
		['in an address', encodeURIComponent(secret)],
		['as base64', Buffer.from(secret).toString('base64')],
		['as base64 for addresses', Buffer.from(secret).toString('base64url')],
	])('strikes out a secret %s', (_form, shown) => {
		expect(redact(`a ${shown} b`, [secret]).replace(/=*/g, '')).toBe('a ***** b');
		expect(JSON.stringify(redactJson({ [shown]: shown }, [secret]))).toMatch(
			/^\{"\*{5}=*":"\*{5}=*"\}$/,
		);
	});

	it.each([
		['a pair', `access-key-1:${SECRET}`],
		['a header', `Bearer ${SECRET}`],
		['JSON', JSON.stringify({ a: SECRET, b: 1 })],
	])('strikes out a secret that was encoded as base64 in %s', (_what, text) => {
		for (const alphabet of ['base64', 'base64url'] as const) {
			const shown = redact(`<${Buffer.from(text).toString(alphabet)}>`, [SECRET, 'access-key-1']);
			const left = Buffer.from(shown.replace(/[<>*]/g, ''), 'base64').toString('latin1');
			expect(shown).toContain('*****');
			expect(left).not.toContain(SECRET.slice(2, -2));
		}
	});

	it.each(['', 'Bearer ', 'token='])('strikes out a signed token as base64: %s', (before) => {
		const encoded = Buffer.from(before + SIGNED).toString('base64');
		expect(redact(`a ${encoded} b`, [])).toMatch(/^a [\w+/]{0,12}\*{5} b$/);
	});

	it.each([
		`The token ${SIGNED} has expired`,
		`{"Authorization":"Bearer ${SIGNED}"}`,
		`Bearer ${SIGNED}, again ${SIGNED}.`,
	])('strikes out a signed token: %#', (text) => {
		const shown = redact(text, []);
		for (const part of SIGNED.split('.')) expect(shown).not.toContain(part);
	});

	it.each([
		[`my key is ${SECRET.slice(0, 6)}…`, 'my key is *****…'],
		[`"${SECRET.slice(0, 11)}…" and more`, '"*****…" and more'],
		[`${SECRET} and ${SECRET.slice(0, 4)}… and so on…`, '***** and *****… and so on…'],
		['and so on…', 'and so on…'],
	])('strikes out the beginning of a secret where a value was cut off: %s', (text, shown) => {
		expect(redact(text, [SECRET])).toBe(shown);
		expect(redactJson({ text }, [SECRET])).toEqual({ text: shown });
	});

	it('looks at every cut once, however many there are', () => {
		const slice = jest.spyOn(String.prototype, 'slice');
		const endsWith = jest.spyOn(String.prototype, 'endsWith');
		const text = '…'.repeat(20_000) + `${SECRET.slice(0, 6)}…` + 'nothing…'.repeat(2000);
		const shown = redact(text, [SECRET]);
		const looks = slice.mock.calls.length + endsWith.mock.calls.length;
		jest.restoreAllMocks();
		expect(shown === text.replace(SECRET.slice(0, 6), '*****')).toBe(true);
		expect(looks).toBeLessThan(20_000);
	});

	it('strikes out the longest beginning, though it begins again within itself', () => {
		expect(redact('x abababab…', ['abababab-cd'])).toBe('x *****…');
		expect(redact('x ababxabab…', ['abababab-cd'])).toBe('x ababx*****…');
	});

	it('keeps the words around a signed token', () => {
		expect(redact(`The token ${SIGNED} has expired`, [])).toBe('The token ***** has expired');
	});

	it('keeps addresses, versions and sentences', () => {
		const text = 'See https://api.example.com/v1/videos.html, v1.2.3. eyJ is how they begin.';
		expect(redact(text, [])).toBe(text);
	});
});

describe('redactJson', () => {
	it.each<[string, Json]>([
		['alone', SIGNED],
		['in a header', { headers: { Authorization: `Bearer ${SIGNED}` } }],
		['in a list', [{ a: [1, `token=${SIGNED}`] }]],
		['behind a line end', `Authorization:\n${SIGNED}`],
		['behind a quotation mark', `{"Authorization":"${SIGNED}"}`],
		['in words that begin with an address', `https://x.example.com refused Bearer ${SIGNED}`],
	])('strikes out a signed token %s, though no other secret is near it', (_where, value) => {
		const struck = JSON.stringify(redactJson(value, ['access-key-1', SECRET]));
		expect(struck).toContain('*****');
		for (const part of SIGNED.split('.')) expect(struck).not.toContain(part);
	});

	it('leaves the signed token of a link to a file, which would not work without it', () => {
		const url = `https://cdn.example.com/v.mp4?token=${SIGNED}`;
		expect(redactJson({ url }, [SECRET])).toEqual({ url });
		expect(redactJson({ url, key: SECRET }, [SECRET])).toEqual({ url, key: '*****' });
	});

	it.each([
		['a link between blanks', `\n https://cdn.example.com/v.mp4?token=${SIGNED} `],
		['an ID, as some services make them of signed tokens', SIGNED],
	])("leaves somebody else's signed token where the text is %s", (_what, value) => {
		expect(redactJson({ value }, [SECRET])).toEqual({ value });
		const struck = JSON.stringify(redactJson({ value }, ['access-key-1', SECRET]));
		for (const part of SIGNED.split('.')) expect(struck).not.toContain(part);
	});

	it('strikes other secrets out of a link', () => {
		const url = `https://n8n.example.com/kling?token=${SECRET}`;
		expect(redactJson({ url }, [SECRET])).toEqual({
			url: 'https://n8n.example.com/kling?token=*****',
		});
	});

	it.each(['with "quotes"', 'with \\ backslash', 'mit Umlauten äöü'])(
		'strikes out a secret %s',
		(secret) => {
			expect(redactJson([`<${secret}>`], [secret])).toEqual(['<*****>']);
		},
	);

	it.each<[string, Json]>([
		['an object', { a: ['b', { c: null, d: 1.5, e: false }] }],
		['a text', 'b'],
		['a null', null],
		['a text like the beginning of a token', { data: 'eyJhbGciOi' }],
		['a link with a signed token', { url: `https://cdn.example.com/v.mp4?token=${SIGNED}` }],
	])('gives back %s itself where there is nothing to strike', (_what, value) => {
		expect(redactJson(value, [SECRET])).toBe(value);
	});

	it('strikes out a secret that is a number', () => {
		expect(redactJson({ a: 1234567890, b: 12 }, ['1234567890'])).toEqual({ a: '*****', b: 12 });
	});

	it('strikes out names as well as texts', () => {
		expect(redactJson({ [`a ${SECRET}`]: { [SIGNED]: 1 } }, [SECRET])).toEqual({
			'a *****': { '*****': 1 },
		});
	});

	it('strikes our own signed token out of a link, too', () => {
		const url = `https://cdn.example.com/v.mp4?token=${SIGNED}`;
		expect(redactJson({ url }, ['access-key-1', SECRET])).toEqual({
			url: 'https://cdn.example.com/v.mp4?token=*****',
		});
	});

	it('takes no time for megabytes', () => {
		const picture = 'eyJ/+aGVsbG8'.repeat(500_000);
		const value = { pictures: [picture, picture], note: 'x' };
		const begun = performance.now();
		expect(redactJson(value, [SECRET, 'another-secret'])).toBe(value);
		expect(performance.now() - begun).toBeLessThan(2000);
	});
});

describe('redactResponse', () => {
	const response = (text: string) => ({ status: 200, headers: { 'x-id': `a ${SECRET}` }, text });

	it.each([
		['JSON', `{"a":"x ${SECRET}"}`, '{"a":"x *****"}'],
		['JSON with escapes', `{"a":"\\u0073${SECRET.slice(1)}"}`, '{"a":"*****"}'],
		['no JSON', `<html>${SECRET}`, '<html>*****'],
		[
			'JSON without a secret, as it is',
			'{ "a": 1.0, "b": "\\u00e9" }',
			'{ "a": 1.0, "b": "\\u00e9" }',
		],
	])('clears %s', (_what, text, shown) => {
		expect(redactResponse(response(text), [SECRET])).toEqual({
			status: 200,
			headers: { 'x-id': 'a *****' },
			text: shown,
		});
	});

	const link = `https://cdn.example.com/v.mp4?token=${SIGNED}`;
	const encoded = Buffer.from(`token=${SIGNED}`).toString('base64');
	const bodies: Array<[string, string]> = [
		['a link', JSON.stringify({ url: link })],
		['a link between blanks', JSON.stringify({ url: ` ${link}\n` })],
		['JSON in a text', JSON.stringify({ resultJson: JSON.stringify({ resultUrls: [link] }) })],
		['words', JSON.stringify({ message: `Done: ${link} (15 s)` })],
		['an ID', JSON.stringify({ data: { task_id: SIGNED } })],
		['base64', JSON.stringify({ next: encoded })],
		['a name', JSON.stringify({ [SIGNED]: 1 })],
		['a body behind blanks', `\r\n ${JSON.stringify({ url: link })}\n`],
		['a body with a mark of its encoding', `\uFEFF${JSON.stringify({ url: link })}`],
		['a body that is no JSON', `<a href="${link}">`],
	];

	it.each(bodies)("leaves somebody else's signed token: %s", (_where, text) => {
		expect(redactResponse(response(text), [SECRET]).text).toBe(text);
	});

	it.each(bodies)('clears our own: %s', (_where, text) => {
		const shown = redactResponse(response(text), ['access-key-1', SECRET]).text;
		expect(shown).toContain('*****');
		for (const part of [...SIGNED.split('.'), encoded.slice(12)]) expect(shown).not.toContain(part);
	});

	it("leaves somebody else's signed token in a header and in the address, and clears our own", () => {
		const answer = { ...response('{}'), url: link, headers: { location: link } };
		expect(redactResponse(answer, [SECRET])).toEqual(answer);
		const struck = 'https://cdn.example.com/v.mp4?token=*****';
		expect(redactResponse(answer, ['access-key-1', SECRET])).toMatchObject({
			url: struck,
			headers: { location: struck },
		});
	});

	it.each(['\uFEFF', '\n '])('reads JSON behind %j', (before) => {
		const text = `${before}{"a":"\\u0073${SECRET.slice(1)}"}`;
		expect(redactResponse(response(text), [SECRET]).text).toBe('{"a":"*****"}');
	});

	it('clears what is nested so deeply that nobody can read it', () => {
		const deep = '['.repeat(200_000) + `"${SECRET}\\n"` + ']'.repeat(200_000);
		expect(redactResponse(response(deep), [SECRET]).text).not.toContain(SECRET);
	});
});
