import { z } from 'zod';

import {
	PROMPT_MAX,
	choice,
	common,
	elementList,
	modelName,
	picture,
	text,
	webAddress,
} from './fields';

/** Official reference: POST /v1/videos/motion-control. */
export const motionControlRequest = z
	.object({
		kind: z.literal('motion-control'),
		...common,
		model_name: modelName,
		prompt: text(PROMPT_MAX).optional(),
		image_url: picture,
		video_url: webAddress,
		element_list: elementList(1).optional(),
		keep_original_sound: choice(['yes', 'no']).optional(),
		character_orientation: choice(['image', 'video']),
		mode: choice(['std', 'pro']),
	})
	.superRefine((request, context) => {
		if (request.element_list && request.character_orientation !== 'video') {
			context.addIssue({
				code: 'custom',
				path: ['character_orientation'],
				message: 'must be Same as Video when Element IDs are given',
			});
		}
	});
