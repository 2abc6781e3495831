/** Files at Ace Data Cloud, which takes addresses only: with a Platform Token they are uploaded before the create. */
import { readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { jpeg, png } from '../../pictures';
import { wav } from '../../sounds';
import { retriable } from '../again';
import { binaryItem, inspect, logged, useBinaryMode } from '../harness';
import { hooks } from '../kling';
import { binaryData } from '../logsAndFiles';
import { errorOf, expectNoKeys, told, words } from '../support';
import { bodyOf, CLIP, lastCreate, PICTURE, rows, useBench } from './support';
import type { Call, OperationName } from './support';

const bench = useBench();
const MP4 = readFileSync(join(__dirname, '../../simulator/assets/video.mp4'));
const FOX = png(640, 480);
const OWL = jpeg(500, 500);
const VOICE = wav(3);
const PATH = '/api/v1/files/';
const MB = 1024 * 1024;
const NOTHING_PAID = 'The file was not uploaded, so nothing was made and nothing was charged';

/** What a person types who has made a Platform Token. */
function withToken(changes: object = {}): NonNullable<Call['credential']> {
	const { baseUrl, platformToken = '' } = bench.simulator.services.aceData;
	return { platformToken, platformUrl: baseUrl, ...changes };
}

const atAce = (call: Call): Call => ({ service: 'aceData', credential: withToken(), ...call });

/** An item with binary fields. */
async function itemWith(files: Record<string, Buffer>): Promise<INodeExecutionData> {
	const parts = await Promise.all(
		Object.entries(files).map(([field, bytes]) => binaryItem(bytes, { field })),
	);
	return {
		json: {},
		binary: Object.assign({}, ...parts.map(({ binary }) => binary)) as INodeExecutionData['binary'],
	};
}

const uploads = () => bench.simulator.ledger.uploads;
const paths = () => bench.simulator.ledger.requests.map(({ path }) => path);
const createsAt = (path: string) => paths().filter((one) => one === path);

/** Where a file was put. */
function addressOf(bytes: Buffer): string {
	const found = uploads().find(({ url }) => bench.simulator.uploadedBytes(url)?.equals(bytes));
	return found?.url ?? 'it was not uploaded';
}

afterEach(async () => {
	// What stands for a file until it is uploaded never leaves.
	expect(inspect(bench.simulator.ledger.requests)).not.toContain('file.invalid');
	await useBinaryMode('filesystem');
});

const IMAGE_TO_VIDEO = { imageSource: 'binary', prompt: 'It turns', waitMode: 'none' };
const motion = (more: INodeParameters): INodeParameters => ({ ...more, waitMode: 'none' });

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
		const items = [await itemWith(files)];
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
		const items = [await itemWith({ data: large })];
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
		const items = [await itemWith({ data: FOX })];
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
			await itemWith({ data: FOX }),
			await itemWith({ data: OWL }),
			await itemWith({ data: FOX }),
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

describe('before anything is uploaded', () => {
	it('all items are checked', async () => {
		const items = [await itemWith({ data: FOX }), await itemWith({ data: png(10, 10) })];
		const result = await bench.run('image2video', atAce({ items, parameters: IMAGE_TO_VIDEO }));
		expect(words(result)).toContain('First Frame must be at least 300 × 300 pixels');
		expect(paths()).toEqual([]);
	});

	it('what the service or the model refuses is refused', async () => {
		const items = [await itemWith({ data: FOX })];
		const parameters = { ...IMAGE_TO_VIDEO, prompt: '' };
		const result = await bench.run('image2video', atAce({ items, parameters }));
		expect(words(result)).toContain('Prompt must be given at Ace Data Cloud');
		expect(paths()).toEqual([]);
	});

	it.each([
		['no video', FOX, 'Motion Video must be a file in MP4 or MOV'],
		['empty', Buffer.alloc(0), 'Motion Video is empty'],
		[
			'too large',
			Buffer.concat([MP4, Buffer.alloc(100 * MB)]),
			'Motion Video must have at most 100 MB, but has 100.1 MB',
		],
	])('a video is looked at: %s', async (_what, bytes, says) => {
		const parameters = motion({ image: PICTURE, videoUrlSource: 'binary' });
		const items = [await itemWith({ data: bytes })];
		const result = await bench.run('motion-control', atAce({ items, parameters }));
		expect(words(result)).toContain(says);
		expect(paths()).toEqual([]);
	});

	it('a binary field that is not there is named', async () => {
		const parameters = motion({ image: PICTURE, videoUrlSource: 'binary' });
		const items = [await itemWith({ clip: MP4 })];
		const result = await bench.run('motion-control', atAce({ items, parameters }));
		expect(words(result)).toContain(
			'Motion Video is not in the item: there is no binary field "data" (it has clip)',
		);
	});

	it('the address of a file that nobody has is refused', async () => {
		const image = `https://file.invalid/sha256/${'a'.repeat(64)}`;
		const result = await bench.run(
			'image2video',
			atAce({ parameters: { image, prompt: 'It turns', waitMode: 'none' } }),
		);
		expect(words(result)).toContain('is the address of no file of this run');
		expect(paths()).toEqual([]);
	});
});

describe('without a place for files', () => {
	const noToken = { platformToken: '' };

	it.each<[string, OperationName, INodeParameters]>([
		['First Frame', 'image2video', IMAGE_TO_VIDEO],
		['Motion Video', 'motion-control', motion({ image: PICTURE, videoUrlSource: 'binary' })],
	])('Ace Data Cloud asks for a token: %s', async (title, operation, parameters) => {
		const bytes = title === 'First Frame' ? FOX : MP4;
		await bench.refused(
			operation,
			{
				service: 'aceData',
				parameters,
				says: [
					`${title} must be a web address at Ace Data Cloud, which takes no binary data and no base64`,
					'Enter a Platform Token in the credential, with which files are uploaded first, or give a web address',
				],
			},
			{ items: [await itemWith({ data: bytes })], credential: noToken },
		);
	});

	it.each(['klingGlobal', 'relay'] as const)('%s takes no video as a file', async (service) => {
		await bench.refused(
			'motion-control',
			{
				service,
				parameters: { image: PICTURE, videoUrlSource: 'binary' },
				says: [
					/Motion Video must be a web address at .*, which takes no binary data and no base64 for it/,
					'choose a credential for Ace Data Cloud with a Platform Token',
				],
			},
			{ items: [await itemWith({ data: MP4 })] },
		);
	});

	it('a sound for lip sync goes along as base64', async () => {
		const body = await bench.wire(
			'lip-sync',
			'aceData',
			{ videoSource: 'url', videoUrl: CLIP, soundSource: 'binary' },
			{ items: [await itemWith({ data: VOICE })], credential: noToken },
		);
		expect(body).toMatchObject({ audio_type: 'file', audio_file: VOICE.toString('base64') });
		expect(uploads()).toEqual([]);
	});

	it('pictures and sounds go to official Kling as ever, whatever token there is', async () => {
		const credential = { platformToken: 'platform-of-somebody', platformUrl: 'nonsense' };
		const body = await bench.wire(
			'image2video',
			'klingGlobal',
			{ imageSource: 'binary' },
			{ items: [await itemWith({ data: FOX })], credential },
		);
		expect(body).toMatchObject({ image: FOX.toString('base64') });
	});
});

describe('an upload that fails', () => {
	const run = async (more: Call = {}) =>
		await bench.run(
			'image2video',
			atAce({ items: [await itemWith({ data: FOX })], parameters: IMAGE_TO_VIDEO, ...more }),
		);
	const meet = (action: Parameters<typeof bench.simulator.faults.add>[0]['action'], times = 9) =>
		bench.simulator.faults.add({ service: 'aceData', match: { path: PATH }, times, action });

	it.each<[string, () => void, Call, string[], number]>([
		[
			'a wrong token',
			() => undefined,
			{ credential: { platformToken: 'platform-wrong' } },
			['Ace Data Cloud did not accept the Platform Token', 'Invalid token', 'than the API Key'],
			1,
		],
		[
			'too large',
			() => (bench.simulator.settings.largestUploadBytes = 10),
			{},
			['Ace Data Cloud does not take a file of this size', 'Make the file smaller'],
			1,
		],
		[
			'HTTP 500',
			() => meet({ kind: 'status', status: 500, body: { detail: 'Disk is full' } }),
			{},
			['Ace Data Cloud answered with HTTP status 500', 'Disk is full'],
			3,
		],
		[
			'no answer',
			() => meet({ kind: 'dropBefore' }),
			{},
			['Ace Data Cloud could not be reached at http', 'the connection was cut'],
			3,
		],
		[
			'a web page',
			() => meet({ kind: 'garbage', body: '<html><title>Login</title></html>' }),
			{},
			['a web page came instead of data ("Login")'],
			3,
		],
		[
			'an answer without an address',
			() => meet({ kind: 'garbage', body: { file_url: 'file:///etc/passwd' } }),
			{},
			['it holds no address of the file'],
			3,
		],
		[
			'a redirect',
			() => meet({ kind: 'status', status: 302, headers: { location: 'https://example.com' } }),
			{},
			['sent us to another address', 'Set Platform URL in the credential to the final address'],
			1,
		],
	])('%s', async (_what, prepare, { credential, ...more }, says, tries) => {
		prepare();
		const result = await run({ ...more, credential: withToken(credential) });
		expect(result.status).toBe('error');
		for (const part of says) expect(words(result)).toContain(part);
		expect(words(result)).toContain(NOTHING_PAID);
		expect(words(result)).not.toContain('may have been made');
		expect(paths()).toEqual(Array.from({ length: tries }, () => PATH));
		expectNoKeys(bench.simulator, result);
	});

	it('a host that nobody answers at is named', async () => {
		const result = await run({ credential: withToken({ platformUrl: 'http://127.0.0.1:1' }) });
		expect(words(result)).toContain('Ace Data Cloud could not be reached at http://127.0.0.1:1');
		expect(words(result)).toContain('Check Platform URL in the credential');
		expect(words(result)).toContain(NOTHING_PAID);
		expect(paths()).toEqual([]);
	});

	it.each([
		[401, 'did not accept the Platform Token'],
		[413, 'does not take a file of this size'],
	])('is answered %i before all of it was read', async (status, says) => {
		const impatient = createServer((_request, response) => {
			response.writeHead(status, { connection: 'close' }).end('{}');
		});
		await new Promise<void>((ready) => impatient.listen(0, '127.0.0.1', ready));
		const { port } = impatient.address() as AddressInfo;
		const parameters = motion({ image: PICTURE, videoUrlSource: 'binary' });
		const items = [await itemWith({ data: Buffer.concat([MP4, Buffer.alloc(30 * MB)]) })];
		const credential = withToken({ platformUrl: `http://127.0.0.1:${port}` });
		const result = await bench.run('motion-control', atAce({ items, parameters, credential }));
		impatient.closeAllConnections();
		await new Promise((closed) => impatient.close(closed));
		// Which of the two is seen first, is a matter of the network.
		const seen = [says, 'the connection was cut'].filter((one) => words(result).includes(one));
		expect(seen).toHaveLength(1);
		expect(words(result)).toContain(NOTHING_PAID);
		expect(paths()).toEqual([]);
	});

	it.each(['filesystem', 'default'] as const)('has lost its file (%s)', async (mode) => {
		await useBinaryMode(mode);
		const item = await itemWith({ data: MP4 });
		const parameters = motion({ image: PICTURE, videoUrlSource: 'binary' });
		// The look at the file is over when the first request leaves.
		meet({ kind: 'status', status: 503 }, 1);
		const files = await binaryData();
		hooks.onSleep = () => {
			const [binary] = Object.values(item.binary ?? {});
			if (binary?.id) rmSync(files.getPath(binary.id), { force: true });
		};
		const result = await bench.run('motion-control', atAce({ items: [item], parameters }));
		if (mode === 'default') {
			expect(result.json).toHaveLength(1);
			return;
		}
		expect(words(result)).toContain('The file of the item could not be read');
		expect(words(result)).toContain(NOTHING_PAID);
		expect(createsAt('/kling/motion')).toEqual([]);
	});

	it('is broken off by Stop, and nothing is made', async () => {
		meet({ kind: 'delay', ms: 400 });
		const stop = new AbortController();
		const watch = setInterval(() => paths().length > 0 && stop.abort(), 5);
		const items = [await itemWith({ data: FOX }), await itemWith({ data: OWL })];
		const result = await run({ items, abort: stop.signal });
		expect(result.status).toBe('canceled');
		await new Promise((resolve) => setTimeout(resolve, 600));
		clearInterval(watch);
		expect(paths()).toEqual([PATH]);
	});

	it('goes well when it is repeated', async () => {
		meet({ kind: 'status', status: 503 }, 1);
		meet({ kind: 'dropBefore' }, 1);
		const { json } = await run();
		expect(json).toHaveLength(1);
		expect(paths()).toEqual([PATH, PATH, PATH, '/kling/videos']);
	});

	it('waits where the platform is too busy', async () => {
		meet({ kind: 'status', status: 429, headers: { 'retry-after': '5' } }, 4);
		const { json } = await run();
		expect(json).toHaveLength(1);
		expect(createsAt('/kling/videos')).toHaveLength(1);
	});

	it('fails its own item, and leaves the others alone', async () => {
		bench.simulator.settings.largestUploadBytes = FOX.length;
		const items = [
			await itemWith({ data: FOX }),
			await itemWith({ data: png(640, 480, FOX.length + 100) }),
			await itemWith({ data: FOX }),
		];
		const result = await run({ items, onError: 'continueRegularOutput' });
		expect(result.json).toHaveLength(3);
		expect(errorOf(result, 1).message).toContain('does not take a file of this size');
		expect(createsAt('/kling/videos')).toHaveLength(2);
	});

	it('a task that was made before is not made again', async () => {
		const items = [
			await itemWith({ data: FOX }),
			await itemWith({ data: png(640, 480, FOX.length + 100) }),
		];
		bench.simulator.settings.largestUploadBytes = FOX.length;
		const failed = await run({ items });
		expect(failed.status).toBe('error');
		expect(createsAt('/kling/videos')).toHaveLength(1);
		bench.simulator.settings.largestUploadBytes = undefined;
		const again = await run({ items, continueFrom: retriable(failed), mode: 'retry' });
		expect(again.json).toHaveLength(2);
		// The first one is looked up, the second one uploaded and made.
		expect(createsAt('/kling/videos')).toHaveLength(2);
		expect(uploads()).toHaveLength(2);
	});
});

describe('a create without a clear answer', () => {
	const drop = () =>
		bench.simulator.faults.add({
			service: 'aceData',
			match: { path: /^\/kling\/(videos|lip-sync)$/ },
			action: { kind: 'dropAfter' },
		});

	it('is not sent again, though another upload would have another address', async () => {
		drop();
		bench.owe(1);
		const call = atAce({ items: [await itemWith({ data: FOX })], parameters: IMAGE_TO_VIDEO });
		const result = await bench.run('image2video', { ...call, retryOnFail: true, maxTries: 2 });
		expect(words(result)).toContain('Not sent again, because the first try ended without a clear');
		expect(paths()).toEqual([PATH, '/kling/videos']);
	});

	it('is not sent again when a token was entered in between', async () => {
		drop();
		bench.owe(1);
		const items = [await itemWith({ data: VOICE })];
		const parameters: INodeParameters = {
			videoSource: 'url',
			videoUrl: CLIP,
			soundSource: 'binary',
			waitMode: 'none',
		};
		const call: Call = { service: 'aceData', items, parameters };
		const failed = await bench.run('lip-sync', { ...call, credential: { platformToken: '' } });
		expect(words(failed)).toContain('may have been made and charged');
		const continueFrom = retriable(failed);
		const again = await bench.run('lip-sync', { ...atAce(call), continueFrom, mode: 'retry' });
		expect(words(again)).toContain('Not sent again, because the first try ended without a clear');
		expect(createsAt('/kling/lip-sync')).toHaveLength(1);
	});
});

describe('the two keys', () => {
	it('each go to their own host, and show nowhere', async () => {
		const { apiKey, platformToken = '' } = bench.simulator.services.aceData;
		const call = atAce({ items: [await itemWith({ data: FOX })], parameters: IMAGE_TO_VIDEO });
		const result = await bench.succeed('image2video', call);
		const sent = bench.simulator.ledger.requests.map(({ path, headers }) => [
			path,
			headers.authorization,
		]);
		expect(new Set(sent.map(([, authorization]) => authorization)).size).toBe(2);
		const places = [inspect(result.run), ...logged].join('\n');
		expect(places).not.toContain(platformToken);
		expect(places).not.toContain(apiKey);
		expectNoKeys(bench.simulator, result);
	});

	it('a token that the platform repeats is struck out', async () => {
		const { platformToken = '' } = bench.simulator.services.aceData;
		bench.simulator.faults.add({
			service: 'aceData',
			match: { path: PATH },
			action: {
				kind: 'status',
				status: 401,
				body: {
					detail: `Token ${platformToken} is not known, nor ${encodeURIComponent(platformToken)}`,
				},
			},
		});
		const call = atAce({ items: [await itemWith({ data: FOX })], parameters: IMAGE_TO_VIDEO });
		const result = await bench.run('image2video', call);
		expect(words(result)).toContain('Token ***** is not known');
		expect([inspect(result.run), ...logged].join('\n')).not.toContain(platformToken);
	});

	it('an address that holds the token is not used', async () => {
		const { platformToken = '' } = bench.simulator.services.aceData;
		bench.simulator.faults.add({
			service: 'aceData',
			match: { path: PATH },
			times: 3,
			action: {
				kind: 'garbage',
				body: { file_url: `https://cdn.example.com/${platformToken}/fox.png` },
			},
		});
		const call = atAce({ items: [await itemWith({ data: FOX })], parameters: IMAGE_TO_VIDEO });
		const result = await bench.run('image2video', call);
		expect(words(result)).toContain('it holds no address of the file');
		expect(createsAt('/kling/videos')).toEqual([]);
	});
});

describe('File → Upload', () => {
	const upload = async (call: Call = {}) =>
		await bench.run('upload', atAce({ items: [await itemWith({ data: FOX })], ...call }));

	it('gives the address of a file', async () => {
		const { json } = await upload();
		expect(json).toEqual([
			{
				fileUrl: addressOf(FOX),
				fileName: expect.stringMatching(/^[0-9a-f]{16}\.png$/) as string,
				mimeType: 'image/png',
				fileSize: FOX.length,
			},
		]);
	});

	it('gives the answer of the service where it is not to be simplified', async () => {
		const { json } = await upload({ parameters: { options: { simplify: false } } });
		expect(json).toEqual([{ file_url: addressOf(FOX) }]);
	});

	it('uploads the same bytes once, and each item has its address', async () => {
		const items = [await itemWith({ data: FOX }), await itemWith({ data: FOX })];
		const { output } = await upload({ items });
		expect(uploads()).toHaveLength(1);
		expect(output.map(({ json, pairedItem }) => [json.fileUrl, pairedItem])).toEqual([
			[addressOf(FOX), { item: 0 }],
			[addressOf(FOX), { item: 1 }],
		]);
	});

	it('takes any file, as what it is called where its content does not tell', async () => {
		const bytes = Buffer.from('hello, world');
		await upload({ items: [await binaryItem(bytes, { mimeType: 'text/plain' })] });
		await upload({ items: [await binaryItem(MP4, { mimeType: 'a\r\nb: c' })] });
		expect(uploads().map(({ contentType }) => contentType)).toEqual(['text/plain', 'video/mp4']);
	});

	it.each([
		['klingGlobal', 'Kling (global) takes no uploads'],
		['openaiHk', 'OpenAI-HK takes no uploads'],
		['relay', 'The relay takes no uploads'],
	] as const)('%s says what it takes instead', async (service, says) => {
		const result = await upload({ service, credential: {} });
		expect(words(result)).toContain(says);
		expect(words(result)).toContain('as binary files or as base64');
		expect(paths()).toEqual([]);
	});

	it('needs the token', async () => {
		const result = await upload({ credential: { platformToken: '' } });
		expect(words(result)).toContain(
			'it is made in the console of the service under Platform Tokens',
		);
		expect(told(result).context.itemIndex).toBe(0);
		expect(paths()).toEqual([]);
	});

	it('goes on with the other items where it may', async () => {
		const items = [await itemWith({}), await itemWith({ data: OWL })];
		const result = await upload({ items, onError: 'continueRegularOutput' });
		expect(errorOf(result).message).toContain('there is no binary field "data"');
		expect(result.json[1]).toMatchObject({ fileUrl: addressOf(OWL) });
	});
});

describe('Account → Get Balance', () => {
	const APPLICATIONS = '/api/v1/applications/';
	const balance = async (call: Call = {}) => await bench.run('balance', atAce(call));

	it('tells the credits that are left, for each application', async () => {
		const { json, output } = await balance();
		expect(json).toEqual([
			{
				type: 'application',
				id: 'sim-application-ace-main',
				name: null,
				unit: 'credits',
				remaining: 1_000_000,
				total: null,
				asOf: null,
				effectiveAt: null,
				expiresAt: null,
			},
		]);
		expect(output[0]?.pairedItem).toEqual({ item: 0 });
		expect(paths()).toEqual([APPLICATIONS]);
	});

	it('gives what the service says where it is not to be simplified', async () => {
		const { json } = await balance({ parameters: { options: { simplify: false } } });
		expect(json).toMatchObject([{ remaining_amount: 1_000_000, used_amount: 0 }]);
	});

	it('reads amounts as texts, and leaves out what it cannot read', async () => {
		const items = [{ id: 7, remaining_amount: '12.50' }, { remaining_amount: 'much' }, 'x'];
		bench.simulator.faults.add({
			match: { path: APPLICATIONS },
			action: { kind: 'garbage', body: { items } },
		});
		const { json } = await balance();
		expect(json).toMatchObject([
			{ id: '7', remaining: 12.5 },
			{ id: null, remaining: null },
		]);
		expect(json).toHaveLength(2);
	});

	it('needs the token', async () => {
		const result = await balance({ credential: { platformToken: '' } });
		expect(words(result)).toContain('Platform Token in the credential is empty');
		expect(words(result)).toContain('Open the credential and enter one');
		expect(paths()).toEqual([]);
	});

	it('says that the token is wrong', async () => {
		const result = await balance({ credential: withToken({ platformToken: 'platform-wrong' }) });
		expect(words(result)).toContain('Ace Data Cloud did not accept the Platform Token');
		expect(paths()).toEqual([APPLICATIONS]);
	});

	it('is repeated where the platform is in trouble', async () => {
		bench.simulator.faults.add({
			match: { path: APPLICATIONS },
			times: 2,
			action: { kind: 'status', status: 503 },
		});
		expect((await balance()).json).toHaveLength(1);
		expect(paths()).toHaveLength(3);
	});
});
