import { field } from '../../parameters/field';
import { picture } from '../../parameters/picture';
import { generation } from '../builders';

const frontView = field(
	'element_frontal_image',
	picture({
		displayName: 'Front View',
		name: 'image',
		description: 'Where the image of the subject from the front comes from',
	}),
);

/** Image → Make Views. */
export const makeViews = generation('ai-multi-shot', {
	name: 'Make Views',
	description:
		'Show the subject of an image from other sides: three sets of three views each, in one call that is paid for',
	action: 'Make views of a subject',
	fields: [frontView],
	options: [],
});
