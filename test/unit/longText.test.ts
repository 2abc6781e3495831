/** Pictures as base64 make texts of many megabytes, at which regular expressions may run out of stack. */
import { setFlagsFromString } from 'node:v8';

import { RawInteger, parseJson, parseJsonBody, stringifyJson } from '../../nodes/shared/core/json';
import { readPictureText } from '../../nodes/Kling/parameters/imageFile';
import { png } from '../pictures';

const MEGABYTE = 1024 * 1024;

// A process that has run for long, as n8n does, stops optimizing regular expressions; then loops need stack.
beforeAll(() => setFlagsFromString('--no-regexp-optimization'));
afterAll(() => setFlagsFromString('--regexp-optimization'));

it('an answer that holds a picture keeps its long integers', () => {
	const picture = 'A"1'.repeat(3 * MEGABYTE);
	const text = `{"image":${JSON.stringify(picture)},"id":829836802793406551,"ids":[1,-9007199254740993]}`;
	expect(parseJson(text)).toEqual({
		image: picture,
		id: '829836802793406551',
		ids: [1, '-9007199254740993'],
	});
});

it('a body that holds a picture keeps its long integers', () => {
	const image = 'A'.repeat(14 * MEGABYTE);
	const body = parseJsonBody(`{"image":"${image}","id":829836802793406551}`);
	expect(body).toEqual({ image, id: new RawInteger('829836802793406551') });
	expect(stringifyJson(body).endsWith('","id":829836802793406551}')).toBe(true);
});

it('a picture as large as allowed is read', () => {
	const base64 = png(400, 400, 10 * MEGABYTE).toString('base64');
	expect(readPictureText(base64, 'Image')).toHaveLength(base64.length);
});

it.each([
	[
		'a quote in a text',
		'{"a":"say \\"829836802793406551\\" twice"}',
		{ a: 'say "829836802793406551" twice' },
	],
	[
		'a backslash before the end of a text',
		'{"a":"\\\\","b":829836802793406551}',
		{ a: '\\', b: '829836802793406551' },
	],
	['a fraction and a power', '[1234567890123456.5,1e20,-2E-3]', [1234567890123456.5, 1e20, -0.002]],
	['nothing but a number', '829836802793406551', '829836802793406551'],
	['an empty text', '""', ''],
])('reads %s', (_what, text, expected) => {
	expect(parseJson(text)).toEqual(expected);
});

it.each(['{"a', '{"a":"b', '"\\', '-', '{"a":-}', '829836802793406551x'])(
	'is no JSON: %s',
	(text) => {
		expect(() => parseJson(text)).toThrow(SyntaxError);
	},
);
