import { defineOperation } from './define';
import {
	choice,
	elementList,
	faultIn,
	keepOriginalSound,
	modelName,
	neededModeWithout4k,
	picture,
	prompt,
	webAddress,
} from './fields';
import { ELEMENTS, LABELS } from '../words';

/**
 * Official reference: POST /v1/videos/motion-control. That elements follow the video:
 * <https://kling.ai/document-api/api/video/3-0-omni/motion-control>.
 */
export const motionControl = defineOperation({
	kind: 'motion-control',
	path: 'videos/motion-control',
	label: 'Motion Control',
	title: 'Video → Transfer Motion',
	result: 'video',
	rank: 5,
	fields: {
		model_name: modelName,
		prompt,
		image_url: picture.describe('Character Image'),
		video_url: webAddress.describe('Motion Video URL'),
		element_list: elementList(1),
		keep_original_sound: keepOriginalSound,
		character_orientation: choice(['image', 'video'], LABELS.character_orientation).describe(
			'Character Orientation',
		),
		mode: neededModeWithout4k,
	},
	rules(request, context) {
		if (request.element_list && request.character_orientation !== 'video') {
			faultIn(context)(
				'character_orientation',
				`must be ${LABELS.character_orientation.video} when ${ELEMENTS} are given`,
			);
		}
	},
	offers: {
		legacy: { defaultModel: 'kling-v2-6' },
		aceData: {
			path: '/kling/motion',
			modelField: 'model_name',
			recordType: 'motion',
			lacks: ['element_list', 'external_task_id'],
			defaultModel: 'kling-v2-6',
		},
	},
});
