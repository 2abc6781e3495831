/** What Kling's Solutions API and Ace Data Cloud tell of videos with a product and of subtitles: no result is lost. */
import { resultsIn } from '../../../nodes/shared/providers/results';
import type { Json } from '../../../nodes/shared/core/json';
import type { Kind } from '../../../nodes/shared/core/kinds';
import type { Result } from '../../../nodes/shared/core/task';
import { fileType } from '../../../nodes/shared/n8n/fileType';
import { taskJson } from '../../../nodes/shared/n8n/itemJson';

const CDN = 'https://cdn.example.com';
const CONTEXT = { kind: undefined, status: 'succeed' } as const;

function read(record: Json, isTask = true): Result[] {
	return resultsIn(record, { ...CONTEXT, isTask });
}

function item(results: Result[]) {
	const task = { id: '1', status: 'succeed' as const, message: '', results, raw: null };
	return taskJson(task, { kind: undefined, simplify: true });
}

const CLOTHING: Json[] = [
	{ type: 'product_image', url: `${CDN}/p` },
	{ type: 'model_images', url: `${CDN}/m1` },
	{ type: 'model_images', url: `${CDN}/m2` },
	{ type: 'product_video', id: 'v1', url: `${CDN}/v`, watermark_url: '', duration: '12.5' },
];

describe('a clothing video', () => {
	it('comes first, then its images with what they show', () => {
		const results = read({ id: 's1', status: 'succeeded', outputs: CLOTHING });
		expect(results).toEqual([
			{ type: 'video', id: 'v1', url: `${CDN}/v`, duration: 12.5, role: 'product_video' },
			{ type: 'image', index: 0, url: `${CDN}/p`, role: 'product_image' },
			{ type: 'image', index: 1, url: `${CDN}/m1`, role: 'model_images' },
			{ type: 'image', index: 2, url: `${CDN}/m2`, role: 'model_images' },
		]);
		expect(item(results)).toMatchObject({
			videoUrl: `${CDN}/v`,
			videoId: 'v1',
			duration: 12.5,
			imageUrl: `${CDN}/p`,
			images: [
				{ index: 0, url: `${CDN}/p`, watermarkUrl: null, role: 'product_image' },
				{ role: 'model_images' },
				{ role: 'model_images' },
			],
		});
	});

	it.each<[string, Json]>([
		['several links in one entry', [{ type: 'model_images', urls: [`${CDN}/m1`, `${CDN}/m2`] }]],
		[
			'several objects in one',
			[{ type: 'model_images', images: [{ url: `${CDN}/m1` }, { url: `${CDN}/m2` }] }],
		],
	])('has all its images where they are %s', (_form, images) => {
		const outputs = [...(images as Json[]), CLOTHING[3]!];
		expect(read({ id: 's1', status: 'succeeded', outputs })).toMatchObject([
			{ type: 'video', url: `${CDN}/v` },
			{ type: 'image', url: `${CDN}/m1`, role: 'model_images' },
			{ type: 'image', url: `${CDN}/m2`, role: 'model_images' },
		]);
	});

	const NAMED = {
		product_video: `${CDN}/v`,
		model_images: [`${CDN}/m1`],
		product_image: `${CDN}/p.png`,
	};

	it.each<[string, Json, boolean]>([
		['data', { data: NAMED }, false],
		['outputs', { id: 's1', status: 'succeeded', outputs: NAMED }, true],
	])('is found by the names of its parts in %s, with what they show', (_where, record, isTask) => {
		expect(read(record, isTask)).toMatchObject([
			{ type: 'video', url: `${CDN}/v` },
			{ type: 'image', url: `${CDN}/p.png`, role: 'product_image' },
			{ type: 'image', url: `${CDN}/m1`, role: 'model_images' },
		]);
	});

	it.each<[string, Json, boolean]>([
		['with a request beside the id', { id: 's1', status: 'succeeded', ...NAMED }, true],
		['of a try-on', { data: { product_image: `${CDN}/p.png`, image_url: `${CDN}/i` } }, false],
	])('an image that came in is no result %s', (_what, record, isTask) => {
		expect(read(record, isTask)).not.toContainEqual(
			expect.objectContaining({ url: `${CDN}/p.png` }),
		);
		expect(read(record, isTask)).not.toEqual([]);
	});

	it.each<[string, Kind | undefined, Json]>([
		['as a list without a name', undefined, CLOTHING],
		[
			'as links, where the kind is known',
			'clothing-dupe',
			{ video_url: `${CDN}/v`, image_urls: [`${CDN}/p`, `${CDN}/m1`, `${CDN}/m2`] },
		],
	])('keeps its images beside the video: %s', (_form, kind, data) => {
		const found = resultsIn({ success: true, data }, { kind, status: 'succeed', isTask: false });
		expect(found.map(({ type }) => type)).toEqual(['video', 'image', 'image', 'image']);
	});

	it('an image beside any other video is its cover', () => {
		const data = { video_url: `${CDN}/v`, image_url: `${CDN}/cover.png` };
		const context = { kind: 'talking-agent', status: 'succeed', isTask: false } as const;
		expect(resultsIn({ data }, context)).toMatchObject([{ type: 'video' }]);
	});

	it('an image of one sort only says nothing of it', () => {
		const outputs = [{ type: 'image', url: `${CDN}/i` }];
		const results = read({ id: 's1', status: 'succeeded', outputs });
		expect(item(results).images).toEqual([{ index: 0, url: `${CDN}/i`, watermarkUrl: null }]);
	});
});

