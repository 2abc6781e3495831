/**
 * What spreadsheets, databases and other nodes really give, as people reported it: read as what it can only mean, or refused
 * with the value before anything is paid. Each test names its source.
 */
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { png } from '../../pictures';
import { KNOWN_ELEMENT_IDS } from '../../simulator';
import { binaryItem, binaryOf } from '../harness';
import { model } from '../kling';
import {
	CLIP,
	OTHER_PICTURE,
	PICTURE,
	useBench,
	type OperationName,
	type Refusal,
} from './support';

const bench = useBench();
const AT_ONCE = { waitMode: 'none' };
const CLOUDINARY = 'https://res.cloudinary.com/demo/image/upload/c_fill,w_1080,h_1920/sample.jpg';
const BASE64 = png(400, 400, 3000).fill(0xfb, 1000).toString('base64');

/** The body of the create for one item of the workflow. */
async function wire(operation: OperationName, parameters: INodeParameters, json: IDataObject) {
	return await bench.wire(operation, 'klingGlobal', parameters, { items: [{ json }] });
}

describe('booleans arrive as text (n8n #21170, #21675, gspread #681)', () => {
	const withSound = { prompt: 'A fox', model: model('kling-v2-6'), quality: 'pro' };
	const sound = { ...withSound, options: { sound: '={{ $json.sound }}' } };

	it.each(['TRUE', 'true', 'yes', 'on', '1', 1, true])('Sound %j is on', async (given) => {
		expect((await wire('text2video', sound, { sound: given })).sound).toBe('on');
	});

	it.each(['FALSE', 'no', 'off', 0, false])('Sound %j is off', async (given) => {
		expect((await wire('text2video', sound, { sound: given })).sound).toBe('off');
	});

	it.each(['wahr', 2, 'x'])('Sound %j is refused', async (given) => {
		await bench.refused(
			'text2video',
			{ parameters: sound, says: [`Sound must be true or false, not ${JSON.stringify(given)}`] },
			{ items: [{ json: { sound: given } }] },
		);
	});

	it('Watermark, Reuse Existing Task and Keep Original Sound', async () => {
		const options = { watermark: 'TRUE', reuseTask: 'TRUE', externalTaskId: 'order-1' };
		const body = await wire('text2video', { prompt: 'A fox', options }, {});
		expect(body.watermark_info).toEqual({ enabled: true });
		const parameters = { image: PICTURE, videoUrl: CLIP, options: { keepOriginalSound: 'FALSE' } };
		expect((await wire('motion-control', parameters, {})).keep_original_sound).toBe('no');
	});

	it('Download Result and Simplify', async () => {
		const parameters = { prompt: 'A fox', download: 'FALSE', options: { simplify: 'FALSE' } };
		const { output, json } = await bench.succeed('text2video', { parameters });
		expect(output[0]).not.toHaveProperty('binary');
		expect(json[0]).toHaveProperty('data.task_id');
		const both = { prompt: 'A fox', download: 'TRUE', options: { simplify: 'TRUE' } };
		const other = await bench.succeed('text2video', { parameters: both });
		expect(binaryOf(other.output[0]).mimeType).toBe('video/mp4');
		expect(other.json[0]).toHaveProperty('videoUrl');
	});

	it.each([
		['Download Result', { download: '={{ "maybe" }}' }],
		['Simplify', { options: { simplify: '={{ "maybe" }}' } }],
	])('%s is refused before anything is paid, not read as off', async (title, given) => {
		await bench.refused('text2video', {
			parameters: { prompt: 'A fox', ...given },
			says: [`${title} must be true or false, not "maybe"`],
		});
	});

	it('Return All of Task → Get Many', async () => {
		await bench.succeed('getMany', { parameters: { returnAll: 'TRUE' } });
		await bench.refused('getMany', {
			parameters: { returnAll: '={{ "all" }}' },
			says: ['Return All must be true or false, not "all"'],
		});
	});
});

