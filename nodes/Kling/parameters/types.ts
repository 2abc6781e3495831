import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { JsonBody } from '../../shared/core/json';
import { asNumberWithin, asYesNo, isBlank } from '../../shared/n8n/values';
import type { Unit } from '../../shared/n8n/values';
import { propertiesOf, sortedProperties } from './field';
import type { Parameter } from './field';
import { asAddress, asChoices, asId, asIds, asLines } from './lists';
import type { AddressOf } from './lists';
import { rowOf } from './reader';
import type { ParameterReader } from './reader';
import { asTime } from './time';
import {
	asChoice,
	asJsonList,
	asJsonObject,
	asNumber,
	asRows,
	asText,
	isCollection,
} from './values';

/** The types of parameter. Each is read in one way, here, whatever operation has it; `values.ts` says what counts as what. */

type Shown = Omit<INodeProperties, 'type' | 'typeOptions' | 'default' | 'options'>;

function parameter<Value>(
	property: INodeProperties,
	parse: (value: unknown, item: ParameterReader) => Value,
): Parameter<Value> {
	return { properties: [property], read: (item) => parse(item.value(property), item) };
}

type TextSpec = Shown & Pick<INodeProperties, 'typeOptions'> & { default?: string; rows?: number };

function textParameter<Value>(
	{ rows: height, default: preset = '', typeOptions: given, ...shown }: TextSpec,
	parse: (value: unknown) => Value,
): Parameter<Value> {
	const typeOptions = height === undefined ? given : { rows: height };
	return parameter({ ...shown, type: 'string', typeOptions, default: preset }, parse);
}

/** Free text; undefined where it is blank. Throws `invalidInput`. */
export function text(spec: TextSpec): Parameter<string | undefined> {
	return textParameter(spec, (value) => asText(value, spec.displayName));
}

/** A text in which white space at the ends means nothing, such as a name; undefined where it is blank. Throws `invalidInput`. */
export function trimmedText(spec: TextSpec): Parameter<string | undefined> {
	return textParameter(spec, (value) => asText(value, spec.displayName)?.trim());
}

/** Several texts, one to a line; undefined where there are none. Throws `invalidInput`. */
export function lines(spec: TextSpec): Parameter<string[] | undefined> {
	return textParameter(spec, (value) => asLines(value, spec.displayName));
}

/** One web address; whether it is one is left to the request schema. Undefined where it is blank. Throws `invalidInput`. */
export function address(spec: TextSpec & { of: AddressOf }): Parameter<string | undefined> {
	const { of, ...shown } = spec;
	return textParameter(shown, (value) => asAddress(value, spec.displayName, of));
}

/** A text field of whatever was given for it, for a reader that takes more than texts; undefined where it is blank. */
export function anything(spec: TextSpec): Parameter {
	return textParameter(spec, (value) => (isBlank(value) ? undefined : value));
}

type NumberSpec = Shown & {
	default: number;
	min?: number;
	max?: number;
	precision?: number;
	/** What may stand behind the number. */
	unit?: Unit;
};

function numberProperty({ min, max, precision, unit: _, ...shown }: NumberSpec): INodeProperties {
	const typeOptions = { minValue: min, maxValue: max, numberPrecision: precision };
	return { ...shown, type: 'number', typeOptions };
}

/** A number, also as text; undefined where it is blank. Its bounds are checked by the request schema. Throws `invalidInput`. */
export function number(spec: NumberSpec): Parameter<number | undefined> {
	return parameter(numberProperty(spec), (value) => asNumber(value, spec));
}

/** A number that belongs to no request, so that its bounds are checked here. Throws `invalidInput`. */
export function boundedNumber(
	spec: NumberSpec & { min: number; max: number },
): Parameter<number | undefined> {
	return parameter(numberProperty(spec), (value) => asNumberWithin(value, spec));
}

/** A switch: undefined where the option was not added, or is blank. Throws `invalidInput`. */
export function yesNo(spec: Shown & { default: boolean }): Parameter<boolean | undefined> {
	return parameter({ ...spec, type: 'boolean' }, (value) => asYesNo(value, spec.displayName));
}

/** One of several values; undefined where it is blank. Throws `invalidInput`. */
export function choice(
	spec: Shown & { default: string; options: INodePropertyOptions[] },
): Parameter<string | undefined> {
	return parameter({ ...spec, type: 'options' }, (value) => asChoice(value, spec));
}

/** Several of a few values; undefined where there are none. Throws `invalidInput`. */
export function choices(
	spec: Shown & { options: INodePropertyOptions[] },
): Parameter<string[] | undefined> {
	return parameter({ ...spec, type: 'multiOptions', default: [] }, (value) =>
		asChoices(value, spec),
	);
}

/** One ID; undefined where it is blank. Throws `invalidInput`, also for a number that has lost digits. */
export function id(spec: Shown): Parameter<string | undefined> {
	return parameter({ ...spec, type: 'string', default: '' }, (value) => asId(value, spec));
}

/** IDs as an array, or as text separated by commas or white space. Throws like `id`. */
export function idList(spec: Shown): Parameter<string[] | undefined> {
	return parameter({ ...spec, type: 'string', default: '' }, (value) => asIds(value, spec));
}

interface PickedSpec extends Shown {
	/** What stands in it at first: nothing, unless said. */
	preset?: { value: string; name: string };
	/** The list, which a method of the node (`methods.listSearch`) fills. */
	list: { method: string; placeholder: string };
	/** What is typed instead. Not named "id" unless it is one: the editor calls that mode "By ID". */
	typed: { displayName: string; name: 'name' | 'id'; placeholder: string; hint: string };
}

/** What a resource locator holds, which n8n takes out only where it knows of one. */
function pickedValue(given: unknown): unknown {
	return isCollection(given) && 'value' in given ? given.value : given;
}

/** One thing from a list with a search, or typed: what `parse` makes of its value. */
export function picked<Value>(
	{ preset, list, typed, ...shown }: PickedSpec,
	parse: (value: unknown, item: ParameterReader) => Value,
): Parameter<Value> {
	const { value = '', name } = preset ?? {};
	const property: INodeProperties = {
		...shown,
		type: 'resourceLocator',
		default: { mode: 'list', value, ...(name !== undefined && { cachedResultName: name }) },
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: list.placeholder,
				typeOptions: { searchListMethod: list.method, searchable: true },
			},
			{ ...typed, type: 'string' },
		],
	};
	return parameter(property, (given, item) => parse(pickedValue(given), item));
}

/** A JSON object, as text or as it is; undefined where it is empty. Throws `invalidInput`. */
export function jsonObject(spec: Shown): Parameter<{ [key: string]: JsonBody } | undefined> {
	return parameter({ ...spec, type: 'json', default: '{}' }, (value) =>
		asJsonObject(value, spec.displayName),
	);
}

/** A JSON list, as text or as it is. The default is an example, and never read. Throws `invalidInput`. */
export function jsonList(spec: Shown & { default: string }): Parameter<unknown[]> {
	const property: INodeProperties = { ...spec, type: 'json' };
	return {
		properties: [property],
		read: (item) => asJsonList(item.value({ ...property, default: '' }), spec.displayName),
	};
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
		for (const [index, row] of asRows(value, shown.displayName, name).entries()) {
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
