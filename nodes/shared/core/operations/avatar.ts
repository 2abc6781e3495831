import { checkSound, soundFields } from '../sound';
import { defineOperation } from './define';
import { duration, modeWithout4k, optionalModelName, picture, prompt } from './fields';

/**
 * A face in an image that speaks. Official reference: POST /v1/videos/avatar/image2video. Ace Data Cloud's is another thing:
 * it makes a video of the image, and then moves its lips.
 */
export const avatar = defineOperation({
	kind: 'avatar',
	path: 'videos/avatar/image2video',
	label: 'Avatar',
	title: 'Video → Avatar',
	result: 'video',
	initialDelay: 60,
	fields: {
		model_name: optionalModelName.describe('Model (Ace Data Cloud)'),
		image_url: picture.describe('Image'),
		...soundFields,
		prompt,
		mode: modeWithout4k,
		duration: duration.describe('Duration (Ace Data Cloud)'),
	},
	rules: checkSound,
	legacyBody: ({ image_url: image, sound_length: _length, ...own }) => ({ image, ...own }),
	instead: {
		audio_id: 'URL or Binary File as Sound Input Type',
		text: 'URL or Binary File as Sound Input Type',
	},
	offers: {
		legacy: { lacks: ['model_name', 'duration'] },
		aceData: {
			path: '/kling/talking-photo',
			recordType: 'talking-photo',
			lacks: [
				'audio_id',
				'text',
				'voice_id',
				'voice_language',
				'voice_speed',
				'external_task_id',
				'watermark_info',
			],
			defaultModel: 'kling-v2-1-master',
			models: [
				'kling-v2-6',
				'kling-v2-5-turbo',
				'kling-v2-1-master',
				'kling-v2-master',
				'kling-v1-6',
				'kling-v1',
			],
		},
	},
});
