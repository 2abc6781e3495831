import { z } from 'zod';

import { common, modelName, text, within } from './fields';

/** Official reference: POST /v1/videos/video-extend. Model and mode follow the source; only Ace Data Cloud takes a model. */
export const videoExtendRequest = z.object({
	kind: z.literal('video-extend'),
	...common,
	model_name: modelName.optional(),
	video_id: z
		.string({ message: 'must not be empty' })
		.trim()
		.min(1, { message: 'must not be empty' }),
	prompt: text(2500).optional(),
	negative_prompt: text(2500).optional(),
	cfg_scale: within(0, 1).optional(),
});
