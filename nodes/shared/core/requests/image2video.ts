import { z } from 'zod';

import {
	PROMPT_MAX,
	MODES,
	VIDEO_ASPECT_RATIOS,
	cameraControl,
	checkMultiShot,
	choice,
	common,
	elementList,
	modelName,
	picture,
	seconds,
	shots,
	text,
	voiceList,
	within,
} from './fields';

const point = z.object({
	x: z.number({ message: 'needs x and y as whole numbers for every point' }).int(),
	y: z.number({ message: 'needs x and y as whole numbers for every point' }).int(),
});

const dynamicMask = z.object({
	mask: picture,
	trajectories: z
		.array(point)
		.min(2, { message: 'needs 2 to 77 points per trajectory' })
		.max(77, { message: 'needs 2 to 77 points per trajectory' }),
});

/** Official reference: POST /v1/videos/image2video. `aspect_ratio` exists at OpenAI-HK and Ace Data Cloud only. */
export const image2videoRequest = z
	.object({
		kind: z.literal('image2video'),
		...common,
		model_name: modelName,
		image: picture.optional(),
		image_tail: picture.optional(),
		prompt: text(PROMPT_MAX).optional(),
		negative_prompt: text(PROMPT_MAX).optional(),
		...shots,
		element_list: elementList(3).optional(),
		voice_list: voiceList.optional(),
		sound: choice(['on', 'off']).optional(),
		cfg_scale: within(0, 1).optional(),
		mode: choice(MODES).optional(),
		static_mask: picture.optional(),
		dynamic_masks: z.array(dynamicMask).max(6, { message: 'takes at most 6 masks' }).optional(),
		camera_control: cameraControl.optional(),
		aspect_ratio: choice(VIDEO_ASPECT_RATIOS).optional(),
		duration: seconds.optional(),
	})
	.superRefine((request, context) => {
		const fault = (path: string, message: string) => {
			context.addIssue({ code: 'custom', path: [path], message });
		};
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
			fault('element_list', 'cannot be combined with Voice IDs');
		}
		// The prompt is optional here, unless the model shall cut it into shots.
		const prompt = request.multi_shot ? request.prompt : (request.prompt ?? 'none');
		checkMultiShot({ ...request, prompt }, context);
	});
