/** Image → Recognize Parts: exact requests, items and files, and nothing paid twice. */
import type { ServiceName } from '../../simulator';
import { png } from '../../pictures';
import { retriable } from '../again';
import { time } from '../kling';
import { errorOf, expectNoKeys, words } from '../support';
import { bodyOf, PICTURE, useBench } from './support';

const bench = useBench();

const PATH = '/v1/videos/image-recognize';
const SHOP = 'https://pictures.example.com/no-face-no-head.jpg';
const LINK = expect.stringContaining('.png') as string;
const FIELDS = ['data', 'data_1', 'data_2', 'data_3'];
const MONTH = 30 * 24 * 60 * 60_000;

const posts = () =>
	bench.simulator.ledger.requests
		.filter(({ method }) => method === 'POST')
		.map(({ path, rawBody }) => ({ path, body: bodyOf(rawBody) }));

describe.each<[ServiceName, string]>([
	['klingGlobal', ''],
	['klingChina', ''],
	['relay', '/kling'],
])('at %s', (service, prefix) => {
	it('sends one exact request, and delivers every part', async () => {
		const { simulator } = bench;
		const result = await bench.succeed('recognizeParts', {
			service,
			parameters: { image: PICTURE },
		});
		expect(posts()).toEqual([{ path: prefix + PATH, body: { image: PICTURE } }]);
		const [charge] = simulator.ledger.charges;
		expect(charge).toMatchObject({ kind: 'videos/image-recognize', units: 0.1 });
		const parts = ['object', 'head', 'face', 'cloth'];
		expect(result.json).toEqual([
			{
				...Object.fromEntries(parts.map((part) => [`${part}Url`, LINK])),
				parts: parts.map((part, index) => ({
					part,
					isContained: true,
					url: LINK,
					binaryField: FIELDS[index],
				})),
				expiresAt: new Date(time.now() + MONTH).toISOString(),
				unitsDeducted: 0.1,
			},
		]);
		for (const [index, field] of FIELDS.entries()) {
			expect(result.output[0]?.binary?.[field]?.fileName).toBe(`kling-part-${parts[index]}.png`);
			expect(await result.binary(0, field)).toEqual(simulator.imageBytes(charge!.taskId, index));
		}
		expect(result.output[0]?.pairedItem).toEqual({ item: 0 });
		expectNoKeys(simulator, result);
	});
});

it('works for a key pair', async () => {
	const credential = { authentication: 'accessKey', apiKey: '' };
	await bench.succeed('recognizeParts', { credential, parameters: { image: PICTURE } });
});

it('takes a file of the item', async () => {
	const file = png(400, 400);
	await bench.succeed('recognizeParts', {
		items: [
			{ json: {}, binary: { data: { data: file.toString('base64'), mimeType: 'image/png' } } },
		],
		parameters: { imageSource: 'binary', imageBinary: 'data', download: false },
	});
	expect(posts()).toEqual([{ path: PATH, body: { image: file.toString('base64') } }]);
});

it('keeps parts in the item that the image does not have', async () => {
	const result = await bench.succeed('recognizeParts', { parameters: { image: SHOP } });
	expect(result.json).toMatchObject([
		{
			objectUrl: LINK,
			headUrl: null,
			faceUrl: null,
			clothUrl: LINK,
			parts: [
				{ part: 'object', isContained: true },
				{ part: 'head', isContained: false, url: null, binaryField: null },
				{ part: 'face', isContained: false, url: null, binaryField: null },
				{ part: 'cloth', isContained: true, binaryField: 'data_1' },
			],
		},
	]);
	const { binary = {} } = result.output[0] ?? {};
	expect(Object.entries(binary).map(([field, { fileName }]) => [field, fileName])).toEqual([
		['data', 'kling-part-object.png'],
		['data_1', 'kling-part-cloth.png'],
	]);
});

it('names no field without a download, and one file after its part', async () => {
	const parameters = { image: PICTURE, download: false };
	const { json } = await bench.succeed('recognizeParts', { parameters });
	expect(json).toMatchObject([{ parts: [{ part: 'object', binaryField: null }, {}, {}, {}] }]);
	const image = 'https://pictures.example.com/no-object-no-head-no-face.jpg';
	const result = await bench.succeed('recognizeParts', { parameters: { image } });
	expect(result.output[0]?.binary?.data?.fileName).toBe('kling-part-cloth.png');
});

