/** Videos of sellers and clothes, and subtitles: what is refused in words, and what leaves, after the samples of Kling's pages. */
import * as codec from '../../../nodes/shared/providers/codec';
import { parseRequest } from '../../../nodes/shared/core/requests';
import type { RequestDraft } from '../../../nodes/shared/core/requests';
import type { Service } from '../../../nodes/shared/providers';
import { productContents } from '../../productContents';
import { errorOf, provider } from './support';

const PICTURE = 'https://pictures.example.com/mug.png';
const OTHER_PICTURE = 'https://pictures.example.com/lid.png';
const CLIP = 'https://pictures.example.com/dress.mp4';
const MUSIC = 'https://pictures.example.com/music.mp3';

const SELLER = {
	kind: 'talking-agent',
	avatar_id: 'avatar_vivian_female',
	speech_script: 'It does not leak',
} as const;
const WITH_IMAGE = {
	kind: 'talking-agent',
	avatar_image: PICTURE,
	voice_id: 'female_warm_rich',
	speech_script: 'It does not leak',
} as const;
const PRODUCT = { ref_image_list: [PICTURE, OTHER_PICTURE], goods_title: 'Steel mug' };
const CLOTHES = {
	kind: 'clothing-dupe',
	video_url: CLIP,
	product_image_list: [PICTURE],
	product_info: 'Linen dress',
} as const;
const SUBTITLES = { kind: 'drama-subtitle', video_url: CLIP } as const;

function body(draft: RequestDraft, service: Service = 'klingGlobal') {
	const { method, path, body: sent } = codec.encodeCreate(provider(service), parseRequest(draft));
	return { method, path, body: JSON.parse(JSON.stringify(sent)) as unknown };
}

const x = (length: number) => 'x'.repeat(length);

describe('what leaves', () => {
	it('a seller alone', () => {
		expect(
			body({
				...SELLER,
				mode: 'pro',
				aspect_ratio: '16:9',
				speech_rate: 1.2,
				action_prompt: 'Nods',
				allow_polish: true,
				bgm_enabled: false,
				external_task_id: 'mug-1',
				watermark_info: { enabled: true },
			}),
		).toEqual({
			method: 'POST',
			path: '/solutions/talking_agent',
			body: {
				contents: [
					{ type: 'avatar_id', text: 'avatar_vivian_female' },
					{ type: 'speech_script', text: 'It does not leak' },
				],
				settings: {
					resolution: '1080p',
					aspect_ratio: '16:9',
					speech_rate: 1.2,
					action_prompt: 'Nods',
					allow_polish: true,
					bgm_enabled: false,
				},
				options: { external_task_id: 'mug-1', watermark: { enabled: true } },
			},
		});
	});

	it('a seller by an image, with a product', () => {
		const request = {
			...WITH_IMAGE,
			...PRODUCT,
			goods_price: '19.90 EUR',
			goods_target_audience: ['Commuters'],
			goods_selling_point: ['Does not leak', 'Fits, everywhere'],
			mode: 'std',
		};
		const contents = [
			{ type: 'avatar_image', url: PICTURE },
			{ type: 'speech_script', text: 'It does not leak' },
			...productContents({
				images: [PICTURE, OTHER_PICTURE],
				title: 'Steel mug',
				price: '19.90 EUR',
				audience: ['Commuters'],
				sellingPoints: ['Does not leak', 'Fits, everywhere'],
			}),
		];
		const settings = { voice_id: 'female_warm_rich', resolution: '720p' };
		expect(body(request).body).toEqual({ contents, settings });
		expect(body({ ...request, watermark_info: { enabled: true } }, 'aceData')).toEqual({
			method: 'POST',
			path: '/kling/video-commerce',
			body: { contents, settings, watermark: true, async: true },
		});
	});

	it('clothes, of which the page names the watermark as older APIs do', () => {
		const request = {
			...CLOTHES,
			model_image_list: [OTHER_PICTURE],
			bgm_url: MUSIC,
			voice_id: 'calm_sales_man',
			mode: 'std',
			aspect_ratio: '2:3',
			watermark_info: { enabled: true },
		};
		const contents = [
			{ type: 'source_video', url: CLIP },
			{ type: 'product_image', url: PICTURE },
			{ type: 'product_info', text: 'Linen dress' },
			{ type: 'model_image', url: OTHER_PICTURE },
			{ type: 'bgm', url: MUSIC },
			{ type: 'voice', voice_id: 'calm_sales_man' },
		];
		const settings = { resolution: '720p', aspect_ratio: '2:3' };
		expect(body(request)).toEqual({
			method: 'POST',
			path: '/solutions/e-commerce/clothing_dupe',
			body: { contents, settings, options: { watermark_info: { enabled: true } } },
		});
		expect(body(request, 'aceData')).toEqual({
			method: 'POST',
			path: '/kling/apparel',
			body: { contents, settings, watermark: true, async: true },
		});
	});

	it('subtitles', () => {
		expect(
			body({
				...SUBTITLES,
				glossary: [{ source: '林晚', target: 'Lin Wan' }],
				target_language: 'en',
				target_cps: 17,
				margin_v: 60,
				font_size: 48,
			}),
		).toEqual({
			method: 'POST',
			path: '/solutions/drama_subtitle',
			body: {
				contents: [
					{ type: 'source_video', url: CLIP },
					{ type: 'glossary', source: '林晚', target: 'Lin Wan' },
				],
				settings: { target_language: 'en', target_cps: 17, margin_v: 60, font_size: 48 },
			},
		});
	});
});

