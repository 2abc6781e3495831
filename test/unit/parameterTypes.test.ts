/** How each type of parameter reads what a person or an expression gives, whatever operation has it. */
import { DateTime } from 'luxon';
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
		expect(thrown.message.length).toBeLessThan(200);
		return thrown.message;
	}
}

const refused = (what: string) => `Thing ${what}`;
const BOUNDED = (came: string) => refused(`must be a number from 1 to 9, not ${came}`);
const NO_OBJECT = (came: string) =>
	refused(`must be a valid JSON object such as {"field": "value"}, not ${came}`);
const NO_TIME = (came: string) =>
	refused(`must be a date and time such as 2026-01-31T18:00:00, not ${came}`);
const LOST_DIGITS = refused(
	'must be given as text: as a number it has lost its last digits (829836802793406600)',
);
const BROKEN = Number('829836802793406551');
const MOMENT = Date.UTC(2026, 0, 2, 3, 4, 5);
/** What n8n gives for an empty cell, and what people leave there. */
const BLANK = ['', '  ', ' \n', null, undefined, [], [''], [null]];
const isUndefined = BLANK.map((given): [unknown, unknown] => [given, undefined]);

const RATIOS = [
	{ name: '16:9 (Landscape)', value: '16:9' },
	{ name: '9:16 (Portrait)', value: '9:16' },
	{ name: '1:1 (Square)', value: '1:1' },
];
const NO_RATIO = (came: string) => refused(`must be 16:9, 9:16 or 1:1, not ${came}`);
const MODES = [
	{ name: '4K', value: '4k' },
	{ name: 'Professional', value: 'pro' },
	{ name: 'Standard', value: 'std' },
];

