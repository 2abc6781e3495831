import { defineOperation } from './define';
import { choice, listUpTo, modeWithout4k, neededText, picture, webAddress } from './fields';
import { IMAGE_ASPECT_RATIOS } from './images';
import { presetId, productImages } from './product';

/**
 * Kling's clothing videos: <https://klingai.com/document-api/api/ecommerce-replication>, POST
 * /solutions/e-commerce/clothing_dupe. A video that exists is made again with other clothes, and if wanted other people.
 */
export const clothingDupe = defineOperation({
	kind: 'clothing-dupe',
	label: 'Clothing Video',
	title: 'Video → Change Clothes',
	result: 'video',
	besides: ['image'],
	videoRole: 'product_video',
	initialDelay: 60,
	fields: {
		video_url: webAddress.describe('Source Video URL'),
		product_image_list: productImages.describe('Product Images'),
		product_info: neededText(2500).describe('Product Information'),
		model_image_list: listUpTo(5, picture).optional().describe('Model Images'),
		bgm_url: webAddress.optional().describe('Background Music URL'),
		voice_id: presetId.optional().describe('Voice'),
		mode: modeWithout4k,
		aspect_ratio: choice(IMAGE_ASPECT_RATIOS).optional().describe('Aspect Ratio'),
	},
	contents: {
		video_url: { type: 'source_video', member: 'url' },
		product_image_list: { type: 'product_image', member: 'url' },
		product_info: { type: 'product_info', member: 'text' },
		model_image_list: { type: 'model_image', member: 'url' },
		bgm_url: { type: 'bgm', member: 'url' },
		voice_id: { type: 'voice', member: 'voice_id' },
	},
	offers: {
		solutions: {
			path: '/solutions/e-commerce/clothing_dupe',
			watermarkField: 'watermark_info',
		},
		aceData: { path: '/kling/apparel', recordType: 'apparel', lacks: ['external_task_id'] },
	},
});