describe('Additional Fields (JSON)', () => {
	const named = { ...SELLER, mode: 'std', external_task_id: 'mug-1' };

	it('stand beside the settings and options that are there, and take their place by name', () => {
		const settings = { resolution: '2k', subtitles: true };
		const extra = { settings, options: { priority: 1 }, seed: 7 };
		expect(body({ ...named, extra }).body).toMatchObject({
			contents: [{ type: 'avatar_id' }, { type: 'speech_script' }],
			settings,
			options: { external_task_id: 'mug-1', priority: 1 },
			seed: 7,
		});
		expect(body({ ...named, aspect_ratio: '9:16', extra }, 'aceData').body).toMatchObject({
			settings: { aspect_ratio: '9:16', ...settings },
			seed: 7,
			async: true,
		});
	});

	it('take the place of contents, of which nobody knows which is meant', () => {
		const contents = [{ type: 'avatar_id', text: 'x' }];
		expect(body({ ...named, extra: { contents } }).body).toMatchObject({ contents });
	});

	it('name the task and the address for calls where Kling looks for them', () => {
		const extra = { external_task_id: 'mug-2', callback_url: 'https://n8n.example.com/hook' };
		const { external_task_id: _name, ...nameless } = named;
		const sent = body({ ...nameless, extra }).body;
		expect(sent).toMatchObject({ options: extra });
		expect(sent).not.toHaveProperty('external_task_id');
		expect(sent).not.toHaveProperty('callback_url');
	});
});

const base64 = 'iVBORw0KGgo'.repeat(20);

it.each<[string, RequestDraft, string]>([
	['an avatar', { ...WITH_IMAGE, avatar_image: base64 }, 'Avatar Image'],
	['a product', { ...SELLER, ...PRODUCT, ref_image_list: [base64] }, 'Product Images'],
	['clothes', { ...CLOTHES, product_image_list: [base64] }, 'Product Images'],
	['who wears them', { ...CLOTHES, model_image_list: [base64] }, 'Model Images'],
])('as base64, %s goes to Kling only', (_what, draft, parameter) => {
	expect(JSON.stringify(body(draft))).toContain(base64);
	expect(errorOf(() => body(draft, 'aceData')).message).toContain(
		`${parameter} must be a web address at Ace Data Cloud`,
	);
});

