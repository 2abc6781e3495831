/** How each type of parameter reads what a person or an expression gives, whatever operation has it. */
import type { IExecuteFunctions } from 'n8n-workflow';

import type { Parameter } from '../../nodes/Kling/parameters/field';
import { described, field, sortedProperties } from '../../nodes/Kling/parameters/field';
import { optionsOf, rowOf } from '../../nodes/Kling/parameters/reader';
import type { ItemReader, ParameterReader } from '../../nodes/Kling/parameters/reader';
import * as type from '../../nodes/Kling/parameters/types';
import { KlingError } from '../../nodes/shared/core/errors';

const THING = { displayName: 'Thing', name: 'thing', description: 'What it is' };

/** An item whose only parameter holds this, in a workflow of the time zone of Shanghai. */
function itemWith(given: unknown, options: unknown = {}): ParameterReader {
	const context = {
		getTimezone: () => 'Asia/Shanghai',
		getNodeParameter: () => options,
	} as unknown as IExecuteFunctions;
	return { context, itemIndex: 0, value: () => given };
}

/** What comes of a value, or the words of the refusal. */
async function outcome(parameter: Parameter, given: unknown): Promise<unknown> {
	try {
		return await parameter.read(itemWith(given));
	} catch (thrown) {
		if (!(thrown instanceof KlingError)) throw thrown;
		expect(thrown.kind).toBe('invalidInput');
		expect(thrown.details.parameter).toBe('Thing');
		return thrown.message;
	}
}

const refused = (what: string) => `Thing ${what}`;
const BOUNDED = refused('must be a number from 1 to 9');
const NO_OBJECT = refused('must be a valid JSON object such as {"field": "value"}');
const NO_TIME = refused('must be a date and time');
const BROKEN = Number('829836802793406551');
const MOMENT = Date.UTC(2026, 0, 2, 3, 4, 5);

const cases: Array<[string, Parameter, Array<[unknown, unknown]>]> = [
	[
		'text',
		type.text(THING),
		[
			['a fox', 'a fox'],
			[' a fox ', ' a fox '],
			['', undefined],
			[null, undefined],
			[undefined, undefined],
			[5, 5],
		],
	],
	[
		'number',
		type.number({ ...THING, default: 5 }),
		[
			[7, 7],
			[0, 0],
			['7', 7],
			[' 7.5 ', 7.5],
			['', undefined],
			['  ', undefined],
			[null, undefined],
			['seven', 'seven'],
			[true, true],
		],
	],
	[
		'boundedNumber',
		type.boundedNumber({ ...THING, default: 5, min: 1, max: 9 }),
		[
			[1, 1],
			['9', 9],
			['', undefined],
			[undefined, undefined],
			[0.9, BOUNDED],
			[10, BOUNDED],
			[NaN, BOUNDED],
			['many', BOUNDED],
		],
	],
	[
		'yesNo',
		type.yesNo({ ...THING, default: true }),
		[
			[true, true],
			[false, false],
			[undefined, undefined],
			['yes', false],
		],
	],
	[
		'choice',
		type.choice({ ...THING, default: 'a', options: [{ name: 'A', value: 'a' }] }),
		[
			['a', 'a'],
			['b', 'b'],
			['', ''],
		],
	],
	[
		'id',
		type.id(THING),
		[
			['829836802793406551', '829836802793406551'],
			[' order-1\n', 'order-1'],
			[12, '12'],
			['', undefined],
			[undefined, undefined],
			[BROKEN, refused('must be given as text: as a number it has lost its last digits')],
		],
	],
	[
		'idList',
		type.idList(THING),
		[
			['1, 2\n3,', ['1', '2', '3']],
			[
				['1', ' 2 ', ''],
				['1', '2'],
			],
			[7, ['7']],
			['', undefined],
			[[], undefined],
			[
				['1', BROKEN],
				refused('must be given as text: as numbers they have lost their last digits'),
			],
		],
	],
	[
		'jsonObject',
		type.jsonObject(THING),
		[
			['{"a":1}', { a: 1 }],
			[{ a: 1 }, { a: 1 }],
			['{}', undefined],
			['', undefined],
			[undefined, undefined],
			['{"a":', NO_OBJECT],
			['[1]', NO_OBJECT],
			[[1], NO_OBJECT],
			['5', NO_OBJECT],
		],
	],
	[
		'jsonList',
		type.jsonList({ ...THING, default: '[]' }),
		[
			['[{"x":1}]', [{ x: 1 }]],
			[[1], [1]],
			['[', []],
		],
	],
	[
		'dateTime',
		type.dateTime(THING),
		[
			['2026-01-02T03:04:05Z', MOMENT],
			['2026-01-02T11:04:05', MOMENT],
			['2026-01-02 11:04:05', MOMENT],
			['2026-01-02T05:04:05.000+02:00', MOMENT],
			['2026-01-02', Date.UTC(2026, 0, 1, 16)],
			['Fri, 02 Jan 2026 03:04:05 GMT', MOMENT],
			[MOMENT, MOMENT],
			[String(MOMENT), MOMENT],
			[new Date(MOMENT), MOMENT],
			['', undefined],
			[null, undefined],
			['last spring', NO_TIME],
			[true, NO_TIME],
			[{ a: 1 }, NO_TIME],
		],
	],
];

