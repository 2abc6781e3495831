import fc from 'fast-check';

import {
	parseJson,
	parseJsonBody,
	RawInteger,
	stringifyJson,
} from '../../../nodes/shared/core/json';
import type { JsonBody } from '../../../nodes/shared/core/json';
import { errorOf } from './support';

/** Any JSON of numbers that a double holds exactly. */
const plainJson = fc
	.jsonValue({ maxDepth: 4 })
	.map((value) => JSON.parse(JSON.stringify(value)) as JsonBody)
	.filter((value) => !/\d{16}/.test(JSON.stringify(value)));

/** Whole numbers that a double cannot hold. */
const bigDigits = fc
	.bigInt({ min: 2n ** 53n + 1n, max: 10n ** 40n })
	.map((value) => value.toString())
	.filter((digits) => !Number.isSafeInteger(Number(digits)));

describe('parseJson', () => {
	it('reads what JSON.parse reads', () => {
		fc.assert(
			fc.property(plainJson, (value) => expect(parseJson(JSON.stringify(value))).toEqual(value)),
		);
	});

	it('keeps whole numbers of any size as text, wherever they are', () => {
		fc.assert(
			fc.property(bigDigits, fc.boolean(), (digits, negative) => {
				const number = `${negative ? '-' : ''}${digits}`;
				expect(parseJson(`{"a":[${number}],"b":{"c": ${number} }}`)).toEqual({
					a: [number],
					b: { c: number },
				});
			}),
		);
	});

	it.each([
		'-829836802793406551',
		'0.12345678901234567890',
		'12345678901234567890.5',
		'1e12',
		'12345678901234567890e2',
		'1.5e+0000000000000000001',
		'1e-0000000000000000001',
		'-0.00000000000000000001',
	])('takes %s as one number, whatever its digits', (number) => {
		const isInteger = /^-?\d+$/.test(number);
		for (const [before, after] of [
			['[', ']'],
			['[1,', ',2]'],
			['{"1234567890123456789":', '}'],
			['[ ', '\n]'],
		]) {
			const text = `${before}${number}${after}`;
			const expected = isInteger ? text.replace(number, `"${number}"`) : text;
			expect(parseJson(text)).toEqual(JSON.parse(expected));
		}
	});

	it('refuses more long integers than any service tells', () => {
		const list = (count: number) =>
			`[${Array.from({ length: count }, () => '9'.repeat(20)).join(',')}]`;
		expect(parseJson(list(100_000))).toHaveLength(100_000);
		expect(() => parseJson(list(100_001))).toThrow(SyntaxError);
		expect(() => parseJsonBody(list(100_001))).toThrow(SyntaxError);
	});

	it('leaves digits inside text alone', () => {
		const text = 'id 829836802793406551, "829836802793406551" \\ 1';
		expect(parseJson(JSON.stringify({ text }))).toEqual({ text });
	});

	it.each([
		['9007199254740991', 9007199254740991],
		['9007199254740993', '9007199254740993'],
		['829836802793406551', '829836802793406551'],
		['1234567890123456.5', 1234567890123456.5],
		['1e21', 1e21],
	])('%s becomes %j', (text, value) => {
		expect(parseJson(text)).toBe(value);
	});

	it.each(['', '{', '{"a":}', '<html>', '{"a":1}x', "{'a':1}"])(
		'throws a SyntaxError for %j',
		(text) => {
			expect(() => parseJson(text)).toThrow(SyntaxError);
		},
	);
});

describe('parseJsonBody and stringifyJson', () => {
	it('give back what JSON gives', () => {
		fc.assert(
			fc.property(plainJson, (value) => {
				expect(JSON.parse(stringifyJson(value))).toEqual(value);
				expect(parseJsonBody(stringifyJson(value))).toEqual(value);
			}),
		);
	});

	it('write whole numbers of any size digit by digit', () => {
		fc.assert(
			fc.property(bigDigits, fc.boolean(), (digits, negative) => {
				const text = `{"id":${negative ? '-' : ''}${digits},"list":[${digits}],"text":"${digits}"}`;
				expect(stringifyJson(parseJsonBody(text))).toBe(text);
			}),
		);
	});

	it('leave out what is undefined, and nothing else', () => {
		const body = { a: undefined, b: null, c: false, d: 0, e: '', f: { g: undefined } };
		expect(stringifyJson(body)).toBe('{"b":null,"c":false,"d":0,"e":"","f":{}}');
	});
});

describe('RawInteger', () => {
	it.each(['0', '829836802793406551', '-5'])('takes %s', (digits) => {
		expect(stringifyJson([new RawInteger(digits)])).toBe(`[${digits}]`);
	});

	it.each(['', '1.5', '1e3', 'abc', '1,2', '-', '1}'])('refuses %j', (digits) => {
		expect(errorOf(() => new RawInteger(digits))).toMatchObject({ kind: 'invalidInput' });
	});
});
