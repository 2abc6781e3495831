import { z } from 'zod';

import { CAME, LENGTH } from '../words';
import { defineOperation } from './define';
import { modelName, picture, prompt } from './fields';
import { imageAspectRatio, imageCount } from './images';

const COUNT = `must be 1 to 4, not ${LENGTH}`;

/** Official reference: POST /v1/images/multi-image2image. */
export const multiImage2image = defineOperation({
	kind: 'multi-image2image',
	path: 'images/multi-image2image',
	label: 'Multi-Image to Image',
	title: 'Image → Combine',
	result: 'image',
	initialDelay: 8,
	fields: {
		model_name: modelName,
		subject_image_list: z
			.array(z.object({ subject_image: picture }), { message: `must be a list, not ${CAME}` })
			.min(1, { message: COUNT })
			.max(4, { message: COUNT })
			.describe('Images'),
		scene_image: picture.optional().describe('Scene Image'),
		style_image: picture.optional().describe('Style Image'),
		prompt,
		n: imageCount,
		aspect_ratio: imageAspectRatio,
	},
	offers: { legacy: { defaultModel: 'kling-v2-1' } },
});
