/** Pictures as input: a web address, base64 text, or binary data of the item; one of them or a list. */
import type { INodeParameters } from 'n8n-workflow';

import { jpeg, png } from '../../pictures';
import { useBinaryMode } from '../harness';
import { model } from '../kling';
import {
	CLIP,
	itemWith,
	OTHER_PICTURE,
	PICTURE,
	rows,
	useBench,
	type OperationName,
	type Refusal,
} from './support';

const bench = useBench();
const MEGABYTE = 1024 * 1024;

/** Where each operation takes one picture: its parameters, what it calls them, and the field on the wire. */
const SINGLE: Array<{
	operation: OperationName;
	name: string;
	title: string;
	field: string;
	parameters?: INodeParameters;
}> = [
	{ operation: 'image2video', name: 'image', title: 'First Frame', field: 'image' },
	{
		operation: 'image2video',
		name: 'imageTail',
		title: 'Last Frame',
		field: 'image_tail',
		// Models of today take it only beside a first frame.
		parameters: { imageSource: 'none', quality: 'pro', model: model('kling-v1-6') },
	},
	{
		operation: 'motion-control',
		name: 'image',
		title: 'Character Image',
		field: 'image_url',
		parameters: { videoUrl: CLIP },
	},
	{
		operation: 'image-generation',
		name: 'image',
		title: 'Reference Image',
		field: 'image',
		parameters: { prompt: 'A fox' },
	},
];

describe.each(SINGLE)('$title of $operation', ({ operation, name, title, field, parameters }) => {
	const text = (value: string): INodeParameters => ({
		...parameters,
		[`${name}Source`]: 'text',
		[name]: value,
	});
	const binary = (fieldName = 'data'): INodeParameters => ({
		...parameters,
		[`${name}Source`]: 'binary',
		[`${name}Binary`]: fieldName,
	});

	it('is a web address', async () => {
		expect((await bench.wire(operation, 'klingGlobal', text(PICTURE)))[field]).toBe(PICTURE);
	});

	it('is base64 text, with or without a data: prefix', async () => {
		const base64 = jpeg(640, 480).toString('base64');
		expect((await bench.wire(operation, 'klingGlobal', text(base64)))[field]).toBe(base64);
		const address = `data:image/jpeg;base64,${base64}`;
		expect((await bench.wire(operation, 'klingGlobal', text(address)))[field]).toBe(base64);
	});

	it.each(['filesystem', 'default'] as const)('is binary data of the item (%s)', async (mode) => {
		await useBinaryMode(mode);
		const picture = png(512, 512, 3000);
		await bench.succeed(operation, {
			items: [await itemWith({ data: jpeg(400, 400), 'my picture': picture })],
			parameters: { ...binary('my picture'), waitMode: 'none' },
		});
		const [create] = bench.simulator.ledger.requests;
		expect(JSON.parse(create?.rawBody ?? '')).toMatchObject({
			[field]: picture.toString('base64'),
		});
		await useBinaryMode('filesystem');
	});

	it('is refused when the item has no such field, naming those it has', async () => {
		await bench.refused(
			operation,
			{
				parameters: binary('photo'),
				says: [
					`${title} is not in the item: there is no binary field "photo" (it has data, data_1)`,
				],
			},
			{ items: [await itemWith({ data: png(400, 400), data_1: png(400, 400) })] },
		);
		await bench.refused(operation, {
			parameters: binary(),
			says: [
				`${title} is not in the item: there is no binary field "data" (it has no binary data)`,
			],
		});
	});

	it.each<[string, Buffer, string]>([
		['small', png(200, 400), 'must be at least 300 × 300 pixels, but has 200 × 400'],
		[
			'long',
			jpeg(2000, 400),
			'must have a side ratio between 1:2.5 and 2.5:1, but has 2000 × 400 pixels',
		],
		['no picture', Buffer.from('GIF89a of my fox'), 'must be a PNG or JPEG picture'],
		['empty', Buffer.alloc(0), 'is empty'],
	])('is refused when it is %s', async (_what, bytes, says) => {
		await bench.refused(
			operation,
			{ parameters: binary(), says: [`${title} ${says}`] },
			{ items: [await itemWith({ data: bytes })] },
		);
	});

	it('is refused when it is large, where no API takes larger ones', async () => {
		await bench.refused(
			operation,
			{
				service: 'relay',
				parameters: binary(),
				says: [`${title} must have at most 10 MB, but has 11.0 MB`],
			},
			{ items: [await itemWith({ data: png(400, 400, 11 * MEGABYTE) })] },
		);
	});

	it('is refused when it is neither address nor base64', async () => {
		await bench.refused(operation, {
			parameters: text('fox.png'),
			says: [`${title} must be a web address that begins with https://, or a picture as base64`],
		});
		await bench.refused(operation, {
			parameters: text('={{ ["https://example.com/a.png", "https://example.com/b.png"] }}'),
			says: [`${title} takes one address, not a list: ["https://example.com/a.png"`],
		});
	});
});

