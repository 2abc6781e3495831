/** Video → Make Seller Talk, Change Clothes and Translate Subtitles: parameters on the wire, refusals, and what comes out. */
import type { INodeParameters } from 'n8n-workflow';

import { png, webp } from '../../pictures';
import { productContents } from '../../productContents';
import { binaryItem } from '../harness';
import { CLIP, OTHER_PICTURE, PICTURE, rows, useBench, type Refusal } from './support';

const bench = useBench();

const MUSIC = 'https://pictures.example.com/music.mp3';
const PHOTO = png(400, 400);

const picked = (value: string) => ({ __rl: true as const, mode: 'list', value });
const seller = (more: INodeParameters = {}): INodeParameters => ({
	avatar: picked('avatar_lee_male'),
	script: 'It does not leak',
	...more,
});
const byImage = (more: INodeParameters = {}): INodeParameters => ({
	seller: 'image',
	avatarImage: PICTURE,
	sellerVoice: picked('female_warm_rich'),
	script: 'It does not leak',
	...more,
});
const withProduct = (more: INodeParameters = {}): INodeParameters =>
	seller({ content: 'product', ...rows(PICTURE), productTitle: 'Steel mug', ...more });
const clothes = (more: INodeParameters = {}): INodeParameters => ({
	videoUrl: CLIP,
	...rows(PICTURE),
	productInfo: 'Linen dress',
	...more,
});

const SCRIPT = { type: 'speech_script', text: 'It does not leak' };

