import { durationOf, modeWithout4k } from '../../parameters/basics';
import { effect, image, secondImage } from '../../parameters/effect';
import { described, field } from '../../parameters/field';
import { trimmedText } from '../../parameters/types';
import { generation } from '../builders';

const model = trimmedText({
	displayName: 'Model (Relays)',
	name: 'relayModel',
	default: 'kling-v1-6',
	description:
		'The model that makes the video. Only relays that have kept an older state of the API ask for it.',
});

/** Video → Apply Effect. */
export const effects = generation('effects', {
	name: 'Apply Effect',
	description: 'Make a video of one or two images with a ready-made effect',
	action: 'Apply an effect to an image',
	fields: [effect, image, secondImage],
	options: [
		field('model_name', model),
		described(
			modeWithout4k,
			'Quality of the video. Only relays that have kept an older state of the API ask for it.',
		),
		durationOf({
			min: 5,
			max: 10,
			description:
				'Length of the video: 5 or 10. Only relays that have kept an older state of the API ask for it.',
		}),
	],
});
