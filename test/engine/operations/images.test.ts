/** Image → Generate: parameters on the wire, several pictures per task, and refusals. */
import type { INodeParameters } from 'n8n-workflow';

import { png } from '../../pictures';
import { KNOWN_ELEMENT_IDS } from '../../simulator';
import { model } from '../kling';
import { lastCreate, PICTURE, useBench, type Refusal } from './support';

const bench = useBench({ imageSlots: 20 });

const rabbit = (more: INodeParameters = {}): INodeParameters => ({ prompt: 'A rabbit', ...more });
const reference = { imageSource: 'text', image: PICTURE };
const v3 = { model: model('kling-v3') };
const v21 = { model: model('kling-v2-1') };

describe('on the wire', () => {
	it.each(['klingGlobal', 'klingChina', 'relay'] as const)(
		'everything that %s takes',
		async (service) => {
			const body = await bench.wire(
				'image-generation',
				service,
				rabbit({
					...reference,
					...v21,
					n: 9,
					aspectRatio: '21:9',
					options: {
						imageReference: 'subject',
						imageFidelity: 0.3,
						humanFidelity: 0.9,
						resolution: '2k',
						watermark: true,
						externalTaskId: 'r-1',
						callbackUrl: 'http://127.0.0.1:9/hook',
					},
				}),
			);
			expect(body).toEqual({
				model_name: 'kling-v2-1',
				prompt: 'A rabbit',
				image: PICTURE,
				image_reference: 'subject',
				image_fidelity: 0.3,
				human_fidelity: 0.9,
				resolution: '2k',
				n: 9,
				aspect_ratio: '21:9',
				watermark_info: { enabled: true },
				external_task_id: 'r-1',
				callback_url: 'http://127.0.0.1:9/hook',
			});
		},
	);

	it('everything that OpenAI-HK takes', async () => {
		const body = await bench.wire(
			'image-generation',
			'openaiHk',
			rabbit({
				...reference,
				n: 2,
				aspectRatio: '2:3',
				options: { imageFidelity: 1, callbackUrl: 'http://127.0.0.1:9/hook' },
			}),
		);
		expect(body).toEqual({
			prompt: 'A rabbit',
			image: PICTURE,
			image_fidelity: 1,
			n: 2,
			aspect_ratio: '2:3',
			notify_hook: 'http://127.0.0.1:9/hook',
		});
	});

	it.each(['klingGlobal', 'openaiHk'] as const)('a negative prompt at %s', async (service) => {
		const body = await bench.wire(
			'image-generation',
			service,
			rabbit({ options: { negativePrompt: 'hat' } }),
		);
		expect(body.negative_prompt).toBe('hat');
	});

	it('a reference picture goes by its subject where the model wants to know and nobody said', async () => {
		const body = await bench.wire('image-generation', 'klingGlobal', rabbit(reference));
		expect(body).toMatchObject({ model_name: 'kling-v2-1', image_reference: 'subject' });
		const face = await bench.wire(
			'image-generation',
			'klingGlobal',
			rabbit({ ...reference, options: { imageReference: 'face' } }),
		);
		expect(face.image_reference).toBe('face');
		const newer = await bench.wire(
			'image-generation',
			'klingGlobal',
			rabbit({ ...reference, ...v3 }),
		);
		expect(newer).not.toHaveProperty('image_reference');
	});

	it('a picture as data', async () => {
		const picture = png(300, 750);
		const body = await bench.wire(
			'image-generation',
			'openaiHk',
			rabbit({ imageSource: 'text', image: `data:image/png;base64,${picture.toString('base64')}` }),
		);
		expect(body.image).toBe(picture.toString('base64'));
	});

	it('elements with V3, digit by digit', async () => {
		const [one = '', two = ''] = KNOWN_ELEMENT_IDS;
		await bench.succeed('image-generation', {
			parameters: rabbit({
				...v3,
				waitMode: 'none',
				options: { elementIds: [one, two].join(',') },
			}),
		});
		expect(lastCreate(bench.simulator).rawBody).toContain(
			`[{"element_id":${one}},{"element_id":${two}}]`,
		);
	});
});