describe('on the wire', () => {
	it('a seller alone, of whom nothing of a product leaves', async () => {
		const body = await bench.wire('talking-agent', 'klingGlobal', {
			...seller({ ...rows(PICTURE), productTitle: 'Steel mug' }),
			avatarImage: PICTURE,
			sellerVoice: picked('female_warm_rich'),
		});
		expect(body).toMatchObject({
			contents: [{ type: 'avatar_id', text: 'avatar_lee_male' }, SCRIPT],
			settings: { resolution: '720p', aspect_ratio: '9:16' },
		});
		expect(Object.keys(body.settings as object)).toEqual(['resolution', 'aspect_ratio']);
	});

	it('all options of a seller', async () => {
		const body = await bench.wire('talking-agent', 'klingGlobal', {
			...seller({ avatar: 'Mia (Female)', quality: 'pro', aspectRatio: '16:9' }),
			options: {
				actionPrompt: 'Nods',
				backgroundMusic: true,
				polishScript: false,
				speechSpeed: 1.2,
				watermark: true,
			},
		});
		expect(body).toMatchObject({
			contents: [{ type: 'avatar_id', text: 'avatar_mia_female' }, SCRIPT],
			settings: {
				resolution: '1080p',
				aspect_ratio: '16:9',
				speech_rate: 1.2,
				action_prompt: 'Nods',
				allow_polish: false,
				bgm_enabled: true,
			},
			options: { watermark: { enabled: true } },
		});
	});

	it('the person of a file, with a voice', async () => {
		const body = await bench.wire(
			'talking-agent',
			'klingGlobal',
			byImage({ avatarImageSource: 'binary', sellerVoice: 'Warm, Rich (Female)' }),
			{
				items: [
					await binaryItem(PHOTO, { field: 'data', fileName: 'a.png', mimeType: 'image/png' }),
				],
			},
		);
		expect(body).toMatchObject({
			contents: [{ type: 'avatar_image', url: PHOTO.toString('base64') }, SCRIPT],
			settings: { voice_id: 'female_warm_rich' },
		});
	});

	it('a product, its texts one to a line', async () => {
		const body = await bench.wire('talking-agent', 'klingGlobal', {
			...withProduct({ imagesSource: 'list', imageList: `${PICTURE}, ${OTHER_PICTURE}` }),
			options: {
				price: '19.90 EUR',
				sellingPoints: 'Light, thin\n\nDoes not leak',
				targetAudience: '={{ ["Commuters", "Hikers"] }}',
			},
		});
		expect(body.contents).toEqual([
			{ type: 'avatar_id', text: 'avatar_lee_male' },
			SCRIPT,
			...productContents({
				images: [PICTURE, OTHER_PICTURE],
				title: 'Steel mug',
				price: '19.90 EUR',
				audience: ['Commuters', 'Hikers'],
				sellingPoints: ['Light, thin', 'Does not leak'],
			}),
		]);
	});

	it('clothes, with everything', async () => {
		const body = await bench.wire('clothing-dupe', 'klingGlobal', {
			...clothes({ quality: 'pro', aspectRatio: '2:3' }),
			modelImagesSource: 'list',
			modelImageList: [OTHER_PICTURE],
			musicUrl: MUSIC,
			options: { clothingVoice: picked('calm_sales_man'), watermark: true },
		});
		expect(body).toMatchObject({
			contents: [
				{ type: 'source_video', url: CLIP },
				{ type: 'product_image', url: PICTURE },
				{ type: 'product_info', text: 'Linen dress' },
				{ type: 'model_image', url: OTHER_PICTURE },
				{ type: 'bgm', url: MUSIC },
				{ type: 'voice', voice_id: 'calm_sales_man' },
			],
			settings: { resolution: '1080p', aspect_ratio: '2:3' },
			options: { watermark_info: { enabled: true } },
		});
	});

	it('clothes and who wears them as files of two fields', async () => {
		const item = await binaryItem(PHOTO, {
			field: 'data',
			fileName: 'a.png',
			mimeType: 'image/png',
		});
		const body = await bench.wire(
			'clothing-dupe',
			'klingGlobal',
			clothes({
				imagesSource: 'binary',
				modelImagesSource: 'rows',
				modelImages: { image: [{ value: 'data' }, { value: OTHER_PICTURE }] },
			}),
			{ items: [item] },
		);
		const file = PHOTO.toString('base64');
		expect(body.contents).toEqual([
			{ type: 'source_video', url: CLIP },
			{ type: 'product_image', url: file },
			{ type: 'product_info', text: 'Linen dress' },
			{ type: 'model_image', url: file },
			{ type: 'model_image', url: OTHER_PICTURE },
		]);
	});

	it('clothes as WebP, and as a large file', async () => {
		const images = [webp(400, 500), png(400, 400, 11 * 1024 * 1024)].map((bytes) =>
			bytes.toString('base64'),
		);
		const parameters = clothes({ imagesSource: 'list', imageList: images });
		const body = await bench.wire('clothing-dupe', 'klingGlobal', parameters);
		expect(body.contents).toEqual(
			expect.arrayContaining(images.map((url) => ({ type: 'product_image', url }))),
		);
	});

	it('subtitles, with everything', async () => {
		const body = await bench.wire('drama-subtitle', 'klingGlobal', {
			videoUrl: CLIP,
			options: {
				glossary: { term: [{ source: '林晚', target: 'Lin Wan' }] },
				charactersPerSecond: 15,
				fontSize: 40,
				margin: 30,
			},
		});
		expect(body).toMatchObject({
			contents: [
				{ type: 'source_video', url: CLIP },
				{ type: 'glossary', source: '林晚', target: 'Lin Wan' },
			],
			settings: { target_language: 'en', target_cps: 15, margin_v: 30, font_size: 40 },
		});
	});
});

