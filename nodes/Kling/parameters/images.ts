import type { IExecuteFunctions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { refuseParameter } from '../../shared/core/errors';
import { checkPicture, readPictureText } from './imageFile';
import { asList, readRows } from './values';
import type { Collection } from './values';

/** Pictures as input: a web address, base64 text, or binary data of the incoming item. */

const LIMITS = 'JPEG or PNG, at most 10 MB, each side at least 300 pixels';

const NONE: INodePropertyOptions = { name: 'None', value: 'none', description: 'Leave it out' };

const pictureSource: INodeProperties = {
	displayName: 'Picture Source',
	name: 'pictureSource',
	type: 'options',
	default: 'text',
	description: 'Where the picture comes from',
	options: [
		{
			name: 'Binary Data of the Item',
			value: 'binary',
			description: 'A file that an earlier node put into the item',
		},
		{
			name: 'URL or Base64',
			value: 'text',
			description: 'A web address, or the picture itself as base64 text',
		},
	],
};

/** How a picture may be left out: `no`, `possible`, or `usual` (left out unless chosen). */
export type Presence = 'no' | 'possible' | 'usual';

/** A source select that fits; the order of its options is that of the alphabet. */
function leavable(source: INodeProperties, leftOut: Presence): INodeProperties {
	if (leftOut === 'no') return source;
	const options = [...((source.options ?? []) as INodePropertyOptions[]), NONE];
	options.sort((one, other) => one.name.localeCompare(other.name));
	const preset: unknown = leftOut === 'usual' ? NONE.value : source.default;
	return Object.assign({}, source, { options, default: preset });
}

/** The parameters for one picture. `title` is the display name; `name` prefixes the parameters. */
export function pictureFields(
	name: string,
	title: string,
	description: string,
	leftOut: Presence = 'no',
): INodeProperties[] {
	return [
		{
			...leavable(pictureSource, leftOut),
			displayName: `${title} Source`,
			name: `${name}Source`,
			description,
		},
		{
			displayName: title,
			name,
			type: 'string',
			default: '',
			placeholder: 'e.g. https://example.com/picture.jpg',
			description: `Web address of the picture, or the picture as base64 text (${LIMITS})`,
			displayOptions: { show: { [`${name}Source`]: ['text'] } },
		},
		{
			displayName: `${title}: Input Data Field Name`,
			name: `${name}Binary`,
			type: 'string',
			default: 'data',
			placeholder: 'e.g. data',
			hint: 'The name of the binary field that holds the picture',
			description: `Binary field of the incoming item with the picture (${LIMITS})`,
			displayOptions: { show: { [`${name}Source`]: ['binary'] } },
		},
	];
}

/** A binary field of an item as the raw base64 that Kling wants. Throws `invalidInput`. */
async function readBinaryPicture(
	context: IExecuteFunctions,
	itemIndex: number,
	field: string,
	title: string,
): Promise<string> {
	const present = Object.keys(context.getInputData()[itemIndex]?.binary ?? {});
	if (!present.includes(field)) {
		const has = present.length > 0 ? `it has ${present.join(', ')}` : 'it has no binary data';
		refuseParameter(title, `is not in the item: there is no binary field "${field}" (${has})`);
	}
	const bytes = await context.helpers.getBinaryDataBuffer(itemIndex, field);
	checkPicture(bytes, title);
	return bytes.toString('base64');
}

/** One field for all sources: a web address, base64 text, or the name of a binary field that the item has. Throws `invalidInput`. */
export async function readPictureValue(
	context: IExecuteFunctions,
	itemIndex: number,
	value: unknown,
	title: string,
): Promise<string> {
	const text = typeof value === 'string' ? value.trim() : '';
	const binary = context.getInputData()[itemIndex]?.binary ?? {};
	return Object.hasOwn(binary, text)
		? await readBinaryPicture(context, itemIndex, text, title)
		: readPictureText(text, title);
}

/** Reads what `pictureFields` asked for; undefined when the picture is left out. Throws `invalidInput`. */
export async function readPicture(
	context: IExecuteFunctions,
	itemIndex: number,
	name: string,
	title: string,
	leftOut: Presence = 'no',
): Promise<string | undefined> {
	const usual = leftOut === 'usual' ? NONE.value : pictureSource.default;
	const source: unknown = context.getNodeParameter(`${name}Source`, itemIndex, usual);
	if (source === 'none') return undefined;
	if (source === 'binary') {
		const field: unknown = context.getNodeParameter(`${name}Binary`, itemIndex, 'data');
		return await readBinaryPicture(context, itemIndex, String(field).trim(), title);
	}
	const given: unknown = context.getNodeParameter(name, itemIndex, '');
	if (typeof given !== 'string') refuseParameter(title, 'must be text: a web address or base64');
	if (given.trim() === '') {
		if (leftOut !== 'no') return undefined;
		refuseParameter(title, 'must not be empty');
	}
	return readPictureText(given, title);
}

const picturesSource: INodeProperties = {
	displayName: 'Images Source',
	name: 'imagesSource',
	type: 'options',
	default: 'rows',
	description: 'Where the pictures come from',
	options: [
		{
			name: 'Binary Data of the Item',
			value: 'binary',
			description: 'Files that earlier nodes put into the item',
		},
		{
			name: 'List or Expression',
			value: 'list',
			description: 'Web addresses or base64 texts as one list',
		},
		{ name: 'One by One', value: 'rows', description: 'Enter each image in a field of its own' },
	],
};

/** The parameters for several pictures; `role` asks what each of them is for. */
export function pictureListFields(
	description: string,
	{ role, leftOut = 'no' }: { role?: INodeProperties; leftOut?: Presence } = {},
): INodeProperties[] {
	return [
		{ ...leavable(picturesSource, leftOut), description },
		{
			displayName: 'Images',
			name: 'images',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true, sortable: true },
			default: {},
			placeholder: 'Add Image',
			description: `The images in the order in which the prompt counts them (${LIMITS})`,
			displayOptions: { show: { imagesSource: ['rows'] } },
			options: [
				{
					displayName: 'Image',
					name: 'image',
					values: [
						{
							displayName: 'URL, Base64 or Binary Field',
							name: 'value',
							type: 'string',
							default: '',
							placeholder: 'e.g. https://example.com/picture.jpg',
							description:
								'Web address of the picture, the picture as base64 text, or the name of a binary field of the item',
						},
						...(role ? [role] : []),
					],
				},
			],
		},
		{
			displayName: 'Image List',
			name: 'imageList',
			type: 'string',
			default: '',
			placeholder: 'e.g. {{ $json.imageUrls }}',
			description:
				'Web addresses separated by commas or new lines, or an expression that gives an array',
			displayOptions: { show: { imagesSource: ['list'] } },
		},
		{
			displayName: 'Input Data Field Names',
			name: 'imagesBinary',
			type: 'string',
			default: 'data',
			placeholder: 'e.g. data, data_1',
			hint: 'The names of the binary fields that hold the pictures, separated by commas',
			description: `Binary fields of the incoming item with the pictures (${LIMITS})`,
			displayOptions: { show: { imagesSource: ['binary'] } },
		},
	];
}

