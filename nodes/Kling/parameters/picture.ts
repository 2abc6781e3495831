import type { INodePropertyOptions } from 'n8n-workflow';

import { sortedBy } from '../../shared/core/sort';
import { refuseParameter } from '../../shared/core/errors';
import { LARGEST_PICTURE_MB, USUAL_PICTURE_MB } from '../../shared/providers/pictures';
import { hiddenWhere, requiredUnless } from './field';
import type { Condition, Parameter } from './field';
import { givenBytes, givenText, readBinary } from './givenFile';
import { checkPicture, readPictureText } from './imageFile';
import type { PictureRules } from './imageFile';
import type { ParameterReader } from './reader';
import { asAddress } from './lists';
import { anything, choice, trimmedText } from './types';

/** Images as input: a web address, base64 text, or a binary file of the incoming item. */

const limitsWith = (size: string) => `JPEG or PNG, at most ${size}, each side at least 300 pixels`;

export const LIMITS = limitsWith(`${USUAL_PICTURE_MB} MB`);

/** Which API serves a request, and so what it takes, is known when it is complete. */
const largeLimits = (elsewhere: string) =>
	limitsWith(
		`${USUAL_PICTURE_MB} MB, or ${LARGEST_PICTURE_MB} MB ${elsewhere}at official Kling with an API key and a model from V2.5 Turbo on`,
	);

/** The limits of the pictures of a field, in words and as rules where those are not the usual ones. */
export interface PictureLimits extends Omit<PictureRules, 'webp'> {
	words: string;
	/** Whether WebP is taken, too, and where. */
	webp?: boolean | 'notAtRelays';
	/** Whether only one API of a service takes them so large. */
	byApi?: boolean;
	/** Other rules where files are uploaded first. */
	uploaded?: PictureRules;
}

interface Limited {
	/** Whether some API takes it larger than 10 MB; each says by itself what it takes. `uploaded`: Ace Data Cloud does, too. */
	large?: boolean | 'uploaded';
	/** Where the field has limits of its own. */
	limits?: PictureLimits;
}

export function limitsOf({ large, limits }: Limited): PictureLimits {
	if (limits) return limits;
	if (!large) return { words: LIMITS };
	const byApi = large !== 'uploaded';
	const words = largeLimits(byApi ? '' : 'at Ace Data Cloud, and ');
	return { words, maxMb: LARGEST_PICTURE_MB, byApi };
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

/** Where files are uploaded first, there is mostly no API that takes larger ones; without a token, that is what to tell of. */
function rulesAt({ uploads, provider }: ParameterReader, limits: PictureLimits): PictureRules {
	const { maxMb, webp, byApi, anyRatio, uploaded } = limits;
	return {
		webp: webp === 'notAtRelays' ? provider?.service !== 'relay' : webp,
		maxMb: uploads && byApi ? undefined : maxMb,
		anyRatio,
		...(provider?.calls.upload && uploaded),
	};
}

/** A picture in a binary field as a request holds it. Throws `invalidInput`. */
export async function readBinaryPicture(
	item: ParameterReader,
	field: string,
	title: string,
	limits: PictureLimits,
): Promise<string> {
	const open = async () => await readBinary(item, field, title);
	const bytes = await open();
	checkPicture(bytes, title, rulesAt(item, limits));
	return await givenBytes(item, bytes, open);
}

/** A web address or base64 text as a request holds it. Throws `invalidInput`. */
export async function readPicture(
	item: ParameterReader,
	text: string,
	title: string,
	limits: PictureLimits,
): Promise<string> {
	return await givenText(item, readPictureText(text, title, rulesAt(item, limits)));
}

/** The same of whatever was given; undefined where it is blank. Throws `invalidInput`. */
async function readGivenPicture(
	item: ParameterReader,
	value: unknown,
	title: string,
	limits: PictureLimits,
): Promise<string | undefined> {
	const given = asAddress(value, title, 'picture');
	return given === undefined ? undefined : await readPicture(item, given, title, limits);
}

/** One value for all sources: a web address, base64 text, or the name of a binary field that the item has. Throws `invalidInput`. */
export async function readPictureValue(
	item: ParameterReader,
	value: unknown,
	title: string,
	limits = limitsOf({}),
): Promise<string> {
	const name = typeof value === 'string' ? value.trim() : '';
	const binary = item.context.getInputData()[item.itemIndex]?.binary ?? {};
	if (Object.hasOwn(binary, name)) return await readBinaryPicture(item, name, title, limits);
	const read = await readGivenPicture(item, value, title, limits);
	return read ?? refuseParameter(title, 'must not be empty');
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

export interface PictureSpec extends Limited {
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
	/** The binary field that is read unless another is named: never that of another picture of the panel. */
	binaryDefault?: string;
}

function address(spec: PictureSpec, required: boolean): Parameter {
	const { displayName: title, name } = spec;
	return anything({
		displayName: title,
		name,
		required,
		placeholder: 'e.g. https://example.com/image.jpg',
		description: `Web address of the image, or the image as base64 text (${limitsOf(spec).words})`,
		displayOptions: { show: { [`${name}Source`]: ['text'] } },
	});
}

function binaryField(spec: PictureSpec) {
	const { displayName: title, name, binaryDefault = 'data' } = spec;
	return trimmedText({
		displayName: `${title} Field`,
		name: `${name}Binary`,
		default: binaryDefault,
		required: true,
		typeOptions: { binaryDataProperty: true },
		placeholder: `e.g. ${binaryDefault}`,
		hint: 'The name of the input field containing the binary image data',
		description: `Binary field of the incoming item with the image (${limitsOf(spec).words})`,
		displayOptions: { show: { [`${name}Source`]: ['binary'] } },
	});
}

/** One picture as a request holds it; undefined where it is left out. Throws `invalidInput`. */
export function picture(spec: PictureSpec): Parameter<Promise<string | undefined>> {
	const { displayName: title, name, description, presence = 'required', neededUnless, hide } = spec;
	const limits = limitsOf(spec);
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
				return await readBinaryPicture(item, binary.read(item) ?? '', title, limits);
			}
			const read = await readGivenPicture(item, given.read(item), title, limits);
			if (read === undefined && presence === 'required')
				refuseParameter(title, 'must not be empty');
			return read;
		},
	};
}
