import { z } from 'zod';

import { LENGTH } from '../words';
import { defineOperation } from './define';
import { choice, faultIn, neededText, picture, webAddress } from './fields';

const VIEWS = `must be 1 to 3 beside the front image, not ${LENGTH}`;

/**
 * Official reference: POST /v1/general/advanced-custom-elements. It takes no model and no watermark. Made from images or from a
 * video, which are two operations in the editor. Ace Data Cloud lists elements, but answers 503 to a create:
 * <https://github.com/AceDataCloud/MCPs>, kling/tools/asset_tools.py.
 */
export const advancedCustomElements = defineOperation({
	kind: 'advanced-custom-elements',
	path: 'general/advanced-custom-elements',
	label: 'Element Creation',
	title: 'Element → Create From Images, Create From Video',
	result: 'element',
	initialDelay: 5,
	fields: {
		element_name: neededText(20).describe('Name'),
		element_description: neededText(100).describe('Description'),
		reference_type: choice(['image_refer', 'video_refer']).describe('Made From'),
		frontal_image: picture.optional().describe('Front Image'),
		refer_images: z
			.array(z.object({ image_url: picture }))
			.min(1, { message: VIEWS })
			.max(3, { message: VIEWS })
			.optional()
			.describe('Other Images'),
		video_url: webAddress.optional().describe('Video URL'),
		element_voice_id: z
			.string()
			.min(1, { message: 'must not be empty' })
			.optional()
			.describe('Voice'),
		tag_list: z
			.array(z.object({ tag_id: z.string() }))
			.optional()
			.describe('Tags'),
	},
	rules({ reference_type, frontal_image, refer_images, video_url }, context) {
		const fault = faultIn(context);
		if (reference_type === 'image_refer') {
			if (frontal_image === undefined) fault('frontal_image', 'must be given');
			if (refer_images === undefined)
				fault('refer_images', 'must be 1 to 3 beside the front image');
		} else if (video_url === undefined) {
			fault('video_url', 'must be given');
		}
	},
	legacyBody: ({ frontal_image, refer_images, video_url, ...own }) => ({
		...own,
		element_image_list: refer_images && { frontal_image, refer_images },
		element_video_list: video_url === undefined ? undefined : { refer_videos: [{ video_url }] },
	}),
	offers: { legacy: { lacks: ['watermark_info'] } },
});
