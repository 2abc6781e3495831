import type { INodePropertyOptions } from 'n8n-workflow';

import { sortedBy } from '../../shared/core/sort';
import { refuseParameter } from '../../shared/core/errors';
import { LARGEST_PICTURE_MB, USUAL_PICTURE_MB } from '../../shared/providers/pictures';
import { hiddenWhere, requiredUnless } from './field';
import type { Condition, Parameter } from './field';
import { checkPicture, readPictureText } from './imageFile';
import type { ParameterReader } from './reader';
import { asAddress } from './lists';
import { anything, choice, trimmedText } from './types';

/** Images as input: a web address, base64 text, or a binary file of the incoming item. */

const limitsWith = (size: string) => `JPEG or PNG, at most ${size}, each side at least 300 pixels`;

export const LIMITS = limitsWith(`${USUAL_PICTURE_MB} MB`);

/** Which API serves a request, and so what it takes, is known when it is complete. */
const LARGE_LIMITS = limitsWith(
	`${USUAL_PICTURE_MB} MB, or ${LARGEST_PICTURE_MB} MB at official Kling with an API key and a model from V2.5 Turbo on`,
);

/** The limits of pictures, in words and in MB where that is not the usual one. */
export function limitsOf(isLarge = false): { words: string; maxMb?: number } {
	return isLarge ? { words: LARGE_LIMITS, maxMb: LARGEST_PICTURE_MB } : { words: LIMITS };
}

/**
 * Whether pictures may be left out: not at all, if one chooses so or leaves it blank, only if one chooses so, or unless one
 * chooses otherwise.
 */
export type Presence = 'required' | 'optional' | 'unlessNone' | 'off';

interface SourceSpec {
	displayName: string;
	name: string;
	description: string;
	presence?: Presence;
	default: string;
	/** Sorted by name. */
	options: INodePropertyOptions[];
}

/** Where pictures come from; with "None" where they may be left out. */
export function sourceChoice({ presence = 'required', ...spec }: SourceSpec) {
	if (presence === 'required') return choice(spec);
	const none = { name: 'None', value: 'none', description: 'Leave it out' };
	return choice({
		...spec,
		default: presence === 'off' ? none.value : spec.default,
		options: sortedBy([...spec.options, none], ({ name }) => name),
	});
}

/** The file in a binary field of an item. `title` names it in refusals. Throws `invalidInput`. */
export async function readBinary(
	{ context, itemIndex }: ParameterReader,
	field: string,
	title: string,
): Promise<Buffer> {
	const present = Object.keys(context.getInputData()[itemIndex]?.binary ?? {});
	if (!present.includes(field)) {
		const has = present.length > 0 ? `it has ${present.join(', ')}` : 'it has no binary data';
		refuseParameter(title, `is not in the item: there is no binary field "${field}" (${has})`);
	}
	return await context.helpers.getBinaryDataBuffer(itemIndex, field);
}

/** A picture in a binary field as the raw base64 that Kling wants. Throws `invalidInput`. */
export async function readBinaryPicture(
	item: ParameterReader,
	field: string,
	title: string,
	maxMb?: number,
): Promise<string> {
	const bytes = await readBinary(item, field, title);
	checkPicture(bytes, title, maxMb);
	return bytes.toString('base64');
}

/** A web address or base64 text; undefined where it is blank. Throws `invalidInput`. */
function readGivenPicture(value: unknown, title: string, maxMb?: number): string | undefined {
	const given = asAddress(value, title, 'picture');
	return given === undefined ? undefined : readPictureText(given, title, maxMb);
}

/** One value for all sources: a web address, base64 text, or the name of a binary field that the item has. Throws `invalidInput`. */
export async function readPictureValue(
	item: ParameterReader,
	value: unknown,
	title: string,
	maxMb?: number,
): Promise<string> {
	const name = typeof value === 'string' ? value.trim() : '';
	const binary = item.context.getInputData()[item.itemIndex]?.binary ?? {};
	if (Object.hasOwn(binary, name)) return await readBinaryPicture(item, name, title, maxMb);
	return readGivenPicture(value, title, maxMb) ?? refuseParameter(title, 'must not be empty');
}

const SOURCES: INodePropertyOptions[] = [
	{
		name: 'Binary File',
		value: 'binary',
		description: 'A file that an earlier node put into the item',
	},
	{
		name: 'URL',
		value: 'text',
		description: 'A web address, or the image itself as base64 text',
	},
];

export interface PictureSpec {
	/** Also what refusals call it. */
	displayName: string;
	/** Begins the names of all its properties. */
	name: string;
	/** Of the choice where it comes from. */
	description: string;
	presence?: Presence;
	/** One that may be left out is needed all the same, except under this condition. */
	neededUnless?: Condition;
	/** Where it is not shown, and so does not count. */
	hide?: Condition;
	/** The binary field that is read unless another is named. */
	binaryDefault?: string;
	/** Whether some API takes it larger than 10 MB; each says by itself what it takes. */
	large?: boolean;
}

function address({ displayName: title, name, large }: PictureSpec, required: boolean): Parameter {
	return anything({
		displayName: title,
		name,
		required,
		placeholder: 'e.g. https://example.com/image.jpg',
		description: `Web address of the image, or the image as base64 text (${limitsOf(large).words})`,
		displayOptions: { show: { [`${name}Source`]: ['text'] } },
	});
}

function binaryField({ displayName: title, name, binaryDefault = 'data', large }: PictureSpec) {
	return trimmedText({
		displayName: `${title} Field`,
		name: `${name}Binary`,
		default: binaryDefault,
		required: true,
		typeOptions: { binaryDataProperty: true },
		placeholder: `e.g. ${binaryDefault}`,
		hint: 'The name of the input field containing the binary image data',
		description: `Binary field of the incoming item with the image (${limitsOf(large).words})`,
		displayOptions: { show: { [`${name}Source`]: ['binary'] } },
	});
}

/** One picture as a web address or raw base64; undefined where it is left out. Throws `invalidInput`. */
export function picture(spec: PictureSpec): Parameter<Promise<string | undefined>> {
	const { displayName: title, name, description, presence = 'required', neededUnless, hide } = spec;
	const { maxMb } = limitsOf(spec.large);
	const source = sourceChoice({
		displayName: `${title} Input Type`,
		name: `${name}Source`,
		description,
		presence,
		default: 'text',
		options: SOURCES,
	});
	const given = address(spec, presence === 'required' || presence === 'unlessNone');
	const addresses = neededUnless
		? given.properties.flatMap((property) => requiredUnless(property, neededUnless))
		: given.properties;
	const binary = binaryField(spec);
	const properties = [...source.properties, ...addresses, ...binary.properties];
	return {
		properties: hide ? properties.map((property) => hiddenWhere(property, hide)) : properties,
		read: async (item) => {
			const from = source.read(item);
			if (from === 'none') return undefined;
			if (from === 'binary') {
				return await readBinaryPicture(item, binary.read(item) ?? '', title, maxMb);
			}
			const read = readGivenPicture(given.read(item), title, maxMb);
			if (read === undefined && presence === 'required')
				refuseParameter(title, 'must not be empty');
			return read;
		},
	};
}
