import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { JsonBody } from '../../shared/core/json';
import { propertiesOf, sortedProperties } from './field';
import type { Parameter } from './field';
import { rowOf } from './reader';
import type { ParameterReader } from './reader';
import {
	asId,
	asIds,
	asJsonList,
	asJsonObject,
	asNumber,
	asTime,
	blankToUndefined,
	readRows,
	withinBounds,
} from './values';

/** The types of parameter. Each is read in one way, here, whatever operation has it; `values.ts` says what counts as what. */

type Shown = Omit<INodeProperties, 'type' | 'typeOptions' | 'default' | 'options'>;

function parameter<Value>(
	property: INodeProperties,
	parse: (value: unknown, item: ParameterReader) => Value,
): Parameter<Value> {
	return { properties: [property], read: (item) => parse(item.value(property), item) };
}

/** A text; undefined where it is empty. Anything else is left for the request schema to refuse. */
export function text(
	spec: Shown & Pick<INodeProperties, 'typeOptions'> & { default?: string; rows?: number },
): Parameter {
	const { rows: height, default: preset = '', typeOptions: given, ...shown } = spec;
	const typeOptions = height === undefined ? given : { rows: height };
	return parameter({ ...shown, type: 'string', typeOptions, default: preset }, blankToUndefined);
}

type NumberSpec = Shown & { default: number; min?: number; max?: number; precision?: number };

function numberProperty({ min, max, precision, ...shown }: NumberSpec): INodeProperties {
	const typeOptions = { minValue: min, maxValue: max, numberPrecision: precision };
	return { ...shown, type: 'number', typeOptions };
}

/** A number, also as text; undefined where it is empty. Its bounds are checked by the request schema. */
export function number(spec: NumberSpec): Parameter {
	return parameter(numberProperty(spec), asNumber);
}

/** A number that belongs to no request, so that its bounds are checked here. Throws `invalidInput`. */
export function boundedNumber(
	spec: NumberSpec & { min: number; max: number },
): Parameter<number | undefined> {
	return parameter(numberProperty(spec), (value) => {
		const given = asNumber(value);
		return given === undefined ? undefined : withinBounds(given, spec);
	});
}

/** A switch: undefined where the option was not added. */
export function yesNo(spec: Shown & { default: boolean }): Parameter<boolean | undefined> {
	return parameter({ ...spec, type: 'boolean' }, (value) =>
		value === undefined ? undefined : value === true,
	);
}

/** One of several values. Another one is left for the request schema to refuse. */
export function choice(
	spec: Shown & { default: string; options: INodePropertyOptions[] },
): Parameter {
	return parameter({ ...spec, type: 'options' }, (value) => value);
}

/** One ID; undefined where it is empty. Throws `invalidInput` for a number that has lost digits. */
export function id(spec: Shown): Parameter<string | undefined> {
	return parameter({ ...spec, type: 'string', default: '' }, (value) =>
		asId(value, spec.displayName),
	);
}

/** IDs as an array, or as text separated by commas or new lines. Throws like `id`. */
export function idList(spec: Shown): Parameter<string[] | undefined> {
	return parameter({ ...spec, type: 'string', default: '' }, (value) =>
		asIds(value, spec.displayName),
	);
}

/** A JSON object, as text or as it is; undefined where it is empty. Throws `invalidInput`. */
export function jsonObject(spec: Shown): Parameter<{ [key: string]: JsonBody } | undefined> {
	return parameter({ ...spec, type: 'json', default: '{}' }, (value) =>
		asJsonObject(value, spec.displayName),
	);
}

/** A JSON list, as text or as it is. What is neither is left for the request schema to refuse. */
export function jsonList(spec: Shown & { default: string }): Parameter {
	return parameter({ ...spec, type: 'json' }, asJsonList);
}

/** A moment in ms since 1970; undefined where it is empty. Throws `invalidInput`. */
export function dateTime(spec: Shown): Parameter<number | undefined> {
	return parameter({ ...spec, type: 'dateTime', default: '' }, (value, { context }) =>
		asTime(value, { displayName: spec.displayName, zone: context.getTimezone() }),
	);
}

interface RowsSpec extends Shown {
	typeOptions?: INodeProperties['typeOptions'];
	row: { displayName: string; name: string };
	/** In the order in which they are shown; n8n wants five or more to be sorted. */
	members: Parameter[];
}

/** Rows of parameters; `read` is given a reader of each row in turn. */
export function rows<Value>(
	{ row: { displayName, name }, members, ...shown }: RowsSpec,
	read: (row: ParameterReader, index: number) => Value | Promise<Value>,
): Parameter<Promise<Value[]>> {
	const values = propertiesOf(members);
	const property: INodeProperties = {
		...shown,
		type: 'fixedCollection',
		default: {},
		options: [{ displayName, name, values }],
	};
	return parameter(property, async (value, item) => {
		const list: Value[] = [];
		for (const [index, row] of readRows(value, name).entries()) {
			list.push(await read(rowOf(item, row), index));
		}
		return list;
	});
}

/** A collection, whose members are added one by one. To be read with `optionsOf`. */
export function collection(
	shown: Shown,
	members: ReadonlyArray<Pick<Parameter, 'properties'>>,
): INodeProperties {
	return { ...shown, type: 'collection', default: {}, options: sortedProperties(members) };
}
