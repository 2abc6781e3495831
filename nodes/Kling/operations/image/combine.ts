import { prompt } from '../../parameters/basics';
import { field } from '../../parameters/field';
import { imageAspectRatio, imageCount } from '../../parameters/imageOptions';
import { model } from '../../parameters/model';
import { picture } from '../../parameters/picture';
import { pictureList } from '../../parameters/pictureList';
import { generation } from '../builders';

const subjects = field(
	'subject_image_list',
	pictureList({
		description: 'Where the images of the subjects come from: 1 to 4, already cropped',
	}),
	(list) => list.map(({ picture: image }) => ({ subject_image: image })),
);

const sceneImage = field(
	'scene_image',
	picture({
		displayName: 'Scene Image',
		name: 'sceneImage',
		description: 'Where the image of the scene comes from, if there is one',
		presence: 'off',
		binaryDefault: 'data_1',
	}),
);

const styleImage = field(
	'style_image',
	picture({
		displayName: 'Style Image',
		name: 'styleImage',
		description: 'Where the image that shows the style comes from, if there is one',
		presence: 'off',
		binaryDefault: 'data_2',
	}),
);

/** Image → Combine. */
export const combineImages = generation('multi-image2image', {
	name: 'Combine',
	description: 'Put the subjects of several images into one, with a scene and a style if wanted',
	action: 'Combine images',
	fields: [
		subjects,
		prompt({
			placeholder: 'e.g. The two sit at a table in a garden',
			description: 'What the image shows, in at most 2,500 characters',
		}),
		sceneImage,
		styleImage,
		model,
		imageCount(),
		imageAspectRatio(),
	],
	options: [],
});