it.each<[RequestDraft, string]>([
	[{ ...SELLER, avatar_id: undefined }, 'Avatar or Avatar Image must be given'],
	[{ ...SELLER, avatar_id: ' ' }, 'Avatar must be chosen'],
	[{ ...WITH_IMAGE, avatar_id: 'avatar_lee_male' }, 'Avatar Image cannot be combined with Avatar'],
	[{ ...WITH_IMAGE, voice_id: undefined }, 'Voice must be chosen for an Avatar Image'],
	[
		{ ...SELLER, voice_id: 'female_warm_rich' },
		'Voice can be chosen for an Avatar Image only: an Avatar has a voice of its own',
	],
	[{ ...SELLER, speech_script: undefined }, 'Script must not be empty'],
	[{ ...SELLER, speech_script: x(2001) }, 'Script must have at most 2000 characters, not 2001'],
	[{ ...SELLER, goods_title: 'Mug' }, 'Product Images must be given for a product'],
	[{ ...SELLER, goods_price: '5' }, 'Product Images must be given for a product'],
	[{ ...SELLER, goods_selling_point: ['x'] }, 'Product Images must be given for a product'],
	[{ ...SELLER, goods_target_audience: ['x'] }, 'Product Images must be given for a product'],
	[{ ...SELLER, ref_image_list: [PICTURE] }, 'Product Title must be given for a product'],
	[{ ...SELLER, ...PRODUCT, goods_title: ' ' }, 'Product Title must be given for a product'],
	[{ ...SELLER, ...PRODUCT, ref_image_list: [] }, 'Product Images must be 1 to 5, not 0'],
	[
		{ ...SELLER, ...PRODUCT, ref_image_list: Array.from({ length: 6 }, () => PICTURE) },
		'Product Images must be 1 to 5, not 6',
	],
	[
		{ ...SELLER, ...PRODUCT, goods_title: x(501) },
		'Product Title must have at most 500 characters, not 501',
	],
	[
		{ ...SELLER, ...PRODUCT, goods_price: x(257) },
		'Price must have at most 256 characters, not 257',
	],
	[
		{ ...SELLER, ...PRODUCT, goods_selling_point: Array.from({ length: 21 }, () => 'x') },
		'Selling Points must be at most 20, not 21',
	],
	[{ ...SELLER, ...PRODUCT, speech_rate: 1.2 }, 'Speech Speed cannot be combined with a product'],
	[{ ...SELLER, speech_rate: 1.1 }, 'Speech Speed must be 0.8, 1 or 1.2, not 1.1'],
	[{ ...SELLER, mode: '4k' }, 'Quality must be std (Standard) or pro (Professional), not "4k"'],
	[{ ...SELLER, aspect_ratio: '1:1' }, 'Aspect Ratio must be 9:16 or 16:9, not "1:1"'],
	[
		{ ...SELLER, action_prompt: x(2501) },
		'Action Prompt must have at most 2500 characters, not 2501',
	],
	[{ ...CLOTHES, video_url: 'dress.mp4' }, 'Source Video URL must be a web address'],
	[{ ...CLOTHES, product_info: '' }, 'Product Information must not be empty'],
	[
		{ ...CLOTHES, product_info: x(2501) },
		'Product Information must have at most 2500 characters, not 2501',
	],
	[{ ...CLOTHES, product_image_list: [] }, 'Product Images must be 1 to 5, not 0'],
	[
		{ ...CLOTHES, model_image_list: Array.from({ length: 6 }, () => PICTURE) },
		'Model Images must be at most 5, not 6',
	],
	[{ ...CLOTHES, bgm_url: 'music.mp3' }, 'Background Music URL must be a web address'],
	[{ ...SUBTITLES, target_cps: 9 }, 'Characters Per Second must be a number from 10 to 20, not 9'],
	[{ ...SUBTITLES, margin_v: 0 }, 'Margin (Pixels) must be a whole number from 1 to 4096, not 0'],
	[{ ...SUBTITLES, font_size: 1.5 }, 'Font Size must be a whole number from 1 to 512, not 1.5'],
	[
		{ ...SUBTITLES, glossary: [{ source: 'x', target: x(101) }] },
		'Glossary must have at most 100 characters',
	],
	[
		{ ...SUBTITLES, glossary: [{ source: '', target: 'x' }] },
		'Glossary must have a word and its translation in every row',
	],
	[
		{ ...SUBTITLES, glossary: Array.from({ length: 201 }, () => ({ source: 'x', target: 'y' })) },
		'Glossary must be at most 200, not 201',
	],
])('%j is refused: %s', (draft, message) => {
	expect(errorOf(() => parseRequest(draft)).message).toContain(message);
});
