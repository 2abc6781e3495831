import { z } from 'zod';

import { PROMPT_MAX, common, modelName, text, within } from './fields';

/** Official reference: POST /v1/videos/video-extend. Model and mode follow the source; only Ace Data Cloud takes a model. */
export const videoExtendRequest = z.object({
	kind: z.literal('video-extend'),
	...common,
	model_name: modelName.optional(),
	video_id: z
		.string({ message: 'must not be empty' })
		.trim()
		.min(1, { message: 'must not be empty' }),
	prompt: text(PROMPT_MAX).optional(),
	negative_prompt: text(PROMPT_MAX).optional(),
	cfg_scale: within(0, 1).optional(),
});
