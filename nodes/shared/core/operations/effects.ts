import { z } from 'zod';

import { imagesOf } from '../effects';
import { defineOperation } from './define';
import { faultIn, modeWithout4k, numberAmong, optionalModelName, picture } from './fields';

/** What relays take that have kept an older state of the API, which asked for them; Kling itself takes them no more. */
const OLDER = ['model_name', 'mode', 'duration'] as const;

/**
 * Official reference: POST /v1/videos/effects. One image is `input.image`, two are `input.images`, the left one first.
 * It takes no watermark. The older form is that of V-API, among others: <https://apifox.com/apidoc/docs-site/4287160>.
 */
export const effects = defineOperation({
	kind: 'effects',
	path: 'videos/effects',
	label: 'Video Effects',
	title: 'Video → Apply Effect',
	result: 'video',
	// They take about 320 s on average.
	initialDelay: 60,
	fields: {
		effect_scene: z
			.string({ message: 'must be chosen' })
			.trim()
			.min(1, { message: 'must be chosen' })
			.describe('Effect'),
		image: picture.describe('Image'),
		second_image: picture.optional().describe('Second Image (Right)'),
		model_name: optionalModelName.describe('Model (Relays)'),
		mode: modeWithout4k,
		duration: numberAmong([5, 10], ' seconds').optional().describe('Duration'),
	},
	rules({ effect_scene: effect, second_image }, context) {
		const fault = faultIn(context);
		const images = imagesOf(effect);
		if (images === 2 && second_image === undefined) {
			fault('second_image', `must be given for ${effect}, which is made of two images`);
		}
		if (images === 1 && second_image !== undefined) {
			fault('second_image', `must be None for ${effect}, which is made of one image`);
		}
	},
	legacyBody: ({ effect_scene, image, second_image, ...older }) => ({
		effect_scene,
		input:
			second_image === undefined
				? { image, ...older }
				: { images: [image, second_image], ...older },
	}),
	offers: {
		legacy: { lacks: ['watermark_info', ...OLDER] },
		relay: { lacks: ['watermark_info'], models: ['kling-v1-6', 'kling-v1-5', 'kling-v1'] },
	},
});