const cases: Array<[string, Parameter, Array<[unknown, unknown]>]> = [
	[
		'lines',
		type.lines(THING),
		[
			...isUndefined,
			['a fox', ['a fox']],
			[' a fox, red \n\n an owl\r\n', ['a fox, red', 'an owl']],
			[
				['a fox', ' ', 'an owl'],
				['a fox', 'an owl'],
			],
			['["a fox","an owl"]', ['a fox', 'an owl']],
			[7, ['7']],
			[{ words: 'a fox' }, refused('must be text, not an object: {"words":"a fox"}')],
		],
	],
	[
		'text',
		type.text(THING),
		[
			...isUndefined,
			['a fox', 'a fox'],
			[' a fox\n', ' a fox\n'],
			[5, '5'],
			[2024, '2024'],
			[true, 'true'],
			[['a fox'], 'a fox'],
			[['a fox', 'an owl'], refused('must be text, not a list: ["a fox","an owl"]')],
			[{ words: 'a fox' }, refused('must be text, not an object: {"words":"a fox"}')],
			[new Date(MOMENT), refused('must be text, not a date: 2026-01-02T03:04:05.000Z')],
		],
	],
	[
		'trimmedText',
		type.trimmedText(THING),
		[...isUndefined, [' data\n', 'data'], ['my picture', 'my picture'], [5, '5']],
	],
	[
		'address',
		type.address({ ...THING, of: 'video' }),
		[
			...isUndefined,
			['https://p.example.com/a.mp4\n', 'https://p.example.com/a.mp4'],
			['https://p.example.com/w_3,h_2/a.mp4', 'https://p.example.com/w_3,h_2/a.mp4'],
			[
				'https://p.example.com/?of=https://q.example/b',
				'https://p.example.com/?of=https://q.example/b',
			],
			['my server', 'my server'],
			[{ url: ' https://p.example.com/a.mp4' }, 'https://p.example.com/a.mp4'],
			[{ taskId: '7', videoUrl: 'https://p.example.com/a.mp4' }, 'https://p.example.com/a.mp4'],
			[[{ url: 'https://p.example.com/a.mp4' }], 'https://p.example.com/a.mp4'],
			['["https://p.example.com/a.mp4"]', 'https://p.example.com/a.mp4'],
			[
				'https://p.example.com/a.mp4, https://p.example.com/b.mp4',
				refused(
					'takes one address, not "https://p.example.com/a.mp4, https://p.example.com/b.mp4"',
				),
			],
			[
				'https://p.example/a\nhttps://p.example/b',
				refused('takes one address, not "https://p.example/a\\nhttps://p.example/b"'),
			],
			['https://p.example/a\nb', refused('takes one address, not "https://p.example/a\\nb"')],
			[5, refused('must be text: a web address or base64, not 5')],
			[
				{ name: 'a' },
				refused('must be text: a web address or base64, not an object: {"name":"a"}'),
			],
		],
	],
	[
		'number',
		type.number({ ...THING, default: 5 }),
		[
			...isUndefined,
			[7, 7],
			[0, 0],
			['7', 7],
			[' 7.5 ', 7.5],
			['5.0', 5],
			['-1e1', -10],
			['５', 5],
			[[7], 7],
			['1,5', refused('must be a number, not "1,5"')],
			['5s', refused('must be a number, not "5s"')],
			['0x10', refused('must be a number, not "0x10"')],
			['seven', refused('must be a number, not "seven"')],
			[true, refused('must be a number, not true')],
			[NaN, refused('must be a number, not NaN')],
			['1e999', refused('must be a number, not "1e999"')],
			[[1, 2], refused('must be a number, not a list: [1,2]')],
			[new Date(MOMENT), refused('must be a number, not a date: 2026-01-02T03:04:05.000Z')],
		],
	],
	[
		'number of seconds',
		type.number({ ...THING, displayName: 'Thing (Seconds)', default: 5, unit: 'seconds' }),
		[
			...isUndefined,
			...[5, '5', ' 5 ', '5s', '5 s', '5 sec', '5 secs', '5 Seconds', '5.0', '5秒', '５ 秒'].map(
				(given): [unknown, unknown] => [given, 5],
			),
			['5 minutes', refused('must be a whole number of seconds, not "5 minutes"')],
			['00:05', refused('must be a whole number of seconds, not "00:05"')],
			['5000ms', refused('must be a whole number of seconds, not "5000ms"')],
		],
	],
	[
		'boundedNumber',
		type.boundedNumber({ ...THING, default: 5, min: 1, max: 9 }),
		[
			...isUndefined,
			[1, 1],
			['9', 9],
			[0.9, BOUNDED('0.9')],
			[10, BOUNDED('10')],
			[NaN, BOUNDED('NaN')],
			['many', BOUNDED('"many"')],
		],
	],
	[
		'yesNo',
		type.yesNo({ ...THING, default: true }),
		[
			...isUndefined,
			...[true, 'true', 'TRUE', ' True\n', 'yes', 'on', 'ON', '1', 1, [true]].map(
				(given): [unknown, unknown] => [given, true],
			),
			...[false, 'false', 'FALSE', 'no', 'off', '0', 0].map((given): [unknown, unknown] => [
				given,
				false,
			]),
			['maybe', refused('must be true or false, not "maybe"')],
			[2, refused('must be true or false, not 2')],
			[{}, refused('must be true or false, not an object: {}')],
		],
	],
	[
		'choice',
		type.choice({ ...THING, default: 'std', options: MODES }),
		[
			...isUndefined,
			['pro', 'pro'],
			['std ', 'std'],
			['Pro', 'pro'],
			['4K', '4k'],
			[' professional', 'pro'],
			[['pro'], 'pro'],
			['b', refused('must be 4k, pro (Professional) or std (Standard), not "b"')],
			[
				['pro', 'std'],
				refused('must be 4k, pro (Professional) or std (Standard), not a list: ["pro","std"]'),
			],
			[true, refused('must be 4k, pro (Professional) or std (Standard), not true')],
		],
	],
	[
		'choice of a ratio',
		type.choice({ ...THING, default: '16:9', options: RATIOS }),
		[
			...[
				'16:9',
				'16:9 ',
				'16：9',
				'16x9',
				'16×9',
				'16/9',
				'16 : 9',
				'１６：９',
				'16:9 (Landscape)',
			].map((given): [unknown, unknown] => [given, '16:9']),
			['21:9', NO_RATIO('"21:9"')],
			[0.672916, NO_RATIO('0.672916')],
			['16:09:00', NO_RATIO('"16:09:00"')],
			['16:09', NO_RATIO('"16:09"')],
			['1899-12-30T16:09:00.000Z', NO_RATIO('"1899-12-30T16:09:00.000Z"')],
			[new Date(MOMENT), NO_RATIO('a date: 2026-01-02T03:04:05.000Z')],
			[DateTime.fromMillis(MOMENT, { zone: 'utc' }), NO_RATIO('a date: 2026-01-02T03:04:05.000Z')],
		],
	],
	[
		'id',
		type.id(THING),
		[
			...isUndefined,
			['829836802793406551', '829836802793406551'],
			[' order-1\n', 'order-1'],
			['order 1, again', 'order 1, again'],
			[12, '12'],
			[['829836802793406551'], '829836802793406551'],
			['[829836802793406551]', '829836802793406551'],
			[{ id: '829836802793406551' }, '829836802793406551'],
			[{ thing: '7', id: '8' }, '7'],
			[BROKEN, LOST_DIGITS],
			[['1', '2'], refused('must be one ID, not a list: ["1","2"]')],
			['1, 2', refused('must be one ID, not "1, 2"')],
			['a\nb', refused('must be one ID, not "a\\nb"')],
			[true, refused('must be an ID as text, not true')],
			[{ name: 'a' }, refused('must be an ID as text, not an object: {"name":"a"}')],
		],
	],
	[
		'idList',
		type.idList({ ...THING, name: 'thingIds' }),
		[
			...isUndefined,
			['1, 2\n3,', ['1', '2', '3']],
			['1 2;3', ['1', '2', '3']],
			[
				['1', ' 2 ', '', null],
				['1', '2'],
			],
			[7, ['7']],
			['[829836802793406551, "2"]', ['829836802793406551', '2']],
			[
				[{ thingId: '1' }, { thing_id: 2 }, { id: '3' }],
				['1', '2', '3'],
			],
			[['1', BROKEN], LOST_DIGITS],
			[[true], refused('must be an ID as text, not true')],
		],
	],
	[
		'jsonObject',
		type.jsonObject(THING),
		[
			...isUndefined,
			['{"a":1}', { a: 1 }],
			[' {"a":1}\n', { a: 1 }],
			[{ a: 1 }, { a: 1 }],
			['{}', undefined],
			['{"a":', NO_OBJECT('"{"a":"')],
			['[1]', NO_OBJECT('"[1]"')],
			[[1], NO_OBJECT('a list: [1]')],
			['5', NO_OBJECT('"5"')],
			[new Date(MOMENT), NO_OBJECT('a date: 2026-01-02T03:04:05.000Z')],
		],
	],
	[
		'jsonList',
		type.jsonList({ ...THING, default: '[]' }),
		[
			['[{"x":1}]', [{ x: 1 }]],
			[[1], [1]],
			['[', refused('must be a JSON list, not "["')],
			['', refused('must be a JSON list, not ""')],
			[{ x: 1 }, refused('must be a JSON list, not an object: {"x":1}')],
		],
	],
	[
		'dateTime',
		type.dateTime(THING),
		[
			...isUndefined,
			['2026-01-02T03:04:05Z', MOMENT],
			['2026-01-02T11:04:05', MOMENT],
			[' 2026-01-02 11:04:05\n', MOMENT],
			['2026-01-02T05:04:05.000+02:00', MOMENT],
			['2026-01-02', Date.UTC(2026, 0, 1, 16)],
			['Fri, 02 Jan 2026 03:04:05 GMT', MOMENT],
			['Fri, 02 Jan 2026 11:04:05 +0800', MOMENT],
			[new Date(MOMENT).toString(), MOMENT],
			[MOMENT, MOMENT],
			[MOMENT / 1000, MOMENT],
			[String(MOMENT), MOMENT],
			[String(MOMENT / 1000), MOMENT],
			[0, 0],
			[new Date(MOMENT), MOMENT],
			[DateTime.fromMillis(MOMENT), MOMENT],
			['last spring', NO_TIME('"last spring"')],
			['01/02/2026', NO_TIME('"01/02/2026"')],
			['16:09:00', NO_TIME('"16:09:00"')],
			['Order 7', NO_TIME('"Order 7"')],
			[46024, NO_TIME('46024')],
			[new Date(NaN), NO_TIME('an invalid date')],
			[true, NO_TIME('true')],
			[{ a: 1 }, NO_TIME('an object: {"a":1}')],
		],
	],
];