describe('an empty cell is null, or lacks the field (n8n #18017, PR #7313, #16696)', () => {
	const BLANK = [{}, { cell: null }, { cell: '' }, { cell: '  ' }];
	const cell = '={{ $json.cell }}';

	it.each(BLANK)('%j leaves every optional parameter at its default', async (json) => {
		const parameters = {
			prompt: 'A fox',
			model: model(cell),
			quality: cell,
			duration: cell,
			aspectRatio: cell,
			download: cell,
			options: {
				additionalFields: cell,
				binaryField: cell,
				callbackUrl: cell,
				cfgScale: cell,
				externalTaskId: cell,
				maxFileSize: cell,
				multiShot: cell,
				negativePrompt: cell,
				onTimeout: cell,
				pollInterval: cell,
				reuseTask: cell,
				simplify: cell,
				sound: cell,
				timeout: cell,
				voiceIds: cell,
				watermark: cell,
			},
		};
		const { output } = await bench.succeed('text2video', { parameters, items: [{ json }] });
		const [create] = bench.simulator.ledger.requests;
		expect(JSON.parse(create?.rawBody ?? '')).toEqual({
			model_name: 'kling-v2-5-turbo',
			prompt: 'A fox',
			mode: 'std',
			duration: '5',
			aspect_ratio: '16:9',
			external_task_id: expect.stringMatching(/^n8n-/) as string,
		});
		expect(binaryOf(output[0]).mimeType).toBe('video/mp4');
	});

	it('one row without a last frame spoils no other', async () => {
		const parameters = {
			...AT_ONCE,
			image: PICTURE,
			quality: 'pro',
			imageTailSource: 'text',
			imageTail: '={{ $json.last }}',
		};
		const items = [{ last: OTHER_PICTURE }, { last: null }, { other: 1 }, { last: ' ' }];
		await bench.succeed('image2video', { parameters, items });
		const bodies = bench.simulator.ledger.requests.map(
			({ rawBody }) => JSON.parse(rawBody) as IDataObject,
		);
		expect(bodies.map((body) => body.image_tail)).toEqual([
			OTHER_PICTURE,
			undefined,
			undefined,
			undefined,
		]);
	});

	it.each(BLANK)('%j is refused where something is needed', async (json) => {
		const items = { items: [{ json }] };
		const needed: Array<[OperationName, INodeParameters, string]> = [
			['text2video', { prompt: cell }, 'Prompt must not be empty'],
			['motion-control', { image: cell, videoUrl: CLIP }, 'Character Image must not be empty'],
			['motion-control', { image: PICTURE, videoUrl: cell }, 'Motion Video URL must not be empty'],
			['get', { taskId: cell }, 'Task ID must not be empty'],
		];
		for (const [operation, parameters, says] of needed) {
			await bench.refused(operation, { parameters, says: [says] }, items);
		}
	});
});

