import { z } from 'zod';

import {
	PROMPT_MAX,
	choice,
	common,
	elementList,
	modelName,
	neededText,
	picture,
	text,
	within,
} from './fields';

export const IMAGE_ASPECT_RATIOS = [
	'16:9',
	'9:16',
	'1:1',
	'4:3',
	'3:4',
	'3:2',
	'2:3',
	'21:9',
] as const;

/** Official reference: POST /v1/images/generations. OpenAI-HK takes no model. */
export const imageGenerationRequest = z
	.object({
		kind: z.literal('image-generation'),
		...common,
		model_name: modelName.optional(),
		prompt: neededText(PROMPT_MAX),
		negative_prompt: text(PROMPT_MAX).optional(),
		image: picture.optional(),
		image_reference: choice(['subject', 'face']).optional(),
		image_fidelity: within(0, 1).optional(),
		human_fidelity: within(0, 1).optional(),
		element_list: elementList(10).optional(),
		resolution: choice(['1k', '2k']).optional(),
		n: z
			.number({ message: 'must be a whole number from 1 to 9' })
			.int({ message: 'must be a whole number from 1 to 9' })
			.min(1, { message: 'must be a whole number from 1 to 9' })
			.max(9, { message: 'must be a whole number from 1 to 9' })
			.optional(),
		aspect_ratio: choice(IMAGE_ASPECT_RATIOS).optional(),
	})
	.superRefine((request, context) => {
		const fault = (path: string, message: string) => {
			context.addIssue({ code: 'custom', path: [path], message });
		};
		if (request.image !== undefined && request.negative_prompt !== undefined) {
			fault('negative_prompt', 'cannot be combined with a reference image');
		}
		if (request.image_reference !== undefined && request.image === undefined) {
			fault('image_reference', 'needs a reference image');
		}
		if (request.human_fidelity !== undefined && request.image_reference !== 'subject') {
			fault('human_fidelity', 'works only when Image Reference is Subject');
		}
		const references = (request.element_list?.length ?? 0) + (request.image === undefined ? 0 : 1);
		if (references > 10) fault('element_list', 'and image together may be at most 10');
	});