describe.each(cases)('%s', (_type, parameter, table) => {
	it.each(table)('reads %j as %j', async (given, expected) => {
		expect(await outcome(parameter, given)).toEqual(expected);
	});

	it('knows its property', () => {
		expect(parameter.properties).toMatchObject([{ description: 'What it is' }]);
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
		['[{"words":"of JSON"}]', [[0, 'of JSON', 3]]],
		[{ shot: [{ words: null, length: ' ' }] }, [[0, undefined, 3]]],
		[{}, []],
		[{ shot: null }, []],
		['', []],
		[undefined, []],
	])('reads %j with the defaults of its members', async (given, expected) => {
		expect(await shots.read(itemWith(given))).toEqual(expected);
	});

	it.each([
		[{ shot: ['no row'] }, '"no row"'],
		[[5], '5'],
		['nonsense', '"nonsense"'],
	])('refuses %j', async (given, came) => {
		expect(await outcome(shots, given)).toBe(`Thing must hold an object for each row, not ${came}`);
	});

	it('shows its members in the order in which they are given', () => {
		expect(shots.properties[0]?.options).toMatchObject([
			{ name: 'shot', values: [{ displayName: 'Length' }, { displayName: 'Caption' }] },
		]);
	});
});

describe('where a parameter is read from', () => {
	const scale = type.number({ ...THING, default: 0.5 });
	const OPTIONS = { displayName: 'Options', name: 'options' };

	it.each([
		[{ thing: 0.7 }, 0.7],
		['{"thing": 0.7}', 0.7],
		[{ thing: '' }, undefined],
		[{ thing: null }, undefined],
		[{}, undefined],
		[[], undefined],
		[null, undefined],
	])('an option that was not added has no value: %j', (options, expected) => {
		expect(scale.read(optionsOf(itemWith('top', options), OPTIONS))).toBe(expected);
	});

	it.each([['no collection'], [['a']], [5]])('%j is no collection', (options) => {
		expect(() => optionsOf(itemWith('top', options), OPTIONS)).toThrow(
			/^Options must be an object, not/,
		);
	});

	it.each([
		[{ thing: 0 }, 0],
		[{ thing: ' ' }, 0.5],
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
