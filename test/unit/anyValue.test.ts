/**
 * Any value of any type in any parameter: read as documented, or refused by name with the value that came. Never another
 * error, never a guess. That nothing is paid then is shown in the engine (sheetValues.test.ts).
 */
import fc from 'fast-check';
import { DateTime } from 'luxon';
import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { RESOURCES } from '../../nodes/Kling/operations';
import type { GenerationOperation } from '../../nodes/Kling/operations/types';
import { parameterReader } from '../../nodes/Kling/parameters/reader';
import type { ItemReader, ParameterReader } from '../../nodes/Kling/parameters/reader';
import * as type from '../../nodes/Kling/parameters/types';
import type { Parameter } from '../../nodes/Kling/parameters/field';
import { KlingError } from '../../nodes/shared/core/errors';
import { parseRequest } from '../../nodes/shared/core/requests';
import { provider } from './core/support';
import { membersOf } from './properties';

/** What expressions can give: plain values of all kinds, dates, and what sheets and databases hold. */
const moment = fc.oneof(
	fc.date(),
	fc.date({ noInvalidDate: true }).map((date) => DateTime.fromJSDate(date)),
);
const near = fc.constantFrom(
	...[
		'TRUE',
		'on',
		'Pro',
		'16:9',
		'16：9',
		'16:09:00',
		'5s',
		'5 秒',
		'1,5',
		'[1]',
		'{"id":"1"}',
		'[',
		'{',
	],
	...[
		'https://a.example/x,y.jpg',
		'https://a.example/1;https://b.example/2',
		'data:image/png;base64,',
	],
	...['default', 'Kling V3', '829836802793406551, 160', '2026-01-02', '\n', '\ud800', '__proto__'],
);
const anything = fc.oneof(
	{ weight: 3, arbitrary: near },
	fc.anything({ withBigInt: true, withDate: true, withNullPrototype: true, withMap: true }),
	fc.array(near),
	fc.record({ url: near, id: near, value: near }, { requiredKeys: [] }),
	fc.double(),
	fc.string({ unit: 'binary' }),
	moment,
	fc.constantFrom(Symbol('s'), () => 1),
);

/** What comes of reading; a refusal has to name one of these. */
async function outcome(read: () => unknown, names: RegExp): Promise<unknown> {
	try {
		return await read();
	} catch (thrown) {
		if (!(thrown instanceof KlingError)) throw thrown;
		expect(thrown.kind).toBe('invalidInput');
		expect(thrown.message).toMatch(names);
		expect(thrown.message.length).toBeLessThan(400);
		return 'refused';
	}
}

const THING = { displayName: 'Thing', name: 'thing' };
const OPTIONS = [
	{ name: 'Professional', value: 'pro' },
	{ name: '16:9 (Landscape)', value: '16:9' },
];
const isTextWithout = (blank: RegExp) => (read: unknown) =>
	typeof read === 'string' && !blank.test(read);

/** What each type of parameter may give, apart from undefined for what is blank. */
const TYPES: Array<[string, Parameter, (read: unknown) => boolean]> = [
	['text', type.text(THING), isTextWithout(/^\s*$/)],
	['trimmedText', type.trimmedText(THING), isTextWithout(/^\s|\s$|^$/)],
	['address', type.address({ ...THING, of: 'picture' }), isTextWithout(/^\s|\s$|^$/)],
	['number', type.number({ ...THING, default: 1 }), Number.isFinite],
	['seconds', type.number({ ...THING, default: 1, unit: 'seconds' }), Number.isFinite],
	[
		'boundedNumber',
		type.boundedNumber({ ...THING, default: 1, min: 1, max: 9 }),
		(read) => Number(read) >= 1 && Number(read) <= 9,
	],
	['yesNo', type.yesNo({ ...THING, default: true }), (read) => typeof read === 'boolean'],
	[
		'choice',
		type.choice({ ...THING, default: 'pro', options: OPTIONS }),
		(read) => OPTIONS.some(({ value }) => value === read),
	],
	['id', type.id(THING), isTextWithout(/^\s|\s$|^$/)],
	[
		'idList',
		type.idList(THING),
		(read) => Array.isArray(read) && read.length > 0 && read.every(isTextWithout(/\s|^$/)),
	],
	[
		'jsonObject',
		type.jsonObject(THING),
		(read) => typeof read === 'object' && read !== null && Object.keys(read).length > 0,
	],
	['jsonList', type.jsonList({ ...THING, default: '[]' }), Array.isArray],
	['dateTime', type.dateTime(THING), Number.isFinite],
];

