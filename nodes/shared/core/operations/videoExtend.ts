import { defineOperation } from './define';
import { cfgScale, negativePrompt, optionalModelName, prompt, videoId } from './fields';

/** Official reference: POST /v1/videos/video-extend. Model and mode follow the source; only Ace Data Cloud takes a model. */
export const videoExtend = defineOperation({
	kind: 'video-extend',
	path: 'videos/video-extend',
	label: 'Video Extension',
	title: 'Video → Extend',
	result: 'video',
	fields: {
		model_name: optionalModelName.describe('Model (Ace Data Cloud)'),
		video_id: videoId.describe('Video ID'),
		prompt,
		negative_prompt: negativePrompt,
		cfg_scale: cfgScale,
	},
	offers: {
		legacy: { lacks: ['model_name'] },
		aceData: {
			path: '/kling/videos',
			action: 'extend',
			lacks: ['watermark_info', 'external_task_id'],
			defaultModel: 'kling-v1-6',
			// Its pages name different ones; the service has the last word.
			models: ['kling-v2-5-turbo', 'kling-v1-6', 'kling-v1-5', 'kling-v1'],
		},
	},
});
