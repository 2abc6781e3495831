import { z } from 'zod';

import type { Json } from '../../core/json';
import type { Asked } from '../../core/task';
import { optionalPrompt, optionalSeconds, optionalText } from '../schemas';

const record = z.object({
	request: z.object({
		model: optionalText,
		/** What motion control calls the model. */
		model_name: optionalText,
		mode: optionalText,
		prompt: optionalPrompt,
		duration: optionalSeconds,
	}),
});

/** What a record of `/kling/tasks` tells of the request that made the task. */
export function askedIn(value: Json): Asked | undefined {
	const parsed = record.safeParse(value);
	if (!parsed.success) return undefined;
	const { model, model_name, mode: quality, prompt, duration } = parsed.data.request;
	return { model: model ?? model_name, quality, prompt, duration };
}
