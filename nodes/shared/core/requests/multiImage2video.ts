import { z } from 'zod';

import {
	PROMPT_MAX,
	VIDEO_ASPECT_RATIOS,
	choice,
	common,
	modelName,
	neededText,
	picture,
	seconds,
	text,
} from './fields';

/** Official reference: POST /v1/videos/multi-image2video. */
export const multiImage2videoRequest = z.object({
	kind: z.literal('multi-image2video'),
	...common,
	model_name: modelName,
	image_list: z
		.array(z.object({ image: picture }))
		.min(1, { message: 'must hold 1 to 4 images' })
		.max(4, { message: 'must hold 1 to 4 images' }),
	prompt: neededText(PROMPT_MAX),
	negative_prompt: text(PROMPT_MAX).optional(),
	mode: choice(['std', 'pro']).optional(),
	duration: seconds.optional(),
	aspect_ratio: choice(VIDEO_ASPECT_RATIOS).optional(),
});