/** One picture of a list with its role, if it has one. */
export interface ListedPicture {
	picture: string;
	row: Collection;
}

async function readListed(
	context: IExecuteFunctions,
	itemIndex: number,
	source: unknown,
): Promise<ListedPicture[]> {
	if (source === 'binary') {
		const fields = asList(context.getNodeParameter('imagesBinary', itemIndex, 'data')) ?? [];
		const pictures: ListedPicture[] = [];
		for (const field of fields) {
			const picture = await readBinaryPicture(context, itemIndex, field, `Image "${field}"`);
			pictures.push({ picture, row: {} });
		}
		return pictures;
	}
	if (source === 'list') {
		const given: unknown = context.getNodeParameter('imageList', itemIndex, '');
		const list = typeof given === 'string' ? splitPictures(given) : asList(given);
		return (list ?? []).map((text, place) => ({
			picture: readPictureText(text, `Image ${place + 1}`),
			row: {},
		}));
	}
	const rows = readRows(context.getNodeParameter('images', itemIndex, {}), 'image');
	const pictures: ListedPicture[] = [];
	for (const [place, row] of rows.entries()) {
		const picture = await readPictureValue(context, itemIndex, row.value, `Image ${place + 1}`);
		pictures.push({ picture, row });
	}
	return pictures;
}

/** The comma of a `data:` prefix separates nothing. */
const COMMA = /,(?<!base64,)/;
/** A comma in a web address separates only if white space, the end or another picture (PNG and JPEG as base64) follows. */
const BETWEEN_PICTURES = /\n|,(?<!base64,)(?=\s|$|https?:|data:|iVBORw0KGgo|\/9j\/)/i;

/** `https://a.example/w_300,h_200/a.jpg,https://b.example/b.jpg` are two pictures: addresses may hold commas. */
function splitPictures(text: string): string[] {
	return text
		.split(BETWEEN_PICTURES)
		.flatMap((part) => (/^\s*https?:/i.test(part) ? [part] : part.split(COMMA)))
		.map((part) => part.trim())
		.filter((part) => part !== '');
}

/** Reads what `pictureListFields` asked for, in order. Throws `invalidInput`. */
export async function readPictures(
	context: IExecuteFunctions,
	itemIndex: number,
	leftOut: Presence = 'no',
): Promise<ListedPicture[]> {
	const usual = leftOut === 'usual' ? NONE.value : picturesSource.default;
	const source: unknown = context.getNodeParameter('imagesSource', itemIndex, usual);
	if (source === 'none') return [];
	return await readListed(context, itemIndex, source);
}
