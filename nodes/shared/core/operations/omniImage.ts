import { z } from 'zod';

import { CAME, ELEMENTS, LABELS } from '../words';
import { defineOperation } from './define';
import type { ModelFault } from './define';
import { choice, elementList, faultIn, modelName, neededPrompt, picture } from './fields';
import { IMAGE_ASPECT_RATIOS, imageCount, wholeWithin } from './images';

/** Images and elements together. */
const MOST_REFERENCES = 10;

/** A series has so many images, or as many as Kling finds right. */
const AMOUNT = `must be a whole number from 2 to 9, or auto, not ${CAME}`;

/** <https://kling.ai/document-api/api/image/o1/image-omni>: neither series nor 4K. */
function checkO1(
	{ result_type, resolution }: { result_type?: string; resolution?: string },
	{ fault, model }: ModelFault,
): void {
	if (result_type === 'series') {
		fault('result_type', `cannot be ${LABELS.result_type.series} with ${model}`);
	}
	if (resolution === '4k') fault('resolution', `cannot be 4K with ${model}`);
}

/**
 * Official reference: POST /v1/images/omni-image. The prompt cites its references as <<<image_1>>>. What a series and single
 * images exclude: <https://kling.ai/document-api/api/image/3-0-omni/image-omni>.
 */
export const omniImage = defineOperation({
	kind: 'omni-image',
	path: 'images/omni-image',
	label: 'Omni Image',
	title: 'Image → Generate From References',
	result: 'image',
	initialDelay: 12,
	fields: {
		model_name: modelName,
		prompt: neededPrompt,
		image_list: z
			.array(z.object({ image: picture }))
			.optional()
			.describe('Images'),
		element_list: elementList(MOST_REFERENCES),
		resolution: choice(['1k', '2k', '4k'], LABELS.resolution).optional().describe('Resolution'),
		result_type: choice(['single', 'series'], LABELS.result_type).optional().describe('Result'),
		n: imageCount,
		series_amount: z
			.union([wholeWithin(2, 9), z.literal('auto')], { message: AMOUNT })
			.optional()
			.describe('Images in the Series'),
		aspect_ratio: choice(['auto', ...IMAGE_ASPECT_RATIOS])
			.optional()
			.describe('Aspect Ratio'),
	},
	modelRules: {
		'kling-image-o1': checkO1,
		'kling-v3-omni'({ aspect_ratio, image_list = [], element_list = [] }, { fault, model }) {
			if (aspect_ratio === 'auto' && image_list.length + element_list.length === 0) {
				fault('aspect_ratio', `cannot be auto with ${model} when there is no reference`);
			}
		},
	},
	rules(request, context) {
		const fault = faultIn(context);
		const { image_list: images = [], element_list: elements = [] } = request;
		const count = images.length + elements.length;
		if (count > MOST_REFERENCES) {
			fault(
				'image_list',
				`and ${ELEMENTS} together may be at most ${MOST_REFERENCES}, not ${count}`,
			);
		}
		if (request.result_type === 'series' ? request.n !== undefined : request.series_amount) {
			const field = request.result_type === 'series' ? 'n' : 'series_amount';
			fault(
				field,
				`does not go with Result = ${LABELS.result_type[request.result_type ?? 'single']}`,
			);
		}
	},
	offers: { legacy: { defaultModel: 'kling-image-o1' } },
});
