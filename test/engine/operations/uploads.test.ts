/** Files at Ace Data Cloud, which takes addresses only: with a Platform Token they are uploaded before the create. */
import type { INodeParameters } from 'n8n-workflow';

import { binaryItem, inspect, useBinaryMode } from '../harness';
import { bodyOf, lastCreate, PICTURE, rows, type OperationName } from './support';
import {
	FOX,
	IMAGE_TO_VIDEO,
	itemOf,
	MB,
	motion,
	MP4,
	OWL,
	PATH,
	useUploads,
	VOICE,
} from './uploads';

const { bench, atAce, uploads, paths, addressOf } = useUploads();

describe('is uploaded, and its address used', () => {
	const cases: Array<{
		what: string;
		operation: OperationName;
		files: Record<string, Buffer>;
		parameters: INodeParameters;
		body: () => object;
	}> = [
		{
			what: 'the first and the last frame',
			operation: 'image2video',
			files: { data: FOX, last: OWL },
			parameters: {
				imageSource: 'binary',
				imageTailSource: 'binary',
				imageTailBinary: 'last',
				prompt: 'It turns',
				quality: 'pro',
			},
			body: () => ({ start_image_url: addressOf(FOX), end_image_url: addressOf(OWL) }),
		},
		{
			what: 'a picture as base64 text',
			operation: 'image2video',
			files: {},
			parameters: { image: FOX.toString('base64'), prompt: 'It turns' },
			body: () => ({ start_image_url: addressOf(FOX) }),
		},
		{
			what: 'pictures of a list, beside addresses',
			operation: 'multi-image2video',
			files: { side: OWL },
			parameters: { ...rows(FOX.toString('base64'), PICTURE, 'side'), prompt: 'They meet' },
			body: () => ({
				image_list: [
					{ image_url: addressOf(FOX) },
					{ image_url: PICTURE },
					{ image_url: addressOf(OWL) },
				],
			}),
		},
		{
			what: 'pictures and a video as references',
			operation: 'omni-video',
			files: { data: FOX, side: OWL, clip: MP4 },
			parameters: {
				prompt: 'They dance',
				imagesSource: 'binary',
				imagesBinary: 'data, side',
				videoUrlSource: 'binary',
				videoUrlBinary: 'clip',
			},
			body: () => ({
				image_list: [{ image_url: addressOf(FOX) }, { image_url: addressOf(OWL) }],
				video_list: [{ video_url: addressOf(MP4), refer_type: 'feature' }],
			}),
		},
		{
			what: 'a character and a video',
			operation: 'motion-control',
			files: { data: FOX, clip: MP4 },
			parameters: { imageSource: 'binary', videoUrlSource: 'binary', videoUrlBinary: 'clip' },
			body: () => ({ image_url: addressOf(FOX), video_url: addressOf(MP4) }),
		},
		{
			what: 'a person and a garment',
			operation: 'virtual-try-on',
			files: { data: FOX, data_1: OWL },
			parameters: { personSource: 'binary', garmentSource: 'binary' },
			body: () => ({
				contents: [
					{ type: 'product_image', url: addressOf(OWL) },
					{ type: 'person_image', url: addressOf(FOX) },
				],
			}),
		},
		{
			what: 'a video, and pictures of clothes and of who wears them',
			operation: 'clothing-dupe',
			files: { clip: MP4, data: FOX, side: OWL },
			parameters: {
				videoUrlSource: 'binary',
				videoUrlBinary: 'clip',
				imagesSource: 'binary',
				productInfo: 'Summer dress',
				modelImagesSource: 'binary',
				modelImagesBinary: 'side',
			},
			body: () => ({
				contents: [
					{ type: 'source_video', url: addressOf(MP4) },
					{ type: 'product_image', url: addressOf(FOX) },
					{ type: 'product_info', text: 'Summer dress' },
					{ type: 'model_image', url: addressOf(OWL) },
				],
			}),
		},
		{
			what: 'a video and a sound',
			operation: 'lip-sync',
			files: { data: VOICE, clip: MP4 },
			parameters: { videoSource: 'binary', videoBinary: 'clip', soundSource: 'binary' },
			body: () => ({
				video_url: addressOf(MP4),
				audio_type: 'url',
				audio_url: addressOf(VOICE),
			}),
		},
		{
			what: 'a face and a sound',
			operation: 'avatar',
			files: { data: VOICE, face: FOX },
			parameters: { imageSource: 'binary', imageBinary: 'face', soundSource: 'binary' },
			body: () => ({ image_url: addressOf(FOX), audio_url: addressOf(VOICE) }),
		},
		{
			what: 'a sound as base64 text',
			operation: 'avatar',
			files: {},
			parameters: { image: PICTURE, soundSource: 'url', sound: VOICE.toString('base64') },
			body: () => ({ image_url: PICTURE, audio_url: addressOf(VOICE) }),
		},
		{
			what: 'the sample of a voice',
			operation: 'create',
			files: { data: VOICE },
			parameters: { resource: 'voice', voiceName: 'Mara', sampleSource: 'binary' },
			body: () => ({ voice_url: addressOf(VOICE) }),
		},
	];

	it.each(cases)('$what ($operation)', async ({ operation, files, parameters, body }) => {
		const items = [await itemOf(files)];
		await bench.succeed(
			operation,
			atAce({ items, parameters: { ...parameters, waitMode: 'none' } }),
		);
		expect(bodyOf(lastCreate(bench.simulator).rawBody)).toMatchObject(body());
	});

	it.each(['filesystem', 'default'] as const)('a large video, bit by bit (%s)', async (mode) => {
		await useBinaryMode(mode);
		const large = Buffer.concat([MP4, Buffer.alloc(30 * MB, 7)]);
		const parameters = motion({ image: PICTURE, videoUrlSource: 'binary' });
		const items = [await itemOf({ data: large })];
		await bench.succeed('motion-control', atAce({ items, parameters }));
		expect(uploads()).toMatchObject([{ contentType: 'video/mp4', size: large.length }]);
		expect(addressOf(large)).toMatch(/^http.*\.mp4$/);
	});

	it('with the type that its content tells, and a name that tells nothing', async () => {
		const items = [await binaryItem(FOX, { fileName: 'my "secret"\r\nfox.exe', mimeType: 'x/y' })];
		await bench.succeed('image2video', atAce({ items, parameters: IMAGE_TO_VIDEO }));
		expect(uploads()).toMatchObject([
			{
				contentType: 'image/png',
				fileName: expect.stringMatching(/^[0-9a-f]{16}\.png$/) as string,
			},
		]);
		const file = await fetch(uploads()[0]?.url ?? '');
		expect(file.headers.get('content-type')).toBe('image/png');
		expect(Buffer.from(await file.arrayBuffer()).equals(FOX)).toBe(true);
	});

	it('also where the execution is suspended then', async () => {
		const items = [await itemOf({ data: FOX })];
		const parameters = { ...IMAGE_TO_VIDEO, waitMode: 'suspend' };
		const result = await bench.run('image2video', atAce({ items, parameters }));
		expect(result.status).toBe('waiting');
		const { start_image_url, callback_url } = bodyOf(lastCreate(bench.simulator).rawBody);
		expect(start_image_url).toBe(addressOf(FOX));
		expect(callback_url).toContain('webhook-waiting');
		const { platformToken = '' } = bench.simulator.services.aceData;
		expect(inspect(result.runExecutionData)).not.toContain(platformToken);
	});

	it('not where only an address is given', async () => {
		const parameters = { image: PICTURE, prompt: 'It turns', waitMode: 'none' };
		await bench.succeed('image2video', atAce({ parameters }));
		expect(paths()).toEqual(['/kling/videos']);
	});

	it('once for all items with the same bytes', async () => {
		const items = [
			await itemOf({ data: FOX }),
			await itemOf({ data: OWL }),
			await itemOf({ data: FOX }),
		];
		const { json } = await bench.succeed(
			'image2video',
			atAce({ items, parameters: IMAGE_TO_VIDEO }),
		);
		expect(json).toHaveLength(3);
		expect(uploads()).toHaveLength(2);
		expect(paths()).toEqual([PATH, '/kling/videos', PATH, '/kling/videos', '/kling/videos']);
	});
});
