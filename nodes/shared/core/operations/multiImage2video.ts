import { z } from 'zod';

import { ACE_DATA_OMNI_MODELS } from './aceDataModels';
import { checkCitations, citingImages } from '../citations';
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

/** Official reference: POST /v1/videos/multi-image2video. 7 images: <https://platform.acedata.cloud/documents/kling-videos>. */
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
			.min(1, { message: 'must contain at least 1 image' })
			.describe('Images'),
		prompt: neededPrompt,
		negative_prompt: negativePrompt,
		mode: modeWithout4k,
		duration,
		aspect_ratio: videoAspectRatio,
	},
	modelRules: {
		'kling-v1-6'({ image_list: { length } }, { fault, model }) {
			if (length > 4) fault('image_list', `may be at most 4 with ${model}, not ${length}`);
		},
		'kling-v3-omni': checkCitations,
		'kling-video-o1': checkCitations,
	},
	madeAs: ({ image_list: images, prompt, ...same }) => ({
		...same,
		prompt: citingImages(prompt, images.length),
		image_list: images.map(({ image }) => ({ image_url: image })),
	}),
	offers: {
		legacy: {
			defaultModel: 'kling-v3-omni',
			// The path has no model of its own any more: kling-v1-6 is gone.
			elsewhere: { as: 'omni-video', models: ['kling-v3-omni', 'kling-video-o1'] },
			most: { image_list: 7 },
		},
		aceData: {
			path: '/kling/videos',
			action: 'text2video',
			// Its records do not tell the two apart.
			listedAs: 'omni-video',
			lacks: ['negative_prompt', 'watermark_info', 'external_task_id'],
			most: { image_list: 7 },
			defaultModel: 'kling-v3-omni',
			models: ACE_DATA_OMNI_MODELS,
		},
	},
});