it('has no file where the image has no part', async () => {
	const image = 'https://pictures.example.com/no-object-no-head-no-face-no-cloth.jpg';
	const result = await bench.succeed('recognizeParts', { parameters: { image } });
	expect(result.json).toMatchObject([{ objectUrl: null, unitsDeducted: 0.1 }]);
	expect(result.output[0]?.binary).toBeUndefined();
});

it('puts out the answer of the service where nothing is simplified', async () => {
	const { json } = await bench.succeed('recognizeParts', {
		parameters: { image: PICTURE, options: { simplify: false } },
	});
	expect(json).toMatchObject([
		{
			code: 0,
			data: { task_result: { images: [{ type: 'object_seg', is_contain: true }, {}, {}, {}] } },
		},
	]);
});

it.each([
	[{ image: ' ' }, 'Image must not be empty'],
	[{ image: 'fox.jpg' }, 'Image must be a web address'],
	[{ image: png(200, 200).toString('base64') }, 'Image must be at least 300 × 300 pixels'],
])('is refused with %j before anything is sent', async (parameters, says) => {
	await bench.refused('recognizeParts', { parameters, says: [says] });
});

it.each<[ServiceName, string]>([
	['aceData', 'Ace Data Cloud does not recognize the parts of an image'],
	['openaiHk', 'OpenAI-HK does not recognize the parts of an image'],
])('is refused at %s', async (service, says) => {
	await bench.refused('recognizeParts', { service, parameters: { image: PICTURE }, says: [says] });
});

describe('what was paid for', () => {
	const items = [{ at: 'one' }, { at: 'two' }, { at: 'three' }];
	const parameters = { image: '=https://pictures.example.com/{{ $json.at }}.jpg' };

	it('is not paid again by Retry On Fail, or when the execution is retried', async () => {
		bench.simulator.faults.add({
			match: { path: PATH },
			after: 1,
			times: 2,
			action: { kind: 'error', code: 1201 },
		});
		const first = await bench.run('recognizeParts', { items, parameters });
		expect(words(first)).toContain(
			'Other items have paid: the recognition of parts (found: object, head, face, cloth) of item',
		);
		const again = await bench.succeed('recognizeParts', {
			parameters,
			continueFrom: retriable(first),
			mode: 'retry',
			retryOnFail: true,
			maxTries: 2,
		});
		expect(again.json).toHaveLength(3);
	});

	it('is not paid again when only a download failed', async () => {
		bench.simulator.faults.add({
			service: 'cdn',
			times: 3,
			action: { kind: 'status', status: 500 },
		});
		const result = await bench.succeed('recognizeParts', {
			parameters: { image: PICTURE },
			retryOnFail: true,
			maxTries: 2,
		});
		expect(result.json).toHaveLength(1);
	});

	it('is told with all links when only a download failed', async () => {
		bench.simulator.faults.add({
			service: 'cdn',
			times: null,
			action: { kind: 'status', status: 500 },
		});
		const result = await bench.run('recognizeParts', {
			parameters: { image: SHOP },
			onError: 'continueRegularOutput',
		});
		bench.owe(1);
		expect(errorOf(result).description).toMatch(
			/fetch it once more; the link is http\S+\.png\S+, http\S+\.png/,
		);
		expect(errorOf(result)).toMatchObject({ kind: 'download' });
	});

	it.each(['dropAfter', 'errorAfter'] as const)(
		'is never sent again after an unclear answer (%s)',
		async (kind) => {
			const fault = bench.simulator.faults.add({
				match: { path: PATH },
				times: null,
				action: { kind },
			});
			const result = await bench.run('recognizeParts', {
				parameters: { image: PICTURE },
				retryOnFail: true,
				maxTries: 3,
			});
			bench.owe(1);
			expect(fault.hits).toBe(1);
			expect(words(result)).toContain(
				'Not sent again, because the first try of the recognition of parts ended without a clear answer',
			);
		},
	);

	it('is not thrown away with an answer that tells of no parts', async () => {
		const fault = bench.simulator.faults.add({
			match: { path: PATH },
			times: null,
			action: { kind: 'status', status: 200, body: { code: 0, data: { task_result: {} } } },
		});
		const result = await bench.run('recognizeParts', { parameters: { image: PICTURE } });
		expect(fault.hits).toBe(1);
		expect(words(result)).toContain('it tells of no parts');
		expect(words(result)).toContain('may have charged for the recognition of parts');
	});
});