describe('addresses that hold commas (Cloudinary; vue-lazyload #377, lozad.js #238)', () => {
	const list = { prompt: 'They meet', imagesSource: 'list', imageList: '={{ $json.images }}' };
	const attachment = (url: string) => ({ id: 'att1', url, filename: 'a.jpg', thumbnails: {} });

	it.each<[string, unknown, string[]]>([
		['one address', CLOUDINARY, [CLOUDINARY]],
		['several', `${CLOUDINARY},${PICTURE}, ${CLOUDINARY}`, [CLOUDINARY, PICTURE, CLOUDINARY]],
		['semicolons', `${CLOUDINARY};${PICTURE}`, [CLOUDINARY, PICTURE]],
		['blanks', `${CLOUDINARY} ${PICTURE}`, [CLOUDINARY, PICTURE]],
		['lines with Windows ends', `${CLOUDINARY}\r\n${PICTURE}\r\n`, [CLOUDINARY, PICTURE]],
		['JSON text', JSON.stringify([CLOUDINARY, PICTURE]), [CLOUDINARY, PICTURE]],
		['a list with nothing in it', [CLOUDINARY, null, '', PICTURE], [CLOUDINARY, PICTURE]],
		['a list of such texts', [`${CLOUDINARY}, ${PICTURE}`], [CLOUDINARY, PICTURE]],
		[
			'attachments of Airtable',
			[attachment(CLOUDINARY), attachment(PICTURE)],
			[CLOUDINARY, PICTURE],
		],
		[
			'attachments of NocoDB',
			[{ url: 'https://p.example.com/private', signedUrl: PICTURE, title: 'a.jpg' }],
			[PICTURE],
		],
		['an item of this node', { taskId: '7', imageUrl: PICTURE, images: [] }, [PICTURE]],
		[
			'an item of this node with two images',
			{
				imageUrl: PICTURE,
				images: [
					{ index: 0, url: PICTURE },
					{ index: 1, url: CLOUDINARY },
				],
			},
			[PICTURE, CLOUDINARY],
		],
		[
			'base64 in lines between addresses',
			`${PICTURE}\n${BASE64.match(/.{1,76}/g)?.join('\r\n')}\n${CLOUDINARY}`,
			[PICTURE, BASE64, CLOUDINARY],
		],
	])('%s', async (_what, images, expected) => {
		const body = await wire('multi-image2video', list, { images } as IDataObject);
		expect(body.image_list).toEqual(expected.map((image) => ({ image_url: image })));
	});

	const cases: Refusal[] = [
		{
			why: 'what is no address',
			parameters: { ...list, imageList: `${PICTURE}, fox.png` },
			says: ['Image 2 must be a web address', 'not "fox.png"'],
		},
		{
			why: 'an object without an address',
			parameters: { ...list, imageList: '={{ [{ name: "a" }] }}' },
			says: ['Image List must be text', 'not an object: {"name":"a"}'],
		},
		{
			why: 'numbers',
			parameters: { ...list, imageList: '={{ [5] }}' },
			says: ['Image List must be text: a web address or base64, not 5'],
		},
	];
	it.each(cases)('refuses $why', async (refusal) => {
		await bench.refused('multi-image2video', refusal);
	});

	it.each([
		`${PICTURE}, ${OTHER_PICTURE}`,
		`${PICTURE};${OTHER_PICTURE}`,
		`${PICTURE} ${OTHER_PICTURE}`,
		`${PICTURE}\nfox.png`,
	])('one picture is one address, not %j', async (image) => {
		await bench.refused(
			'image2video',
			{
				parameters: { image: '={{ $json.image }}' },
				says: ['First Frame takes one address, not "'],
			},
			{ items: [{ json: { image } }] },
		);
	});

	it.each<[string, unknown]>([
		['with a line end', `${CLOUDINARY}\n`],
		['in a list of one', [CLOUDINARY]],
		['as an attachment', [attachment(CLOUDINARY)]],
		['as an item of this node', { imageUrl: CLOUDINARY }],
	])('one picture may come %s', async (_how, image) => {
		const body = await wire('image2video', { image: '={{ $json.image }}' }, {
			image,
		} as IDataObject);
		expect(body.image).toBe(CLOUDINARY);
	});

	it('ids, too, may be a list, JSON text or objects', async () => {
		const [one, two] = KNOWN_ELEMENT_IDS;
		const parameters = { ...AT_ONCE, image: PICTURE, model: model('kling-v3') };
		for (const given of [
			`${one}; ${two}`,
			`[${one}, ${two}]`,
			`={{ [{ elementId: "${one}" }, null, { id: "${two}" }] }}`,
		]) {
			await bench.succeed('image2video', {
				parameters: { ...parameters, options: { elementIds: given } },
			});
			expect(bench.simulator.ledger.requests.at(-1)?.rawBody).toContain(
				`"element_list":[{"element_id":${one}},{"element_id":${two}}]`,
			);
		}
	});
});

