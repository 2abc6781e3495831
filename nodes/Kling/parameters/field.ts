import type { INodeProperties } from 'n8n-workflow';

import type { Kind } from '../../shared/core/kinds';
import type { RequestDraft } from '../../shared/core/requests';
import { sortedBy } from '../../shared/core/sort';
import type { ItemReader, ParameterReader } from './reader';

/** A parameter: what the editor shows for it, and how its value is read. The default stands in the property alone. */
export interface Parameter<Value = unknown, Reader = ParameterReader> {
	/** One, or more where a choice of the first shows the others. */
	properties: INodeProperties[];
	/** May throw `invalidInput`. */
	read: (item: Reader) => Value;
}

/** Request fields that are not checked yet. */
export type Draft = Omit<RequestDraft, 'kind'>;

/** A parameter that fills fields of the request. */
export type Field = Parameter<Draft | Promise<Draft>, ItemReader>;

/** A field whose property depends on what is made, as the model does. */
export type KindField = (kind: Kind) => Field;

/**
 * The parameter whose value is one field of the request. `form` says how it is sent where that differs from how it is
 * read: `field('sound', yesNo({ … }), (on) => (on ? 'on' : 'off'))`. What is not given stays so.
 */
export function field<Value>(
	name: keyof Draft,
	{ properties, read }: Parameter<Value, ItemReader>,
	form: (value: NonNullable<Awaited<Value>>) => unknown = (value) => value,
): Field {
	return {
		properties,
		read: async (item) => {
			const value = await read(item);
			return { [name]: value === undefined || value === null ? value : form(value) };
		},
	};
}

/** A parameter that stands at its place in the panel, and is read by the operation itself. */
export function shownOnly({ properties }: Pick<Parameter, 'properties'>): Field {
	return { properties, read: () => ({}) };
}

/** The same parameter with another description. */
export function described<Shown extends { properties: INodeProperties[] }>(
	parameter: Shown,
	description: string,
): Shown {
	return {
		...parameter,
		properties: parameter.properties.map((property) => ({ ...property, description })),
	};
}

/** The values of other parameters, by their names or paths. */
export type Condition = Record<string, string[]>;

/**
 * A property that n8n does not run without, except under a condition. n8n knows no such thing, so these are two, of which one
 * is shown.
 */
export function requiredUnless(property: INodeProperties, condition: Condition): INodeProperties[] {
	const { show } = property.displayOptions ?? {};
	return [
		{ ...property, required: true, displayOptions: { show, hide: condition } },
		{ ...property, displayOptions: { show: { ...show, ...condition } } },
	];
}

/** The same property, not shown under a condition. */
export function hiddenWhere(property: INodeProperties, condition: Condition): INodeProperties {
	const { displayOptions } = property;
	return {
		...property,
		displayOptions: { ...displayOptions, hide: { ...displayOptions?.hide, ...condition } },
	};
}

/** The same option, not offered under a condition, under which it would be refused. */
export function offeredUnless<Option extends Pick<Parameter, 'properties'>>(
	condition: Condition,
	option: Option,
): Option {
	return {
		...option,
		properties: option.properties.map((property) => hiddenWhere(property, condition)),
	};
}

/** All properties of some parameters, in their order. */
export function propertiesOf(parameters: ReadonlyArray<Pick<Parameter, 'properties'>>) {
	return parameters.flatMap(({ properties }) => properties);
}

/** All properties of some parameters in the order in which n8n wants the members of a collection. */
export function sortedProperties(parameters: ReadonlyArray<Pick<Parameter, 'properties'>>) {
	return sortedBy(propertiesOf(parameters), ({ displayName }) => displayName);
}
