import { z } from 'zod';

import { CAME, either } from '../words';
import { defineOperation } from './define';
import { choice, neededModeWithout4k, neededText, text } from './fields';
import { productImages } from './product';

/** Seconds. */
const LENGTHS = [15, 30, 60];
const DURATION = `must be ${either(LENGTHS)} seconds, not ${CAME}`;

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
		duration: z
			.number({ message: DURATION })
			.refine((seconds) => LENGTHS.includes(seconds), { message: DURATION })
			.describe('Duration'),
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
