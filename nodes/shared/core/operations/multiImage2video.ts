import { z } from 'zod';

import { ACE_DATA_OMNI_MODELS } from './aceDataModels';
import { defineOperation } from './define';
import {
	duration,
	modeWithout4k,
	modelName,
	neededPrompt,
	negativePrompt,
	picture,
	videoAspectRatio,
} from './fields';

const COUNT = 'must hold 1 to 4 images';

/** Official reference: POST /v1/videos/multi-image2video. */
export const multiImage2video = defineOperation({
	kind: 'multi-image2video',
	path: 'videos/multi-image2video',
	label: 'Multi-Image to Video',
	title: 'Video → Generate From Multiple Images',
	result: 'video',
	fields: {
		model_name: modelName,
		image_list: z
			.array(z.object({ image: picture }))
			.min(1, { message: COUNT })
			.max(4, { message: COUNT })
			.describe('Images'),
		prompt: neededPrompt,
		negative_prompt: negativePrompt,
		mode: modeWithout4k,
		duration,
		aspect_ratio: videoAspectRatio,
	},
	offers: {
		legacy: { defaultModel: 'kling-v1-6' },
		aceData: {
			path: '/kling/videos',
			action: 'text2video',
			// Its records do not tell the two apart.
			listedAs: 'omni-video',
			lacks: ['negative_prompt', 'watermark_info', 'external_task_id'],
			defaultModel: 'kling-v3-omni',
			models: ACE_DATA_OMNI_MODELS,
		},
	},
});
