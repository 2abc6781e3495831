import type { FieldName } from '../../../shared/core/requests';
import { prompt } from '../../parameters/basics';
import { field } from '../../parameters/field';
import { imageCount } from '../../parameters/imageOptions';
import { picture } from '../../parameters/picture';
import { number } from '../../parameters/types';
import { generation } from '../builders';

const image = field(
	'image',
	picture({ displayName: 'Image', name: 'image', description: 'Where the image comes from' }),
);

/** How far the picture grows on one side. */
function side(name: FieldName, direction: string, measure: 'height' | 'width') {
	return field(
		name,
		number({
			displayName: `Expand ${direction}`,
			name: `expand${direction}`,
			default: 0,
			min: 0,
			max: 2,
			precision: 2,
			description: `How much is added on this side, from 0 to 2 times the ${measure} of the image. All sides together may make it 3 times as large.`,
		}),
	);
}

/** Image → Expand. */
export const expandImage = generation('expand', {
	name: 'Expand',
	description: 'Continue an image beyond its edges',
	action: 'Expand an image',
	fields: [
		image,
		side('up_expansion_ratio', 'Up', 'height'),
		side('down_expansion_ratio', 'Down', 'height'),
		side('left_expansion_ratio', 'Left', 'width'),
		side('right_expansion_ratio', 'Right', 'width'),
		prompt({
			placeholder: 'e.g. A wide beach under a cloudy sky',
			description:
				'What is to be seen beyond the edges, in at most 2,500 characters. If left empty, Kling decides by the image.',
			rows: 2,
		}),
		imageCount(),
	],
	options: [],
});
