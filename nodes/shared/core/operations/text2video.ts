import { ACE_DATA_VIDEO_MODELS } from './aceDataModels';
import { defineOperation } from './define';
import {
	aspectRatioOfModel,
	cameraControl,
	cfgScale,
	checkMultiShot,
	duration,
	mode,
	modelName,
	negativePrompt,
	promptOfModel,
	shots,
	sound,
	voiceList,
} from './fields';

/** Official reference: POST /v1/videos/text2video; several shots: <https://kling.ai/document-api/api/video/3-0-omni/text-to-video>. */
export const text2video = defineOperation({
	kind: 'text2video',
	path: 'videos/text2video',
	label: 'Text to Video',
	title: 'Video → Generate From Text',
	result: 'video',
	rank: 1,
	fields: {
		model_name: modelName,
		prompt: promptOfModel,
		negative_prompt: negativePrompt,
		...shots,
		voice_list: voiceList,
		sound,
		cfg_scale: cfgScale,
		mode,
		camera_control: cameraControl,
		aspect_ratio: aspectRatioOfModel,
		duration,
	},
	rules: checkMultiShot,
	offers: {
		legacy: { defaultModel: 'kling-v2-5-turbo' },
		openaiHk: {
			only: [
				'model_name',
				'prompt',
				'negative_prompt',
				'cfg_scale',
				'mode',
				'aspect_ratio',
				'duration',
				'camera_control',
				'callback_url',
				'extra',
			],
			defaultModel: 'kling-v1',
			listedModels: ['kling-v1'],
		},
		aceData: {
			path: '/kling/videos',
			action: 'text2video',
			lacks: ['watermark_info', 'external_task_id'],
			defaultModel: 'kling-v2-5-turbo',
			models: ACE_DATA_VIDEO_MODELS,
		},
	},
});