describe.each(cases)('%s', (_type, parameter, table) => {
	it.each(table)('reads %j as %j', async (given, expected) => {
		expect(await outcome(parameter, given)).toEqual(expected);
	});

	it('knows its property', () => {
		expect(parameter.properties).toMatchObject([THING]);
	});
});

describe('rows', () => {
	const length = type.number({ displayName: 'Length', name: 'length', default: 3 });
	const words = type.text({ displayName: 'Caption', name: 'words' });
	const shots = type.rows(
		{ ...THING, row: { displayName: 'Shot', name: 'shot' }, members: [length, words] },
		(row, index) => [index, words.read(row), length.read(row)],
	);

	it.each([
		[
			{ shot: [{ words: 'a', length: '4' }, { words: 'b' }] },
			[
				[0, 'a', 4],
				[1, 'b', 3],
			],
		],
		[{ shot: { words: 'alone' } }, [[0, 'alone', 3]]],
		[[{ words: 'of an expression' }], [[0, 'of an expression', 3]]],
		[{ shot: ['no row'] }, [[0, undefined, 3]]],
		[{}, []],
		['', []],
		[undefined, []],
	])('reads %j with the defaults of its members', async (given, expected) => {
		expect(await shots.read(itemWith(given))).toEqual(expected);
	});

	it('shows its members in the order in which they are given', () => {
		expect(shots.properties[0]?.options).toMatchObject([
			{ name: 'shot', values: [{ displayName: 'Length' }, { displayName: 'Caption' }] },
		]);
	});
});

describe('where a parameter is read from', () => {
	const scale = type.number({ ...THING, default: 0.5 });

	it.each([
		[{ thing: 0.7 }, 0.7],
		[{ thing: '' }, undefined],
		[{}, undefined],
		['no collection', undefined],
		[null, undefined],
	])('an option that was not added has no value: %j', (options, expected) => {
		expect(scale.read(optionsOf(itemWith('top', options), 'options'))).toBe(expected);
	});

	it.each([
		[{ thing: 0 }, 0],
		[{}, 0.5],
	])('a row has the default for what it lacks: %j', (row, expected) => {
		expect(scale.read(rowOf(itemWith('top'), row))).toBe(expected);
	});
});

describe('a field', () => {
	const item = (given: unknown) => itemWith(given) as ItemReader;
	const sound = field('sound', type.yesNo({ ...THING, default: false }), (on) =>
		on ? 'on' : 'off',
	);

	it.each([
		[true, { sound: 'on' }],
		[false, { sound: 'off' }],
		[undefined, { sound: undefined }],
	])('sends %j in its own form, and nothing for nothing', async (given, expected) => {
		expect(await sound.read(item(given))).toEqual(expected);
	});

	it('may be described in another way, and is read the same', async () => {
		const other = described(sound, 'Whether there is music');
		expect(other.properties).toMatchObject([
			{ name: 'thing', description: 'Whether there is music' },
		]);
		expect(sound.properties).toMatchObject([{ description: 'What it is' }]);
		expect(await other.read(item(true))).toEqual({ sound: 'on' });
	});

	it('is sorted among others by what people read', () => {
		const named = (displayName: string) => type.text({ ...THING, displayName });
		const sorted = sortedProperties([named('Sound'), named('CFG Scale'), named('Camera')]);
		expect(sorted.map(({ displayName }) => displayName)).toEqual(['Camera', 'CFG Scale', 'Sound']);
	});
});
