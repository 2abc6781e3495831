import { z } from 'zod';

import { defineOperation } from './define';
import { optionalModelName, picture } from './fields';

/**
 * A person in other clothes. Official reference: POST /solutions/virtual_try_on of the Solutions API. Relays have the older
 * POST /v1/images/kolors-virtual-try-on, which takes base64, too, and a model, but no wish to keep anything.
 */
export const virtualTryOn = defineOperation({
	kind: 'virtual-try-on',
	path: 'images/kolors-virtual-try-on',
	label: 'Virtual Try-On',
	title: 'Image → Try On Clothes',
	result: 'image',
	initialDelay: 10,
	fields: {
		model_name: optionalModelName.describe('Model (Relays)'),
		human_image: picture.describe('Person'),
		cloth_image: picture.describe('Garment'),
		keep_face: z.boolean().optional().describe('Keep Face'),
		keep_pose: z.boolean().optional().describe('Keep Pose'),
		keep_background: z.boolean().optional().describe('Keep Background'),
	},
	contents: {
		cloth_image: { type: 'product_image', member: 'url', addressOnly: true },
		human_image: { type: 'person_image', member: 'url', addressOnly: true },
	},
	offers: {
		solutions: { path: '/solutions/virtual_try_on', lacks: ['model_name'] },
		relay: {
			lacks: ['keep_face', 'keep_pose', 'keep_background', 'watermark_info'],
			defaultModel: 'kolors-virtual-try-on-v1',
			models: ['kolors-virtual-try-on-v1-5', 'kolors-virtual-try-on-v1'],
		},
		aceData: {
			path: '/kling/virtual-try-on',
			recordType: 'virtual-try-on',
			lacks: ['model_name', 'external_task_id'],
		},
	},
});
