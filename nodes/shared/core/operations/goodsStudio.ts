import { defineOperation } from './define';
import { choice, neededModeWithout4k, neededText, numberAmong, text } from './fields';
import { productImages } from './product';

/** A video that shows a product. Official reference: POST /solutions/e-commerce/goods_studio of the Solutions API. */
export const goodsStudio = defineOperation({
	kind: 'goods-studio',
	label: 'Goods Studio',
	title: 'Video → Present Product',
	result: 'video',
	initialDelay: 60,
	fields: {
		ref_image_list: productImages.describe('Product Images'),
		goods_title: neededText(200).describe('Product Title'),
		goods_description: text(2000).optional().describe('Product Description'),
		mode: neededModeWithout4k,
		aspect_ratio: choice(['16:9', '9:16', '1:1']).describe('Aspect Ratio'),
		duration: numberAmong([15, 30, 60], ' seconds').describe('Duration'),
	},
	contents: {
		ref_image_list: { type: 'ref_image', member: 'url' },
		goods_title: { type: 'goods_title', member: 'text' },
		goods_description: { type: 'goods_description', member: 'text' },
	},
	offers: {
		solutions: { path: '/solutions/e-commerce/goods_studio' },
		aceData: {
			path: '/kling/goods-studio',
			recordType: 'goods-studio',
			lacks: ['external_task_id'],
		},
	},
});