describe('refused before anything is sent', () => {
	const six = rows(...Array.from({ length: 6 }, () => PICTURE));
	it.each<Refusal & { operation: 'talking-agent' | 'clothing-dupe' | 'drama-subtitle' }>([
		{
			why: 'no avatar',
			operation: 'talking-agent',
			parameters: seller({ avatar: '={{ "" }}' }),
			says: ['Avatar or Avatar Image must be given'],
		},
		{
			why: 'an image without a voice',
			operation: 'talking-agent',
			parameters: byImage({ sellerVoice: '={{ "" }}' }),
			says: ['Voice must be chosen for an Avatar Image'],
		},
		{
			why: 'a product without a title',
			operation: 'talking-agent',
			parameters: withProduct({ productTitle: '={{ "" }}' }),
			says: ['Product Title must be given for a product'],
		},
		{
			why: 'a product without images',
			operation: 'talking-agent',
			parameters: withProduct({ imagesSource: 'list', imageList: '={{ [] }}' }),
			says: ['Product Images must be 1 to 5, not 0'],
		},
		...(
			[
				['Price', { price: '5' }],
				['Selling Points', { sellingPoints: 'Light' }],
				['Target Audience', { targetAudience: 'Hikers' }],
			] as const
		).map(([label, options]) => ({
			why: `${label} of nothing`,
			operation: 'talking-agent' as const,
			parameters: withProduct({ content: '={{ "alone" }}', options }),
			says: [`${label} needs Content = Seller With a Product`],
		})),
		{
			why: 'a product that is told fast',
			operation: 'talking-agent',
			parameters: withProduct({ content: '={{ "product" }}', options: { speechSpeed: 1.2 } }),
			says: ['Speech Speed cannot be combined with a product'],
		},
		{
			why: 'another speed',
			operation: 'talking-agent',
			parameters: seller({ options: { speechSpeed: 1.1 } }),
			says: ['Speech Speed must be 0.8, 1 or 1.2, not 1.1'],
		},
		{
			why: 'a file at Ace Data Cloud',
			operation: 'talking-agent',
			service: 'aceData',
			parameters: byImage({ avatarImage: PHOTO.toString('base64') }),
			says: [
				'Avatar Image must be a web address at Ace Data Cloud',
				'Enter a Platform Token in the credential',
			],
		},
		{
			why: 'six images of clothes',
			operation: 'clothing-dupe',
			parameters: clothes(six),
			says: ['Product Images must be 1 to 5, not 6'],
		},
		{
			why: 'a broken image of who wears them',
			operation: 'clothing-dupe',
			parameters: clothes({
				modelImagesSource: 'rows',
				modelImages: { image: [{ value: png(100, 100).toString('base64') }] },
			}),
			says: ['Model Image 1 must be at least 300 × 300 pixels'],
		},
		{
			why: 'WebP of who wears them',
			operation: 'clothing-dupe',
			parameters: clothes({
				modelImagesSource: 'list',
				modelImageList: [webp(400, 400).toString('base64')],
			}),
			says: ['Model Image 1 must be a PNG or JPEG picture'],
		},
		{
			why: 'music without an address',
			operation: 'clothing-dupe',
			parameters: clothes({ musicUrl: 'music.mp3' }),
			says: ['Background Music URL must be a web address'],
		},
		{
			why: 'half a term',
			operation: 'drama-subtitle',
			parameters: { videoUrl: CLIP, options: { glossary: { term: [{ source: '林晚' }] } } },
			says: ['Glossary must have a word and its translation in every row'],
		},
	])('$why', async ({ operation, service, parameters, says }) => {
		await bench.refused(operation, { service, parameters, says });
	});
});

describe('what comes out', () => {
	it('of clothes without a download: links to the video and to every image, with what it shows', async () => {
		const { json, output } = await bench.succeed('clothing-dupe', {
			parameters: clothes({ download: false }),
		});
		const { cdnUrl } = bench.simulator;
		const [item] = json;
		const link = (file: string) =>
			expect.stringContaining(`${cdnUrl}/results/${String(item?.taskId)}/${file}`) as string;
		expect(item).toMatchObject({
			videoUrl: link('0.mp4'),
			imageUrl: link('0.png'),
			images: [
				{ url: link('0.png'), role: 'product_image' },
				{ url: link('1.png'), role: 'model_images' },
				{ url: link('2.png'), role: 'model_images' },
			],
		});
		expect(output[0]).not.toHaveProperty('binary');
	});

	it('of a task that is got later: the same', async () => {
		const { json } = await bench.succeed('drama-subtitle', {
			parameters: { videoUrl: CLIP, waitMode: 'none' },
		});
		const taskId = String(json[0]?.taskId);
		bench.simulator.tasks.finish(taskId);
		const got = await bench.succeed('get', { parameters: { taskId } });
		expect(got.json[0]).toMatchObject({ taskId, status: 'succeed' });
		expect(Object.keys(got.output[0]?.binary ?? {})).toEqual(['data', 'data_1', 'data_2']);
		expect(await got.binary(0, 'data_1')).toEqual(bench.simulator.subtitleBytes(taskId, 'srt'));
		expect(await got.binary(0, 'data_2')).toEqual(bench.simulator.subtitleBytes(taskId, 'ass'));
	});

	it('of a page in the place of subtitles: an error with the task, which is not made again', async () => {
		bench.simulator.faults.add({
			service: 'cdn',
			match: { path: /\.srt$/ },
			times: null,
			action: { kind: 'wrongType' },
		});
		const result = await bench.run('drama-subtitle', { parameters: { videoUrl: CLIP } });
		expect(result.status).toBe('error');
		expect(result.error?.message).toContain('leads to "text/html" instead of a file');
		bench.owe(1);
	});
});
