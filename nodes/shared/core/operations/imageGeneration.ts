import { defineOperation } from './define';
import {
	choice,
	elementList,
	faultIn,
	neededPrompt,
	negativePrompt,
	optionalModelName,
	picture,
	within,
} from './fields';
import { imageAspectRatio, imageCount } from './images';
import { LABELS } from '../words';

/** Elements and the reference image together. */
const MOST_REFERENCES = 10;

/**
 * Official reference: POST /v1/images/generations, <https://kling.ai/document-api/api/image/3-0-omni/image-generation>.
 * OpenAI-HK takes no model.
 */
export const imageGeneration = defineOperation({
	kind: 'image-generation',
	path: 'images/generations',
	label: 'Image Generation',
	title: 'Image → Generate',
	result: 'image',
	rank: 4,
	initialDelay: 8,
	fields: {
		model_name: optionalModelName,
		prompt: neededPrompt,
		negative_prompt: negativePrompt,
		image: picture.optional().describe('Reference Image'),
		image_reference: choice(['subject', 'face'], LABELS.image_reference)
			.optional()
			.describe('Image Reference'),
		image_fidelity: within(0, 1).optional().describe('Image Fidelity'),
		human_fidelity: within(0, 1).optional().describe('Face Fidelity'),
		element_list: elementList(MOST_REFERENCES),
		resolution: choice(['1k', '2k'], LABELS.resolution).optional().describe('Resolution'),
		n: imageCount,
		aspect_ratio: imageAspectRatio,
	},
	rules(request, context) {
		const fault = faultIn(context);
		if (request.image !== undefined && request.negative_prompt !== undefined) {
			fault('negative_prompt', 'cannot be combined with a reference image');
		}
		if (request.image_reference !== undefined && request.image === undefined) {
			fault('image_reference', 'needs a reference image');
		}
		if (request.human_fidelity !== undefined && request.image_reference !== 'subject') {
			fault(
				'human_fidelity',
				`works only when Image Reference is ${LABELS.image_reference.subject}`,
			);
		}
		const references = (request.element_list?.length ?? 0) + (request.image === undefined ? 0 : 1);
		if (references > MOST_REFERENCES) {
			fault('element_list', `and Reference Image together may be at most 10, not ${references}`);
		}
	},
	instead: { model_name: 'Default for the Service as Model' },
	offers: {
		legacy: { defaultModel: 'kling-v2-1' },
		openaiHk: {
			only: [
				'prompt',
				'negative_prompt',
				'image',
				'image_fidelity',
				'n',
				'aspect_ratio',
				'callback_url',
				'extra',
			],
		},
	},
});
