import { defineOperation } from './define';
import { picture } from './fields';

/** Official reference: POST /v1/general/ai-multi-shot. It takes no model and no watermark. */
export const aiMultiShot = defineOperation({
	kind: 'ai-multi-shot',
	path: 'general/ai-multi-shot',
	findsByName: false,
	label: 'Multi-View Images',
	title: 'Image → Make Views',
	result: 'image',
	initialDelay: 15,
	fields: { element_frontal_image: picture.describe('Front View') },
	offers: { legacy: { lacks: ['watermark_info'] } },
});
