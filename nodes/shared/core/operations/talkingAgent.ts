import { z } from 'zod';

import { defineOperation } from './define';
import { choice, faultIn, modeWithout4k, neededText, numberAmong, picture, text } from './fields';
import { presetId, productImages, textList } from './product';

/**
 * Kling's video commerce: <https://klingai.com/document-api/api/ecommerce-replication>, POST /solutions/talking_agent. In
 * creator mode somebody speaks; in product mode, which any field of a product chooses, the video shows that, too.
 */
export const talkingAgent = defineOperation({
	kind: 'talking-agent',
	label: 'Video Commerce',
	title: 'Video → Make Seller Talk',
	result: 'video',
	initialDelay: 60,
	fields: {
		avatar_id: presetId.optional().describe('Avatar'),
		avatar_image: picture.optional().describe('Avatar Image'),
		voice_id: presetId.optional().describe('Voice'),
		speech_script: neededText(2000).describe('Script'),
		ref_image_list: productImages.optional().describe('Product Images'),
		goods_title: text(500).optional().describe('Product Title'),
		goods_price: text(256).optional().describe('Price'),
		goods_target_audience: textList(20).optional().describe('Target Audience'),
		goods_selling_point: textList(20).optional().describe('Selling Points'),
		mode: modeWithout4k,
		aspect_ratio: choice(['9:16', '16:9']).optional().describe('Aspect Ratio'),
		speech_rate: numberAmong([0.8, 1, 1.2]).optional().describe('Speech Speed'),
		action_prompt: text(2500).optional().describe('Action Prompt'),
		allow_polish: z.boolean().optional().describe('Polish Script'),
		bgm_enabled: z.boolean().optional().describe('Background Music'),
	},
	rules(request, context) {
		const fault = faultIn(context);
		const { avatar_id, avatar_image, voice_id } = request;
		if (avatar_image === undefined) {
			if (avatar_id === undefined) fault('avatar_id', 'or Avatar Image must be given');
			if (voice_id !== undefined) {
				fault(
					'voice_id',
					'can be chosen for an Avatar Image only: an Avatar has a voice of its own',
				);
			}
		} else {
			if (avatar_id !== undefined) fault('avatar_image', 'cannot be combined with Avatar');
			if (voice_id === undefined) fault('voice_id', 'must be chosen for an Avatar Image');
		}
		const { ref_image_list, goods_title, goods_price, speech_rate } = request;
		const { goods_target_audience: audience, goods_selling_point: points } = request;
		const ofProduct = [ref_image_list, goods_title, goods_price, audience, points];
		if (ofProduct.every((field) => field === undefined)) return;
		if (ref_image_list === undefined) fault('ref_image_list', 'must be given for a product');
		if (!goods_title?.trim()) fault('goods_title', 'must be given for a product');
		if (speech_rate !== undefined) fault('speech_rate', 'cannot be combined with a product');
	},
	contents: {
		avatar_id: { type: 'avatar_id', member: 'text' },
		avatar_image: { type: 'avatar_image', member: 'url' },
		speech_script: { type: 'speech_script', member: 'text' },
		ref_image_list: { type: 'ref_image', member: 'url' },
		goods_title: { type: 'goods_title', member: 'text' },
		goods_price: { type: 'goods_price', member: 'text' },
		goods_target_audience: { type: 'goods_target_audience', member: 'text' },
		goods_selling_point: { type: 'goods_selling_point', member: 'text' },
	},
	offers: {
		solutions: { path: '/solutions/talking_agent' },
		aceData: {
			path: '/kling/video-commerce',
			recordType: 'video-commerce',
			lacks: ['external_task_id'],
		},
	},
});
