/** The limits of each model of Kling's newer API, where they differ from what most take: sent within them, refused beyond. */
import type { INodeParameters } from 'n8n-workflow';

import { png } from '../../unit/simulator/rules';
import { model } from '../kling';
import {
	bodyOf,
	CLIP,
	lastCreate,
	OTHER_PICTURE,
	PICTURE,
	rows,
	useBench,
	type Body,
	type OperationName,
	type Refusal,
} from './support';

const bench = useBench();

const ELEMENTS = ['829836802793406551', '831457288201461789', '833210945567719427'];
const first = { value: PICTURE, role: 'first_frame' };
const last = { value: OTHER_PICTURE, role: 'end_frame' };
const many = (count: number) => Array.from({ length: count }, () => PICTURE);
const ids = (count: number) =>
	Array.from({ length: count }, (_, index) => ELEMENTS[index % ELEMENTS.length]).join(',');
const V4 = { prompt: 'x', model: model('kling-4.0') } satisfies INodeParameters;
const FLASH = { prompt: 'x', model: model('kling-4.0-flash') } satisfies INodeParameters;
const OMNI = { prompt: 'x', model: model('kling-3.0-omni') } satisfies INodeParameters;

/** A PNG that is read as one, of so many MB with its head. */
function weighing(mb: number): string {
	const head = Buffer.from(png(400, 400), 'base64');
	return Buffer.concat([head, Buffer.alloc(mb * 1024 * 1024 - head.length)]).toString('base64');
}

/** What a create that was accepted had in `contents`, as a list of types. */
async function typesSent(operation: OperationName, parameters: INodeParameters): Promise<string[]> {
	const { contents } = await bench.wire(operation, 'klingGlobal', parameters);
	return (contents as Body[]).map(({ type }) => String(type));
}

describe('taken', () => {
	it('a picture of 30 MB by 4.0, and no larger one', async () => {
		const parameters = { ...V4, image: weighing(30), waitMode: 'none' };
		await bench.succeed('image2video', { parameters });
		expect(lastCreate(bench.simulator).path).toBe('/image-to-video/kling-4.0');
		await bench.refused('image2video', {
			parameters: { ...V4, image: weighing(31) },
			says: [
				'First Frame must have at most 30 MB, but has 31.0 MB | Make it smaller, or give its web address',
				'(30 MB by Kling 4.0)',
			],
		});
	});

	it('ten pictures by 4.0, also as frames, and beside a video', async () => {
		const types = await typesSent('omni-video', { ...V4, ...rows(...many(10)) });
		expect(types).toEqual(['prompt', ...Array<string>(10).fill('refer_image')]);
		await typesSent('omni-video', { ...V4, ...rows(first, ...many(8), last) });
		await typesSent('omni-video', { ...FLASH, ...rows(...many(10)), videoUrl: CLIP });
	});

	it('seven elements beside eight pictures and a first frame by 4.0', async () => {
		const mixed = { ...rows(first, ...many(7)), options: { elementIds: ids(7) } };
		const types = await typesSent('omni-video', { ...V4, ...mixed });
		expect(types.filter((type) => type === 'element')).toHaveLength(7);
	});

	it('frames beside seven references by 3.0 Omni, which counts them apart', async () => {
		const types = await typesSent('omni-video', { ...OMNI, ...rows(first, ...many(7), last) });
		expect(types).toHaveLength(10);
		const beside = { ...rows(first, ...many(4)), videoUrl: CLIP };
		expect(await typesSent('omni-video', { ...OMNI, ...beside })).toHaveLength(7);
	});

	it('a video to follow by 4.0 whose sound is on anyhow', async () => {
		const body = await bench.wire('omni-video', 'klingGlobal', {
			...V4,
			videoUrl: CLIP,
			options: { sound: true },
		});
		expect(body.settings).toEqual({ resolution: '720p', aspect_ratio: '16:9', duration: 5 });
	});

	it.each(['21:9', '16:9', '9:16', '1:1', '4:3', '3:4'])('%s by 4.0', async (aspectRatio) => {
		for (const name of ['kling-4.0', 'kling-4.0-flash']) {
			const parameters = { prompt: 'x', model: model(name), aspectRatio };
			await bench.wire('text2video', 'klingGlobal', parameters);
		}
	});

	it.each<[string, number[]]>([
		['kling-3.0-turbo', [3, 15]],
		['kling-3.0', [3, 15]],
		['kling-2.6', [5, 10]],
		['kling-2.5-turbo', [5, 10]],
		['kling-4.0', [3, 30]],
		['kling-4.0-flash', [3, 20]],
	])('the shortest and the longest video by %s', async (name, lengths) => {
		for (const duration of lengths) {
			const parameters = { prompt: 'x', model: model(name), duration };
			await bench.wire('text2video', 'klingGlobal', parameters);
			const sent = bodyOf(lastCreate(bench.simulator).rawBody).settings as Body;
			expect(sent.duration).toBe(duration);
		}
	});

	it.each<[string, number]>([
		['kling-3.0-turbo', 3072],
		['kling-3.0', 3072],
		['kling-2.6', 2500],
		['kling-2.5-turbo', 2500],
		['kling-4.0', 26_000],
		['kling-4.0-flash', 26_000],
	])('the longest prompt by %s, and no longer one', async (name, most) => {
		const parameters = { model: model(name), prompt: 'x'.repeat(most) };
		await bench.wire('text2video', 'klingGlobal', parameters);
		await bench.refused('text2video', {
			parameters: { ...parameters, prompt: 'x'.repeat(most + 1) },
			says: [new RegExp(`^Prompt must have at most ${most} characters( with ${name})?, not`)],
		});
	});
});