describe('what comes out', () => {
	it('has one binary field per picture, and the links of both kinds', async () => {
		const result = await bench.succeed('image-generation', {
			parameters: rabbit({ n: 3, options: { watermark: true, binaryField: 'pic' } }),
		});
		const taskId = String(result.json[0]?.taskId);
		expect(Object.keys(result.output[0]?.binary ?? {})).toEqual(['pic', 'pic_1', 'pic_2']);
		for (const [index, field] of ['pic', 'pic_1', 'pic_2'].entries()) {
			expect(await result.binary(0, field)).toEqual(bench.simulator.imageBytes(taskId, index));
		}
		expect(result.json[0]).toMatchObject({
			images: [0, 1, 2].map((index) => ({
				index,
				watermarkUrl: expect.stringContaining('watermark') as string,
			})),
		});
	});

	it('is the same for several items, which are looked at together', async () => {
		const { simulator } = bench;
		const result = await bench.succeed('image-generation', {
			items: [{ n: 1 }, { n: 2 }],
			parameters: rabbit({ n: '={{ $json.n }}', options: { watermark: true } }),
		});
		expect(simulator.ledger.requests.some(({ path }) => path === '/tasks')).toBe(true);
		expect(result.json.map(({ images }) => images)).toEqual([
			[
				{
					index: 0,
					url: expect.any(String) as string,
					watermarkUrl: expect.stringContaining('watermark') as string,
				},
			],
			[0, 1].map((index) => ({
				index,
				url: expect.any(String) as string,
				watermarkUrl: expect.stringContaining('watermark') as string,
			})),
		]);
		const [one, two] = result.json.map(({ taskId }) => String(taskId));
		expect(await result.binary(0)).toEqual(simulator.imageBytes(one ?? '', 0));
		expect(await result.binary(1, 'data_1')).toEqual(simulator.imageBytes(two ?? '', 1));
		expect(result.output.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
	});
});

const cases: Refusal[] = [
	{
		why: 'no prompt',
		parameters: { prompt: '={{ $json.missing }}' },
		says: ['Prompt must not be empty'],
	},
	{ why: 'a blank prompt', parameters: { prompt: ' ' }, says: ['Prompt must not be empty'] },
	{
		why: 'a long prompt',
		parameters: { prompt: 'x'.repeat(2501) },
		says: ['Prompt must have at most 2500 characters'],
	},
	...['={{ 0 }}', '={{ 10 }}', '={{ 1.5 }}', 'many'].map((n) => ({
		why: `${n} pictures`,
		parameters: rabbit({ n }),
		says: [/^Number of Images must be a (?:whole )?number from 1 to 9/],
	})),
	{
		why: 'a shape that does not exist',
		parameters: rabbit({ aspectRatio: '={{ "5:4" }}' }),
		says: ['Aspect Ratio must be 1:1, 16:9, 2:3, 21:9, 3:2, 3:4, 4:3 or 9:16, not "5:4"'],
	},
	{
		why: 'a size that does not exist',
		parameters: rabbit({ options: { resolution: '={{ "4k" }}' } }),
		says: ['Resolution must be 1k or 2k, not "4k"'],
	},
	{
		why: 'too much fidelity',
		parameters: rabbit({ ...reference, options: { imageFidelity: '={{ 1.1 }}' } }),
		says: ['Image Fidelity must be a number from 0 to 1'],
	},
	{
		why: 'face fidelity when the face is the reference',
		parameters: rabbit({ ...reference, options: { imageReference: 'face', humanFidelity: 0.5 } }),
		says: ['Face Fidelity works only when Image Reference is Subject'],
	},
	{
		why: 'a negative prompt beside a picture',
		parameters: rabbit({
			...reference,
			imageSource: '={{ "text" }}',
			options: { negativePrompt: 'hat' },
		}),
		says: ['Negative Prompt cannot be combined with a reference image'],
	},
	{
		why: 'a reference without a picture',
		parameters: rabbit({ imageSource: '={{ "none" }}', options: { imageReference: 'face' } }),
		says: ['Image Reference needs a reference image'],
	},
	{
		why: 'a reference with a model that takes none',
		parameters: rabbit({ ...reference, ...v3, options: { imageReference: 'face' } }),
		says: ['Image Reference does not work with kling-v3. Models that have it: kling-v2-1'],
	},
	{
		why: 'eleven references',
		parameters: rabbit({ ...reference, ...v3, options: { elementIds: '1,2,3,4,5,6,7,8,9,10' } }),
		says: ['Elements (or Element IDs) and Reference Image together may be at most 10, not 11'],
	},
	{
		why: 'elements with V2.1',
		parameters: rabbit({ options: { elementIds: '1' } }),
		says: [
			/Elements \(or Element IDs\) do not work with kling-v2-1 \(the default model here\)\. Models that have it: kling-v3/,
		],
	},
	{
		why: 'a model for videos',
		parameters: rabbit({ model: model('kling-v2-6') }),
		says: [
			/Model kling-v2-6 does not offer Image → Generate\. Models that do: kling-v3, kling-v2-1/,
		],
	},
	{
		why: 'a model at OpenAI-HK',
		service: 'openaiHk',
		parameters: rabbit(v21),
		says: ['OpenAI-HK does not offer Model for Image → Generate. Services that do: Kling (global)'],
	},
	{
		why: 'a cinema format at OpenAI-HK',
		service: 'openaiHk',
		parameters: rabbit({ aspectRatio: '21:9' }),
		says: ['Aspect Ratio cannot be 21:9 at OpenAI-HK'],
	},
	{
		why: 'a long prompt at OpenAI-HK',
		service: 'openaiHk',
		parameters: { prompt: 'x'.repeat(501) },
		says: ['Prompt must have at most 500 characters at OpenAI-HK'],
	},
	{
		why: 'a resolution at OpenAI-HK',
		service: 'openaiHk',
		parameters: rabbit({ options: { resolution: '2k' } }),
		says: ['OpenAI-HK does not offer Resolution for Image → Generate'],
	},
];

it.each(cases)('refuses before anything is sent: $why', async (refusal) => {
	await bench.refused('image-generation', refusal);
});

it('a negative prompt leaves where the reference image is blank', async () => {
	const parameters = {
		...{ prompt: 'A fox', imageSource: 'text', image: '={{ $json.picture }}' },
		options: { negativePrompt: 'blur' },
	};
	await bench.succeed('image-generation', { items: [{ picture: '' }], parameters });
	expect(lastCreate(bench.simulator).body).toMatchObject({ negative_prompt: 'blur' });
});
