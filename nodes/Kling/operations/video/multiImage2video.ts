import { aspectRatio, durationOfReferences, modeWithout4k, prompt } from '../../parameters/basics';
import { field } from '../../parameters/field';
import { model } from '../../parameters/model';
import { negativePrompt } from '../../parameters/options';
import { pictureList } from '../../parameters/pictureList';
import { generation } from '../builders';

const images = field(
	'image_list',
	pictureList({
		description:
			'Where the images come from: up to 7, with the older kling-v1-6 (probably gone at official Kling) up to 4',
	}),
	(list) => list.map(({ picture }) => ({ image: picture })),
);

/** Video → Generate From Multiple Images. */
export const multiImage2video = generation('multi-image2video', {
	name: 'Generate From Multiple Images',
	description: 'Make a video that shows the subjects of several images together',
	action: 'Generate video from multiple images',
	fields: [
		images,
		prompt({
			placeholder: 'e.g. The woman walks the dog along the beach',
			description:
				'What happens in the video, in at most 2,500 characters. It may cite the images as &lt;&lt;&lt;image_1&gt;&gt;&gt;; if it cites none, the node cites them all (not with kling-v1-6).',
			required: true,
		}),
		model,
		modeWithout4k,
		durationOfReferences,
		aspectRatio,
	],
	options: [negativePrompt],
});
