/** Texts of strangers on which a careless regular expression works for minutes, while n8n does nothing else. */
import { readClaim } from '../../nodes/KlingTrigger/request/claim';
import { parseJson, parseJsonBody } from '../../nodes/shared/core/json';
import { redact } from '../../nodes/shared/credential/redact';
import { provider } from './core/support';

/** As much as a callback may have. */
const SIZE = 1_000_000;

const filled = (piece: string) => piece.repeat(SIZE / piece.length);

/** Lets the timer of jest go off, which no work without a pause gives a chance. */
const turn = async () => await new Promise((next) => setTimeout(next));

const UNCLOSED: Array<[string, string]> = [
	['a text of quotes that does not end', `"${filled('\\"')}`],
	['the same with a long integer before it', `[829836802793406551,"${filled('\\"')}`],
	['a text of backslashes that does not end', `{"a":"${filled('\\\\')}`],
	['a number without an end', `-${filled('1')}x`],
];

it.each(UNCLOSED)('%s is no JSON', async (_what, text) => {
	expect(() => parseJson(text)).toThrow(SyntaxError);
	expect(() => parseJsonBody(text)).toThrow(SyntaxError);
	expect(readClaim(provider('relay'), Buffer.from(text), [])).toMatchObject({ status: 400 });
	await turn();
});

it('a long text of quotes that does end keeps the long integer beside it', async () => {
	const text = JSON.stringify(filled('"1234567890123456'));
	expect(parseJson(`[${text},829836802793406551]`)).toEqual([
		JSON.parse(text),
		'829836802793406551',
	]);
	await turn();
});

it.each([
	['beginnings of signed tokens', '-eyJaaaaaaaa', 'kept'],
	['beginnings with dots between them, which make tokens', 'eyJaaaaaaaa.', 'struck out'],
	['the same with short parts', '-eyJaaaaaaaa.bbbbbbbb.c-', 'struck out'],
	['letters', 'a', 'kept'],
])('%s keep nobody waiting', async (_what, piece, outcome) => {
	const text = filled(piece);
	const shown = redact(text, []);
	// Printing a difference would take longer than anything here.
	expect(shown === text ? 'kept' : 'struck out').toBe(outcome);
	if (outcome === 'struck out') expect(shown.slice(0, -100).includes(piece)).toBe(false);
	await turn();
});

it.each([
	['Bearer-eyJhbGciOiJI.eyJpc3MiOiJh.c2lnbmF0dXJl', 'a signed token behind a dash'],
	['a.bbbbbbbb.eyJhbGciOiJI.eyJpc3MiOiJh.c2lnbmF0dXJl', 'a signed token behind other parts'],
	['eyJ-eyJhbGciOiJI.eyJpc3MiOiJh.c2lnbmF0dXJl', 'a signed token behind what looks like one'],
])('%s: %s is struck out', (text) => {
	const shown = redact(text, []);
	for (const piece of ['hbGciOiJI', 'pc3MiOiJh', 'c2lnbmF0dXJl'])
		expect(shown).not.toContain(piece);
	expect(shown).toContain('*****');
});