describe('subtitles', () => {
	const OUTPUTS: Json[] = [
		{ type: 'ass', url: `${CDN}/a?sig=1` },
		{ type: 'srt', url: `${CDN}/s?sig=1` },
		{ type: 'subbed_video', url: `${CDN}/v`, duration: '60.0' },
	];

	it('come after the video, each with its format', () => {
		const results = read({ id: 's1', status: 'succeeded', outputs: OUTPUTS });
		expect(results).toEqual([
			{ type: 'video', url: `${CDN}/v`, duration: 60, role: 'subbed_video' },
			{ type: 'subtitle', format: 'ass', url: `${CDN}/a?sig=1` },
			{ type: 'subtitle', format: 'srt', url: `${CDN}/s?sig=1` },
		]);
		expect(item(results)).toMatchObject({
			videoUrl: `${CDN}/v`,
			duration: 60,
			srtUrl: `${CDN}/s?sig=1`,
			assUrl: `${CDN}/a?sig=1`,
		});
	});

	it('are told by their links where nothing else tells them', () => {
		const outputs = [{ url: `${CDN}/1.ass?sig=1` }, { url: `${CDN}/1.srt` }];
		expect(read({ id: 's1', status: 'succeeded', outputs })).toMatchObject([
			{ type: 'subtitle', format: 'ass' },
			{ type: 'subtitle', format: 'srt' },
		]);
	});
});

describe('a task of another kind than was said', () => {
	it('has all that it made in its item, and the fields of the kind', () => {
		const results = read({ id: 's1', status: 'succeeded', outputs: CLOTHING.slice(0, 1) });
		const task = { id: '1', status: 'succeed' as const, message: '', results, raw: null };
		expect(taskJson(task, { kind: 'goods-studio', simplify: true })).toMatchObject({
			videoUrl: null,
			imageUrl: `${CDN}/p`,
			images: [{ url: `${CDN}/p` }],
		});
	});
});

describe('the file of subtitles', () => {
	const SRT = '1\n00:00:01,000 --> 00:00:02,000\nHello\n';
	const ASS = '[Script Info]\nTitle: Hello\n';
	const typeOf = (text: string | Buffer, named: string, expected = 'application/x-subrip') =>
		fileType(Buffer.from(text as string), { named, expected });

	it.each([
		[SRT, 'application/x-subrip', ''],
		[SRT, 'application/x-subrip', 'text/plain'],
		[`\ufeff${SRT}`, 'application/x-subrip', 'application/octet-stream'],
		[ASS, 'text/x-ssa', 'text/plain'],
		[`\ufeff${ASS}`, 'text/x-ssa', ''],
	])('%j is one', (text, expected, named) => {
		expect(typeOf(text, named, expected)).toBe(expected);
	});

	it.each([
		['<!DOCTYPE html><html>', ''],
		['\n <?xml version="1.0"?><Error/>', ''],
		['{"error":"gone"}', ''],
		['[{"error":"gone"}]', ''],
		[SRT, 'text/html; charset=utf-8'],
		[SRT, 'application/json'],
		[Buffer.from([0, 0, 0, 24, 0x66, 0x74, 0x79, 0x70]), ''],
	])('%j, served as %j, is none', (text, named) => {
		expect(typeOf(text, named)).toBeUndefined();
	});

	it('is nothing that a video may be', () => {
		expect(typeOf(SRT, '', 'video/mp4')).toBeUndefined();
	});
});
