/** What an error shows of a value that was refused. */
import { DateTime } from 'luxon';

import { KlingError } from '../../../nodes/shared/core/errors';
import { quote, refuseValue } from '../../../nodes/shared/core/quote';

const circle: Record<string, unknown> = {};
circle.self = circle;

it.each<[unknown, string]>([
	['best', '"best"'],
	['', '""'],
	['a\r\nb', '"a\\r\\nb"'],
	['x'.repeat(60), `"${'x'.repeat(60)}"`],
	['x'.repeat(61), `"${'x'.repeat(59)}…"`],
	['x'.repeat(5_000_000), `"${'x'.repeat(59)}…"`],
	[`${'x'.repeat(58)}😀y`, `"${'x'.repeat(58)}…"`],
	[0.672916, '0.672916'],
	[NaN, 'NaN'],
	[10n, '10'],
	[true, 'true'],
	[null, 'nothing'],
	[undefined, 'nothing'],
	[['a', 1], 'a list: ["a",1]'],
	[{ a: 1 }, 'an object: {"a":1}'],
	[Object.create(null), 'an object: {}'],
	[circle, 'an object: of a form that cannot be shown'],
	[{ big: 10n }, 'an object: of a form that cannot be shown'],
	[new Date(0), 'a date: 1970-01-01T00:00:00.000Z'],
	[new Date(NaN), 'an invalid date'],
	[DateTime.fromMillis(0, { zone: 'utc' }), 'a date: 1970-01-01T00:00:00.000Z'],
	[() => 1, 'a function'],
	[Symbol('s'), 'Symbol(s)'],
])('%p is shown as %s', (value, shown) => {
	expect(quote(value)).toBe(shown);
});

it('a refusal names the parameter, what is allowed, what came, and what to do', () => {
	const refusal = new KlingError('invalidInput', 'Mode must be one of pro, std, not "best"', {
		parameter: 'Mode',
		advice: 'Choose one',
	});
	const refuse = () => refuseValue('Mode', 'must be one of pro, std', 'best', 'Choose one');
	expect(refuse).toThrow(refusal);
	expect(refuse).toThrow(expect.objectContaining({ details: refusal.details }) as Error);
});
