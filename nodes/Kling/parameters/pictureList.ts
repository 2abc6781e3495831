import type { Condition, Parameter } from './field';
import { hiddenWhere, propertiesOf } from './field';
import type { PictureLimits, Presence } from './picture';
import {
	limitsOf,
	readBinaryPicture,
	readPicture,
	readPictureValue,
	sourceChoice,
} from './picture';
import { asAddresses, asNames } from './lists';
import { anything, rows } from './types';

/** One picture of a list; what it is for, where that is asked. */
export interface ListedPicture {
	picture: string;
	role?: unknown;
}

/** The title and the name of a property of the list: those of a second list in one panel begin with whose images they are. */
function named({ of }: PictureListSpec, displayName: string, name: string) {
	if (of === undefined) return { displayName, name };
	const rest = `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
	return { displayName: `${of} ${displayName}`, name: `${of.toLowerCase()}${rest}` };
}

/** The condition that the images come from there. */
function from(spec: PictureListSpec, place: string) {
	return { show: { [named(spec, '', 'imagesSource').name]: [place] } };
}

/** What refusals call one of the images, which are counted from 1. */
function titleOf(spec: PictureListSpec, index: number): string {
	return named(spec, `Image ${index + 1}`, '').displayName;
}

function source(spec: PictureListSpec) {
	const { displayName = 'Images', description, presence } = spec;
	return sourceChoice({
		...named(spec, `${displayName} Input Type`, 'imagesSource'),
		description,
		presence,
		default: 'rows',
		options: [
			{
				name: 'Binary Files',
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
	});
}

const anyPicture = anything({
	displayName: 'Image',
	name: 'value',
	required: true,
	placeholder: 'e.g. https://example.com/image.jpg',
	description:
		'Web address of the image, the image as base64 text, or the name of a binary field of the item',
});

function oneByOne(spec: PictureListSpec): Parameter<Promise<ListedPicture[]>> {
	const {
		displayName = 'Images',
		listed = 'The images in the order in which the prompt counts them',
		role,
	} = spec;
	const limits = limitsOf(spec);
	return rows(
		{
			...named(spec, displayName, 'images'),
			typeOptions: { multipleValues: true, sortable: true },
			placeholder: 'Add Image',
			description: `${listed} (${limits.words})`,
			displayOptions: from(spec, 'rows'),
			row: { displayName: 'Image', name: 'image' },
			members: role ? [anyPicture, role] : [anyPicture],
		},
		async (row, index) => ({
			picture: await readPictureValue(row, anyPicture.read(row), titleOf(spec, index), limits),
			role: role?.read(row),
		}),
	);
}

function imageList(spec: PictureListSpec): Parameter<Promise<ListedPicture[]>> {
	const limits = limitsOf(spec);
	const shown = named(spec, 'Image List', 'imageList');
	const { properties, read } = anything({
		...shown,
		placeholder: 'e.g. {{ $json.imageUrls }}',
		description:
			'Web addresses separated by commas or new lines, or an expression that gives an array',
		displayOptions: from(spec, 'list'),
	});
	return {
		properties,
		async read(item) {
			const list = asAddresses(read(item), shown.displayName, 'picture');
			const pictures: ListedPicture[] = [];
			for (const [index, entry] of list.entries()) {
				pictures.push({ picture: await readPicture(item, entry, titleOf(spec, index), limits) });
			}
			return pictures;
		},
	};
}

function binaryFields(spec: PictureListSpec): Parameter<Promise<ListedPicture[]>> {
	const limits = limitsOf(spec);
	const { binaryDefault } = spec;
	const shown = named(spec, 'Input Data Field Names', 'imagesBinary');
	const { properties, read } = anything({
		...shown,
		default: binaryDefault ?? 'data',
		typeOptions: { binaryDataProperty: true },
		placeholder: binaryDefault === undefined ? 'e.g. data, data_1' : 'e.g. data_1, data_2',
		hint: 'The names of the input fields containing the binary image data, separated by commas',
		description: `Binary fields of the incoming item with the images (${limits.words})`,
		displayOptions: from(spec, 'binary'),
	});
	return {
		properties,
		async read(item) {
			const pictures: ListedPicture[] = [];
			for (const name of asNames(read(item), shown.displayName)) {
				const { displayName: title } = named(spec, `Image "${name}"`, '');
				pictures.push({ picture: await readBinaryPicture(item, name, title, limits) });
			}
			return pictures;
		},
	};
}

export interface PictureListSpec {
	/** "Images" unless said. */
	displayName?: string;
	/** "Model": whose images they are, where a panel has a second list. */
	of?: string;
	/** Where it is not shown, and so does not count. */
	hide?: Condition;
	/** What the images are that are entered one by one, where the prompt does not count them. */
	listed?: string;
	/** Of the choice where the pictures come from. */
	description: string;
	presence?: Presence;
	/** These as in `PictureSpec`. */
	large?: boolean;
	limits?: PictureLimits;
	binaryDefault?: 'data_1';
	/** Asks what each picture is for, where they are entered one by one. */
	role?: Parameter;
}

/** Several pictures, in order; none where they are left out. Throws `invalidInput`. */
export function pictureList(spec: PictureListSpec): Parameter<Promise<ListedPicture[]>> {
	const { presence = 'required', hide } = spec;
	const chosen = source(spec);
	const entered = oneByOne(spec);
	const [list, binary] = [imageList(spec), binaryFields(spec)];
	const listed = propertiesOf([list, binary]).map((property) => ({
		...property,
		required: presence === 'required',
	}));
	const properties = [...propertiesOf([chosen, entered]), ...listed];
	return {
		properties: hide ? properties.map((property) => hiddenWhere(property, hide)) : properties,
		read: async (item) => {
			const where = chosen.read(item);
			if (where === 'none') return [];
			if (where === 'binary') return await binary.read(item);
			if (where === 'list') return await list.read(item);
			return await entered.read(item);
		},
	};
}
