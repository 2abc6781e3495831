/** The rows of videos that sell a product, and of translated subtitles. */
import { productContents } from '../../../productContents';
import { CLIP, OTHER_PICTURE, PICTURE, rows } from '../support';
import type { Operation } from './types';

const GOODS = [
	...productContents({ images: [PICTURE, OTHER_PICTURE], title: 'Steel mug' }),
	{ type: 'goods_description', text: 'Keeps coffee hot' },
];
const GOODS_SETTINGS = { resolution: '1080p', aspect_ratio: '9:16', duration: 30 };

const SELLER = [
	{ type: 'avatar_id', text: 'avatar_lee_male' },
	{ type: 'speech_script', text: 'It does not leak' },
	...productContents({ images: [PICTURE], title: 'Steel mug', sellingPoints: ['Light', 'Tight'] }),
];
const SELLER_SETTINGS = { resolution: '1080p', aspect_ratio: '9:16' };

const CLOTHES = [
	{ type: 'source_video', url: CLIP },
	{ type: 'product_image', url: PICTURE },
	{ type: 'product_info', text: 'Linen dress' },
	{ type: 'model_image', url: OTHER_PICTURE },
	{ type: 'voice', voice_id: 'calm_sales_man' },
];
const CLOTHES_SETTINGS = { resolution: '720p', aspect_ratio: '3:4' };

export const PRODUCT_VIDEO_ROWS: Operation[] = [
	{
		operation: 'goods-studio',
		solution: 'e-commerce/goods_studio',
		acePath: '/kling/goods-studio',
		parameters: {
			...rows(PICTURE, OTHER_PICTURE),
			productTitle: 'Steel mug',
			productDescription: 'Keeps coffee hot',
			quality: 'pro',
			aspectRatio: '9:16',
			productDuration: '30',
		},
		bodies: {
			official: { contents: GOODS, settings: GOODS_SETTINGS },
			aceData: { contents: GOODS, settings: GOODS_SETTINGS, async: true },
		},
	},
	{
		operation: 'talking-agent',
		solution: 'talking_agent',
		acePath: '/kling/video-commerce',
		parameters: {
			avatar: { __rl: true, mode: 'list', value: 'avatar_lee_male' },
			script: 'It does not leak',
			content: 'product',
			...rows(PICTURE),
			productTitle: 'Steel mug',
			quality: 'pro',
			options: { sellingPoints: 'Light\nTight' },
		},
		bodies: {
			official: { contents: SELLER, settings: SELLER_SETTINGS },
			aceData: { contents: SELLER, settings: SELLER_SETTINGS, async: true },
		},
	},
	{
		operation: 'clothing-dupe',
		makes: 'a video and images',
		solution: 'e-commerce/clothing_dupe',
		acePath: '/kling/apparel',
		parameters: {
			videoUrl: CLIP,
			...rows(PICTURE),
			productInfo: 'Linen dress',
			modelImagesSource: 'rows',
			modelImages: { image: [{ value: OTHER_PICTURE }] },
			aspectRatio: '3:4',
			options: { clothingVoice: 'calm_sales_man' },
		},
		bodies: {
			official: { contents: CLOTHES, settings: CLOTHES_SETTINGS },
			aceData: { contents: CLOTHES, settings: CLOTHES_SETTINGS, async: true },
		},
	},
	{
		operation: 'drama-subtitle',
		makes: 'a video and subtitles',
		solution: 'drama_subtitle',
		parameters: { videoUrl: CLIP, options: { fontSize: 40 } },
		bodies: {
			official: {
				contents: [{ type: 'source_video', url: CLIP }],
				settings: { target_language: 'en', font_size: 40 },
			},
		},
	},
];