const LIMITS: Array<Refusal & { operation: OperationName }> = [
	...[2, 31].map((duration) => ({
		why: `${duration} s of 4.0`,
		operation: 'text2video' as const,
		parameters: { ...V4, duration },
		says: [`Duration must be 3 to 30 s with kling-4.0, not ${duration} s`],
	})),
	{
		why: '21 s of Flash',
		operation: 'image2video',
		parameters: { ...FLASH, image: PICTURE, duration: 21 },
		says: ['Duration must be 3 to 20 s with kling-4.0-flash, not 21 s'],
	},
	{
		why: 'half a second, of which no model makes one',
		operation: 'text2video',
		parameters: { ...V4, duration: 5.5 },
		says: ['Duration must be a whole number of seconds, not 5.5'],
	},
	{
		why: '4K of 4.0',
		operation: 'text2video',
		parameters: { ...V4, quality: '4k' },
		says: ['Quality must be Standard or Professional with kling-4.0, not 4K'],
	},
	{
		why: '4K of O1',
		operation: 'omni-video',
		parameters: { prompt: 'x', model: model('kling-o1'), ...rows(PICTURE), quality: '4k' },
		says: ['Quality must be Standard or Professional with kling-o1, not 4K'],
	},
	{
		why: 'silence of 4.0',
		operation: 'omni-video',
		parameters: { ...V4, ...rows(PICTURE), options: { sound: false } },
		says: ['Sound cannot be off with kling-4.0'],
	},
	{
		why: 'eleven pictures of 4.0',
		operation: 'omni-video',
		parameters: { ...V4, ...rows(...many(11)) },
		says: ['Images may be at most 10 with kling-4.0, not 11'],
	},
	{
		why: 'eight elements',
		operation: 'omni-video',
		parameters: { ...V4, options: { elementIds: ids(8) } },
		says: ['Elements (or Element IDs) must be at most 7, not 8'],
	},
	{
		why: 'sixteen inputs of 4.0',
		operation: 'omni-video',
		parameters: { ...V4, ...rows(...many(9)), options: { elementIds: ids(7) } },
		says: [
			'Images and the elements, voices and video beside them may be at most 15 with kling-4.0, not 16',
		],
	},
	{
		why: 'elements of 4.0 beside frames alone',
		operation: 'image2video',
		parameters: { ...V4, image: PICTURE, options: { elementIds: ids(1) } },
		says: ['Elements (or Element IDs) do not work with kling-4.0. Models that have it: kling-v3'],
	},
	{
		why: 'eight references of 3.0 Omni',
		operation: 'omni-video',
		parameters: { ...OMNI, ...rows(first, ...many(6)), options: { elementIds: ids(2) } },
		says: ['Images and Elements (or Element IDs) together may be at most 7, not 8'],
	},
	{
		why: 'five references of 3.0 Omni beside a video',
		operation: 'omni-video',
		parameters: { ...OMNI, ...rows(...many(5)), videoUrl: CLIP },
		says: [
			'Images and Elements (or Element IDs) together may be at most 4 when there is a reference video, not 5',
		],
	},
	{
		why: 'four elements of 3.0 Omni beside a first frame',
		operation: 'omni-video',
		parameters: { ...OMNI, ...rows(first), options: { elementIds: ids(4) } },
		says: ['Elements (or Element IDs) may be at most 3 when there is a First Frame, not 4'],
	},
	{
		why: 'sound of 3.0 Omni beside a video',
		operation: 'omni-video',
		parameters: { ...OMNI, videoUrl: CLIP, options: { sound: true } },
		says: ['Sound must be off when there is a reference video'],
	},
	{
		why: 'a shot of blanks',
		operation: 'text2video',
		parameters: {
			model: model('kling-3.0'),
			options: {
				multiShot: 'customize',
				shots: {
					shot: [
						{ prompt: 'x', duration: 3 },
						{ prompt: ' ', duration: 2 },
					],
				},
			},
		},
		says: ['Shots must have a prompt for every shot'],
	},
];

describe('refused before anything is sent', () => {
	it.each(LIMITS)('$why', async ({ operation, ...refusal }) => {
		await bench.refused(operation, refusal);
	});
});
