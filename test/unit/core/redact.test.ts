/** What is struck out of every text that a person may see. */
import { redact } from '../../../nodes/shared/credential/redact';

it('strikes out every secret everywhere', () => {
	expect(redact('a key-1 b key-1 c sec-2', ['key-1', 'sec-2'])).toBe('a ***** b ***** c *****');
});

describe('a text for people', () => {
	const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
	const token = [
		part({ alg: 'HS256', typ: 'JWT' }),
		part({ iss: 'an-access-key', exp: 1762157958, nbf: 1762156158 }),
		Buffer.from('a signature of thirty-two bytes.').toString('base64url'),
	].join('.');

	it.each([
		`The token ${token} has expired`,
		`{"Authorization":"Bearer ${token}"}`,
		`Bearer ${token}, again ${token}.`,
	])('holds no signed token: %#', (text) => {
		const shown = redact(text, []);
		for (const piece of token.split('.')) expect(shown).not.toContain(piece);
		expect(shown).toContain('*****');
	});

	it('keeps the words around a signed token', () => {
		expect(redact(`The token ${token} has expired`, [])).toBe('The token ***** has expired');
	});

	it('keeps addresses, versions and sentences', () => {
		const text = 'See https://api.example.com/v1/videos.html, v1.2.3. eyJ is how they begin.';
		expect(redact(text, [])).toBe(text);
	});
});