describe('values of sheets, with blanks, in other words and forms (n8n template 12202)', () => {
	const fox = (more: INodeParameters): INodeParameters => ({ prompt: 'A fox', ...more });

	it.each<[string, unknown, IDataObject]>([
		['quality', 'std ', { mode: 'std' }],
		['quality', 'Pro', { mode: 'pro' }],
		['quality', 'Professional', { mode: 'pro' }],
		['aspectRatio', ' 16:9 ', { aspect_ratio: '16:9' }],
		['aspectRatio', '9：16', { aspect_ratio: '9:16' }],
		['aspectRatio', '1x1', { aspect_ratio: '1:1' }],
		['aspectRatio', '9:16 (Portrait)', { aspect_ratio: '9:16' }],
		...[10, '10', ' 10 ', '10s', '10 s', '10 sec', '10.0', '10秒'].map(
			(given): [string, unknown, IDataObject] => ['duration', given, { duration: '10' }],
		),
		['prompt', 2024, { prompt: '2024' }],
		['prompt', ' a fox\n', { prompt: ' a fox\n' }],
	])('%s %j', async (name, value, expected) => {
		const body = await wire('text2video', fox({ [name]: '={{ $json.value }}' }), {
			value,
		} as IDataObject);
		expect(body).toMatchObject(expected);
	});

	it.each(['kling-v2-6 ', 'KLING-V2-6', 'Kling V2.6'])('model %j', async (name) => {
		expect((await wire('text2video', fox({ model: model(name) }), {})).model_name).toBe(
			'kling-v2-6',
		);
	});

	it('addresses with a line end', async () => {
		const parameters = {
			image: `${PICTURE} `,
			videoUrl: `${CLIP}\n`,
			options: { callbackUrl: ' https://n8n.example.com/hook\n' },
		};
		expect(await wire('motion-control', parameters, {})).toMatchObject({
			image_url: PICTURE,
			video_url: CLIP,
			callback_url: 'https://n8n.example.com/hook',
		});
	});

	const SPOILT = 'format the cell as plain text';
	const RATIO = 'Aspect Ratio must be 1:1, 16:9, 21:9, 3:4, 4:3 or 9:16, not';
	const cases: Refusal[] = [
		...[
			['0.672916', '0.672916'],
			['0.5625', '0.5625'],
			['16 / 9', '1.7777777777777777'],
			['"16:09:00"', '"16:09:00"'],
			['new Date(0)', 'a date: 1970-01-01T00:00:00.000Z'],
			['DateTime.fromMillis(0)', 'a date: 19'],
		].map(([given, shown]) => ({
			why: `16:9 that a sheet made ${given} of`,
			parameters: fox({ aspectRatio: `={{ ${given} }}` }),
			says: [RATIO, shown ?? '', SPOILT],
		})),
		{
			why: 'minutes',
			parameters: fox({ duration: '={{ "5 minutes" }}' }),
			says: ['Duration must be a whole number of seconds, not "5 minutes"'],
		},
		{
			why: 'a decimal comma',
			parameters: fox({ options: { cfgScale: '={{ "0,5" }}' } }),
			says: ['CFG Scale must be a number from 0 to 1, not "0,5"'],
		},
		{
			why: 'a list of prompts',
			parameters: fox({ prompt: '={{ ["A fox", "An owl"] }}' }),
			says: ['Prompt must be text, not a list: ["A fox","An owl"]'],
		},
		{
			why: 'a list of callbacks',
			parameters: fox({ options: { callbackUrl: `${CLIP}, ${CLIP}` } }),
			says: ['Callback URL takes one address, not "'],
		},
		{
			why: 'a word for a choice of waiting',
			parameters: fox({ options: { onTimeout: '={{ "wait" }}' } }),
			says: [
				'On Timeout must be error (Fail With an Error) or return (Return the Unfinished Task), not "wait"',
			],
		},
	];
	it.each(cases)('refuses $why', async (refusal) => {
		await bench.refused('text2video', refusal);
	});

	it('the key of the credential is not quoted, not even in part', async () => {
		const { apiKey } = bench.simulator.services.klingGlobal;
		for (const before of ['', 'x'.repeat(50)]) {
			const parameters = fox({ quality: `={{ "${before}${apiKey}" }}` });
			const { error } = await bench.refused('text2video', { parameters, says: ['*****'] });
			expect(JSON.stringify(error?.message)).not.toContain(apiKey.slice(0, 4));
		}
	});

	it.each<[string, string, string]>([
		['a list of two', '={{ ["7", "8"] }}', 'Task ID must be one ID, not a list: ["7","8"]'],
		['two in one text', '81432, 81433', 'Task ID must be one ID, not "81432, 81433"'],
		['a switch', '={{ true }}', 'Task ID must be an ID as text, not true'],
	])('Task ID is refused as %s', async (_what, taskId, says) => {
		await bench.refused('get', { parameters: { taskId }, says: [says] });
	});

	it('Task ID may be a list of one, or an item of this node', async () => {
		const made = await bench.succeed('text2video', { parameters: fox({ download: false }) });
		const id = String(made.json[0]?.taskId);
		for (const taskId of [
			`={{ ["${id}"] }}`,
			`={{ { taskId: "${id}", videoId: "v" } }}`,
			`${id}\n`,
		]) {
			const { json } = await bench.succeed('get', {
				parameters: { taskId, taskKind: 'Text to Video' },
			});
			expect(json).toMatchObject([{ taskId: id }]);
		}
	});

	it('base64url without padding, as Gmail gives it (gogcli PR #15)', async () => {
		const bytes = Buffer.concat([Buffer.from(BASE64, 'base64'), Buffer.from([0xff])]);
		const body = await wire(
			'image2video',
			{ image: '={{ $json.image }}' },
			{ image: bytes.toString('base64url') },
		);
		expect(body.image).toBe(bytes.toString('base64'));
	});

	it('a PNG of an iPhone app is named as what it is', async () => {
		const apple = Buffer.concat([
			png(400, 400).subarray(0, 8),
			Buffer.from([0, 0, 0, 4]),
			Buffer.from('CgBI'),
			Buffer.from([0x50, 0, 0x20, 2, 0, 0, 0, 0]),
			png(400, 400).subarray(8),
		]);
		await bench.refused(
			'image2video',
			{
				parameters: { imageSource: 'binary' },
				says: ['First Frame is a PNG of an iPhone app (CgBI)'],
			},
			{ items: [await binaryItem(apple, { fileName: 'a.png', mimeType: 'image/png' })] },
		);
	});
});
