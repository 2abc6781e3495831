/** Image → Generate From References, Combine, Expand and Make Views: parameters on the wire, refusals, and what comes out. */
import type { INodeParameters } from 'n8n-workflow';

import { KNOWN_ELEMENT_IDS } from '../../simulator';
import { model } from '../kling';
import { OTHER_PICTURE, PICTURE, rows, useBench, type Refusal } from './support';

const bench = useBench({ imageSlots: 20 });

const V3_OMNI = { model: model('kling-v3-omni') };
const omni = (more: INodeParameters = {}): INodeParameters => ({ prompt: 'A fox', ...more });
const expand = (more: INodeParameters = {}): INodeParameters => ({ image: PICTURE, ...more });

describe('on the wire', () => {
	it('everything that Generate From References takes for single images', async () => {
		const body = await bench.wire('omni-image', 'klingGlobal', {
			...omni({ ...rows(PICTURE, OTHER_PICTURE), ...V3_OMNI, n: 3, aspectRatio: '3:2' }),
			options: { elementIds: KNOWN_ELEMENT_IDS[0], resolution: '4k', watermark: true },
		});
		expect(body).toMatchObject({
			model_name: 'kling-v3-omni',
			image_list: [{ image: PICTURE }, { image: OTHER_PICTURE }],
			n: 3,
			aspect_ratio: '3:2',
			resolution: '4k',
			result_type: 'single',
			watermark_info: { enabled: true },
		});
		expect(body).not.toHaveProperty('series_amount');
		const { rawBody } = bench.simulator.ledger.requests.at(-1)!;
		// A number beyond 2^53, as digits.
		expect(rawBody).toContain(`"element_list":[{"element_id":${KNOWN_ELEMENT_IDS[0]}}]`);
	});

	it('a series leaves out the number of images, which the panel hides', async () => {
		const body = await bench.wire('omni-image', 'klingGlobal', {
			...omni({ ...rows(PICTURE), ...V3_OMNI, n: 3, resultType: 'series', seriesAmount: 'auto' }),
		});
		expect(body).toMatchObject({ result_type: 'series', series_amount: 'auto' });
		expect(body).not.toHaveProperty('n');
	});

	it('only words are enough for O1, the default', async () => {
		const body = await bench.wire('omni-image', 'klingGlobal', omni());
		expect(body).toMatchObject({ model_name: 'kling-image-o1', prompt: 'A fox', n: 1 });
		expect(body).not.toHaveProperty('image_list');
	});

	it('Combine, with a scene', async () => {
		const scene = { sceneImageSource: 'text', sceneImage: OTHER_PICTURE };
		const body = await bench.wire('multi-image2image', 'klingGlobal', {
			...rows(PICTURE),
			...scene,
		});
		expect(body).toMatchObject({
			subject_image_list: [{ subject_image: PICTURE }],
			scene_image: OTHER_PICTURE,
			n: 1,
			aspect_ratio: '16:9',
		});
		expect(body).not.toHaveProperty('style_image');
	});

	it.each(['klingChina', 'relay'] as const)('Expand to the limit, at %s', async (service) => {
		const sides = { expandUp: 0.1, expandDown: 0.1, expandLeft: 0.75, expandRight: 0.75 };
		const body = await bench.wire('expand', service, expand(sides));
		// 1.2 × 2.5 is 3, though not to a computer.
		expect(body).toMatchObject({ up_expansion_ratio: 0.1, right_expansion_ratio: 0.75 });
	});
});

const REFUSALS: Array<Refusal & { operation: Parameters<typeof bench.refused>[0] }> = [
	{
		operation: 'omni-image',
		why: 'a series with O1',
		parameters: omni({ resultType: 'series' }),
		says: ['Result cannot be Series with kling-image-o1'],
	},
	{
		operation: 'omni-image',
		why: '4K with O1',
		parameters: omni({ options: { resolution: '4k' } }),
		says: ['Resolution cannot be 4K with kling-image-o1'],
	},
	{
		operation: 'omni-image',
		why: 'a shape that nothing suggests',
		parameters: omni({ ...V3_OMNI, aspectRatio: 'auto' }),
		says: ['Aspect Ratio cannot be auto with kling-v3-omni when there is no reference'],
	},
	{
		operation: 'omni-image',
		why: 'eleven references',
		parameters: omni(rows(...Array.from({ length: 11 }, () => PICTURE))),
		says: ['Images and Elements (or Element IDs) together may be at most 10, not 11'],
	},
	{
		operation: 'omni-image',
		why: 'a model of videos',
		parameters: omni({ model: model('kling-v3') }),
		says: ['Model kling-v3 does not offer Image → Generate From References', 'kling-v3-omni'],
	},
	{
		operation: 'omni-image',
		why: 'at a service that does not have it',
		service: 'aceData',
		parameters: omni(),
		says: ['Ace Data Cloud does not offer Image → Generate From References', 'Kling (global)'],
	},
	{
		operation: 'multi-image2image',
		why: 'five subjects',
		parameters: rows(...Array.from({ length: 5 }, () => PICTURE)),
		says: ['Images must be 1 to 4, not 5'],
	},
	{
		operation: 'expand',
		why: 'no side',
		parameters: expand(),
		says: ['Expand Up or one of the other three sides must be more than 0'],
	},
	{
		operation: 'expand',
		why: 'too much',
		parameters: expand({ expandUp: 1, expandDown: 1, expandLeft: 0.5 }),
		says: ['together may make the image at most 3 times as large, not 4.5 times'],
	},
	{
		operation: 'expand',
		why: 'less than nothing',
		parameters: expand({ expandLeft: -0.5 }),
		says: ['Expand Left must be a number from 0 to 2, not -0.5'],
	},
];

describe('refused before anything is sent', () => {
	it.each(REFUSALS)('$operation: $why', async ({ operation, ...refusal }) => {
		await bench.refused(operation, refusal);
	});
});

describe('what comes out', () => {
	it('a series is whole, in its order', async () => {
		const { json } = await bench.succeed('omni-image', {
			parameters: omni({
				...rows(PICTURE),
				...V3_OMNI,
				resultType: 'series',
				seriesAmount: '4',
				aspectRatio: 'auto',
			}),
		});
		const images = json[0]?.images as Array<{ index: number; url: string }>;
		expect(images.map(({ index }) => index)).toEqual([0, 1, 2, 3]);
		expect(new Set(images.map(({ url }) => url)).size).toBe(4);
	});

	it('nine views are counted through, set by set', async () => {
		const { json, output } = await bench.succeed('ai-multi-shot', {
			parameters: { image: PICTURE },
		});
		const images = json[0]?.images as Array<{ index: number; url: string }>;
		expect(images.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
		expect(images.map(({ url }) => /\/(\d)\.png/.exec(url)?.[1])).toEqual(
			Array.from({ length: 9 }, (_, n) => String(n)),
		);
		expect(Object.keys(output[0]?.binary ?? {})).toHaveLength(9);
	});
});