describe('a list of pictures', () => {
	const meet = (more: INodeParameters): INodeParameters => ({ prompt: 'They meet', ...more });
	const list = (imageList: string) => meet({ imagesSource: 'list', imageList });
	const BASE64 = png(400, 400).toString('base64');
	/** Image hosts take the wanted size as a part of the address. */
	const CROPPED = 'https://pictures.example.com/w_300,h_200,c_fill/fox.jpg?process=resize,w_600';

	it.each<[string, INodeParameters, string[]]>([
		['rows', meet(rows(PICTURE, BASE64)), [PICTURE, BASE64]],
		['one row', meet(rows(PICTURE)), [PICTURE]],
		[
			'an expression that gives an array',
			list(`={{ ["${PICTURE}", "${OTHER_PICTURE}"] }}`),
			[PICTURE, OTHER_PICTURE],
		],
		['commas', list(`${PICTURE}, ${OTHER_PICTURE},`), [PICTURE, OTHER_PICTURE]],
		['lines', list(`${PICTURE}\n\n${OTHER_PICTURE}\n`), [PICTURE, OTHER_PICTURE]],
		[
			'an address that holds commas',
			list(`${CROPPED},${PICTURE}, ${CROPPED}`),
			[CROPPED, PICTURE, CROPPED],
		],
		[
			'base64 texts and commas',
			list(`${BASE64},${BASE64},${PICTURE},${BASE64}`),
			[BASE64, BASE64, PICTURE, BASE64],
		],
		[
			'data addresses and commas',
			list(`data:image/png;base64,${BASE64},${PICTURE}`),
			[BASE64, PICTURE],
		],
	])('from %s', async (_what, parameters, expected) => {
		const body = await bench.wire('multi-image2video', 'klingGlobal', parameters);
		expect(body.image_list).toEqual(expected.map((image) => ({ image_url: image })));
	});

	it.each(['multi-image2video', 'omni-video'] as const)(
		'from several binary fields, %s',
		async (operation) => {
			const [one, two] = [png(400, 400), jpeg(500, 500)];
			await bench.succeed(operation, {
				items: [await itemWith({ data: one, data_1: png(600, 600), back: two })],
				parameters: meet({ imagesSource: 'binary', imagesBinary: 'data, back', waitMode: 'none' }),
			});
			const [create] = bench.simulator.ledger.requests;
			expect(JSON.parse(create?.rawBody ?? '')).toMatchObject({
				image_list: [{ image_url: one.toString('base64') }, { image_url: two.toString('base64') }],
			});
		},
	);

	const cases: Refusal[] = [
		{
			why: 'an empty list',
			parameters: list('={{ [] }}'),
			says: ['Images must contain at least 1 image'],
		},
		{
			why: 'the second of them',
			parameters: list(`${PICTURE}, fox.png`),
			says: ['Image 2 must be a web address'],
		},
		{
			why: 'an empty row',
			parameters: meet(rows(PICTURE, '={{ "" }}')),
			says: ['Image 2 must not be empty'],
		},
		{
			why: 'a small one',
			parameters: meet(rows(PICTURE, PICTURE, png(10, 10).toString('base64'))),
			says: ['Image 3 must be at least 300 × 300 pixels'],
		},
		{
			why: 'a missing binary field',
			parameters: meet({ imagesSource: 'binary', imagesBinary: 'data, side' }),
			says: ['Image "data" is not in the item', 'it has no binary data'],
		},
	];
	it.each(cases)('is refused for $why', async (refusal) => {
		await bench.refused('multi-image2video', refusal);
	});
});

describe('Ace Data Cloud', () => {
	const onlyAddresses = (title: string) => [
		`${title} must be a web address at Ace Data Cloud, which takes no binary data and no base64`,
		'Enter a Platform Token in the credential, with which files are uploaded first',
	];
	const one: INodeParameters = { imageSource: 'binary', imageBinary: 'data' };
	const several: INodeParameters = {
		imagesSource: 'binary',
		imagesBinary: 'data',
		prompt: 'They meet',
	};

	it.each<[OperationName, string, INodeParameters]>([
		['image2video', 'First Frame', { ...one, prompt: 'It turns' }],
		[
			'image2video',
			'Last Frame',
			{
				image: PICTURE,
				prompt: 'It turns',
				quality: 'pro',
				imageTailSource: 'binary',
				imageTailBinary: 'data',
			},
		],
		['motion-control', 'Character Image', { ...one, videoUrl: CLIP }],
		['multi-image2video', 'Images', several],
		['omni-video', 'Images', several],
	])('takes web addresses only, without a token: %s, %s', async (operation, title, parameters) => {
		await bench.refused(
			operation,
			{ service: 'aceData', parameters, says: onlyAddresses(title) },
			{ items: [await itemWith({ data: png(400, 400) })] },
		);
	});
});
