import type { Parameter } from './field';
import { propertiesOf } from './field';
import type { Presence } from './picture';
import { LIMITS, readBinaryPicture, readPicture, readPictureValue, sourceChoice } from './picture';
import type { ParameterReader } from './reader';
import { asAddresses, asNames } from './lists';
import { anything, rows } from './types';

/** One picture of a list; what it is for, where that is asked. */
export interface ListedPicture {
	picture: string;
	role?: unknown;
}

function source({ displayName = 'Images', description, presence }: PictureListSpec) {
	return sourceChoice({
		displayName: `${displayName} Input Type`,
		name: 'imagesSource',
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

function oneByOne({
	displayName = 'Images',
	listed = 'The images in the order in which the prompt counts them',
	role,
}: PictureListSpec): Parameter<Promise<ListedPicture[]>> {
	return rows(
		{
			displayName,
			name: 'images',
			typeOptions: { multipleValues: true, sortable: true },
			placeholder: 'Add Image',
			description: `${listed} (${LIMITS})`,
			displayOptions: { show: { imagesSource: ['rows'] } },
			row: { displayName: 'Image', name: 'image' },
			members: role ? [anyPicture, role] : [anyPicture],
		},
		async (row, index) => ({
			picture: await readPictureValue(row, anyPicture.read(row), `Image ${index + 1}`),
			role: role?.read(row),
		}),
	);
}

const imageList = anything({
	displayName: 'Image List',
	name: 'imageList',
	placeholder: 'e.g. {{ $json.imageUrls }}',
	description:
		'Web addresses separated by commas or new lines, or an expression that gives an array',
	displayOptions: { show: { imagesSource: ['list'] } },
});

async function readImageList(item: ParameterReader): Promise<ListedPicture[]> {
	const list = asAddresses(imageList.read(item), 'Image List', 'picture');
	const pictures: ListedPicture[] = [];
	for (const [index, entry] of list.entries()) {
		pictures.push({ picture: await readPicture(item, entry, `Image ${index + 1}`) });
	}
	return pictures;
}

const binaryFields = anything({
	displayName: 'Input Data Field Names',
	name: 'imagesBinary',
	default: 'data',
	typeOptions: { binaryDataProperty: true },
	placeholder: 'e.g. data, data_1',
	hint: 'The names of the input fields containing the binary image data, separated by commas',
	description: `Binary fields of the incoming item with the images (${LIMITS})`,
	displayOptions: { show: { imagesSource: ['binary'] } },
});

async function readBinaryFields(item: ParameterReader): Promise<ListedPicture[]> {
	const pictures: ListedPicture[] = [];
	for (const name of asNames(binaryFields.read(item), 'Input Data Field Names')) {
		pictures.push({ picture: await readBinaryPicture(item, name, `Image "${name}"`) });
	}
	return pictures;
}

export interface PictureListSpec {
	/** "Images" unless said. */
	displayName?: string;
	/** What the images are that are entered one by one, where the prompt does not count them. */
	listed?: string;
	/** Of the choice where the pictures come from. */
	description: string;
	presence?: Presence;
	/** Asks what each picture is for, where they are entered one by one. */
	role?: Parameter;
}

/** Several pictures, in order; none where they are left out. Throws `invalidInput`. */
export function pictureList(spec: PictureListSpec): Parameter<Promise<ListedPicture[]>> {
	const { presence = 'required' } = spec;
	const from = source(spec);
	const entered = oneByOne(spec);
	const listed = propertiesOf([imageList, binaryFields]).map((property) => ({
		...property,
		required: presence === 'required',
	}));
	return {
		properties: [...propertiesOf([from, entered]), ...listed],
		read: async (item) => {
			const chosen = from.read(item);
			if (chosen === 'none') return [];
			if (chosen === 'binary') return await readBinaryFields(item);
			if (chosen === 'list') return await readImageList(item);
			return await entered.read(item);
		},
	};
}