describe('a parameter of type', () => {
	const itemWith = (given: unknown): ParameterReader => ({
		context: { getTimezone: () => 'Asia/Shanghai' } as unknown as IExecuteFunctions,
		itemIndex: 0,
		value: () => given,
	});

	it.each(TYPES)('%s', async (_type, parameter, isRight) => {
		await fc.assert(
			fc.asyncProperty(anything, async (given) => {
				const read = await outcome(() => parameter.read(itemWith(given)), /^Thing /);
				const isFine = read === 'refused' || read === undefined || isRight(read);
				expect([given, isFine]).toEqual([given, true]);
			}),
			{ numRuns: 100 },
		);
	});

	it.each(TYPES)('%s shows what it refuses', async (_type, parameter) => {
		const wrong = fc.constantFrom<[unknown, string]>(
			[{ some: 'thing' }, 'an object: {"some":"thing"}'],
			[[{ a: 1 }, { b: 2 }], '{"a":1}'],
			[() => 1, 'a function'],
		);
		await fc.assert(
			fc.asyncProperty(wrong, async ([given, shown]) => {
				if (parameter.properties[0]?.type === 'json') return;
				const refusal = Promise.resolve().then(() => parameter.read(itemWith(given)));
				await expect(refusal).rejects.toThrow(shown);
			}),
		);
	});

	it('yesNo is never off unless something says so', async () => {
		const off = [false, 0, 'false', 'no', 'off', '0'];
		const said = (given: unknown) =>
			off.includes(
				typeof given === 'string'
					? given.normalize('NFKC').trim().toLowerCase()
					: (given as string),
			);
		const onOff = type.yesNo({ ...THING, default: true });
		await fc.assert(
			fc.asyncProperty(anything, async (given) => {
				const read = await outcome(() => onOff.read(itemWith(given)), /^Thing /);
				if (read === false)
					expect(said(Array.isArray(given) ? given.find((one) => said(one)) : given)).toBe(true);
			}),
		);
	});
});

const GENERATIONS = Object.values(RESOURCES)
	.flatMap(({ operations }) => Object.values(operations))
	.filter((operation): operation is GenerationOperation => operation.type === 'generate')
	.map((operation) => ({ kind: operation.kind, operation }));

describe.each(GENERATIONS)('$kind', ({ operation }) => {
	const members = operation.properties.flatMap((property) =>
		property.type === 'collection' ? membersOf(property) : [property],
	);
	const isTop = (name: string) => operation.properties.some((property) => property.name === name);
	const names = [
		...members.map((property) => property.displayName),
		'Options',
		'Images?',
		'Image \\d+',
		'Model',
	]
		.flatMap((title) => [title, title.replace(/ \(Seconds\)$/, '')])
		.map((title) => title.replace(/[().]/g, '\\$&'));
	const ofRows = members
		.filter((property) => property.type === 'fixedCollection')
		.flatMap((property) => membersOf(property))
		.map((property) => property.displayName);
	const known = new RegExp(`^(${[...names, ...ofRows].join('|')}|Image ".*") `, 's');

	function itemWith(values: Record<string, unknown>): ItemReader {
		const context = {
			getTimezone: () => 'Asia/Shanghai',
			getInputData: () => [{ json: {} }],
			getNodeParameter: (name: string, _index: number, preset: unknown) =>
				Object.hasOwn(values, name) ? values[name] : preset,
			addExecutionHints: () => undefined,
		} as unknown as IExecuteFunctions;
		const client = { findById: async () => await Promise.reject(new KlingError('notFound', 'no')) };
		return {
			...parameterReader(context, 0),
			provider: provider('klingGlobal'),
			client: client as unknown as ItemReader['client'],
			readHead: async () => await Promise.resolve(undefined),
		};
	}

	/** A request that is complete, so that what is wrong is the one value. */
	const COMPLETE = {
		prompt: 'A fox',
		image: 'https://a.example/fox.jpg',
		imagesSource: 'list',
		imageList: 'https://a.example/fox.jpg',
		videoUrl: 'https://a.example/dance.mp4',
		videoId: 'v-1',
	};

	it.each(members.map(({ name, displayName }: INodeProperties) => [displayName, name]))(
		'%s',
		async (_title, name) => {
			await fc.assert(
				fc.asyncProperty(anything, async (given) => {
					const values = isTop(name)
						? { ...COMPLETE, [name]: given }
						: { ...COMPLETE, options: { [name]: given } };
					await outcome(async () => {
						const { request } = await operation.read(itemWith(values));
						return parseRequest(request);
					}, known);
				}),
				{ numRuns: 25 },
			);
		},
	);
});
