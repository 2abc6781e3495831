import { z } from 'zod';

import { ACE_DATA_VIDEO_MODELS } from './aceDataModels';
import { defineOperation } from './define';
import {
	cameraControl,
	cfgScale,
	checkMultiShot,
	duration,
	elementList,
	faultIn,
	listUpTo,
	mode,
	modelName,
	negativePrompt,
	picture,
	promptOfModel,
	shots,
	sound,
	videoAspectRatio,
	voiceList,
} from './fields';
import { LENGTH, VOICES } from '../words';

const POINTS = `needs 2 to 77 points per trajectory, not ${LENGTH}`;
const COORDINATES = 'needs x and y as whole numbers for every point';

const point = z.object({
	x: z.number({ message: COORDINATES }).int(),
	y: z.number({ message: COORDINATES }).int(),
});

const dynamicMask = z.object({
	mask: picture,
	trajectories: z.array(point).min(2, { message: POINTS }).max(77, { message: POINTS }),
});

/**
 * Official reference: POST /v1/videos/image2video; elements: <https://kling.ai/document-api/api/video/3-0-omni/image-to-video>.
 * `aspect_ratio` exists at OpenAI-HK (<https://www.openai-hk.com/docs/lab/kling>) and Ace Data Cloud only.
 */
export const image2video = defineOperation({
	kind: 'image2video',
	path: 'videos/image2video',
	label: 'Image to Video',
	title: 'Video → Generate From Image',
	result: 'video',
	rank: 2,
	fields: {
		model_name: modelName,
		image: picture.optional().describe('First Frame'),
		image_tail: picture.optional().describe('Last Frame'),
		// Kling's newer API alone knows them: <https://docs.comfy.org>, Kling 4.0.
		middle_frames: listUpTo(8, picture).optional().describe('Middle Frames'),
		prompt: promptOfModel,
		negative_prompt: negativePrompt,
		...shots,
		element_list: elementList(3),
		voice_list: voiceList,
		sound,
		cfg_scale: cfgScale,
		mode,
		static_mask: picture.optional().describe('Static Mask'),
		dynamic_masks: z
			.array(dynamicMask)
			.max(6, { message: `takes at most 6 masks, not ${LENGTH}` })
			.optional()
			.describe('Motion Brush'),
		camera_control: cameraControl,
		aspect_ratio: videoAspectRatio,
		duration,
	},
	rules(request, context) {
		const fault = faultIn(context);
		const masks = request.static_mask !== undefined || request.dynamic_masks !== undefined;
		if (request.image === undefined && request.image_tail === undefined) {
			fault('image', 'or Last Frame must be given');
		}
		if (request.image_tail !== undefined && masks) {
			fault('image_tail', 'cannot be combined with Static Mask or Motion Brush');
		}
		if (request.image_tail !== undefined && request.camera_control) {
			fault('image_tail', 'cannot be combined with Camera Movement');
		}
		if (masks && request.camera_control) {
			fault('camera_control', 'cannot be combined with Static Mask or Motion Brush');
		}
		if (request.element_list && request.voice_list) {
			fault('element_list', `cannot be combined with ${VOICES}`);
		}
		// The prompt is optional here, unless the model is to cut it into shots.
		const prompted = request.multi_shot ? request.prompt : (request.prompt ?? 'none');
		checkMultiShot({ ...request, prompt: prompted }, context);
	},
	offers: {
		legacy: { lacks: ['aspect_ratio'], defaultModel: 'kling-v2-5-turbo' },
		relay: { lacks: ['aspect_ratio', 'middle_frames'], defaultModel: 'kling-v2-5-turbo' },
		openaiHk: {
			only: [
				'model_name',
				'prompt',
				'negative_prompt',
				'cfg_scale',
				'mode',
				'aspect_ratio',
				'duration',
				'image',
				'image_tail',
				'callback_url',
				'extra',
			],
			defaultModel: 'kling-v1-5',
			listedModels: ['kling-v1-5', 'kling-v1'],
		},
		aceData: {
			path: '/kling/videos',
			action: 'image2video',
			lacks: [
				'middle_frames',
				'static_mask',
				'dynamic_masks',
				'camera_control',
				'watermark_info',
				'external_task_id',
			],
			defaultModel: 'kling-v2-5-turbo',
			models: ACE_DATA_VIDEO_MODELS,
		},
	},
});
