import { z } from 'zod';

import {
	PROMPT_MAX,
	VIDEO_ASPECT_RATIOS,
	MODES,
	cameraControl,
	checkMultiShot,
	choice,
	common,
	modelName,
	seconds,
	shots,
	text,
	voiceList,
	within,
} from './fields';

/** Official reference: POST /v1/videos/text2video. */
export const text2videoRequest = z
	.object({
		kind: z.literal('text2video'),
		...common,
		model_name: modelName,
		prompt: text(PROMPT_MAX).optional(),
		negative_prompt: text(PROMPT_MAX).optional(),
		...shots,
		voice_list: voiceList.optional(),
		sound: choice(['on', 'off']).optional(),
		cfg_scale: within(0, 1).optional(),
		mode: choice(MODES).optional(),
		camera_control: cameraControl.optional(),
		aspect_ratio: choice(VIDEO_ASPECT_RATIOS).optional(),
		duration: seconds.optional(),
	})
	.superRefine(checkMultiShot);
