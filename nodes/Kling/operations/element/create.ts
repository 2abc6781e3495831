import { field } from '../../parameters/field';
import { pickedFrom } from '../../parameters/library';
import { picture } from '../../parameters/picture';
import { pictureList } from '../../parameters/pictureList';
import { address, choices, trimmedText } from '../../parameters/types';
import { generation } from '../builders';

/** One kind of task, made from images or from a video. */
const KIND = 'advanced-custom-elements';

const name = field(
	'element_name',
	trimmedText({
		displayName: 'Name',
		name: 'elementName',
		required: true,
		placeholder: 'e.g. Mara',
		description: 'What to call the element, in at most 20 characters',
	}),
);

const description = field(
	'element_description',
	trimmedText({
		displayName: 'Description',
		name: 'elementDescription',
		required: true,
		placeholder: 'e.g. Red coat, short hair',
		description: 'What it looks like, in at most 100 characters',
	}),
);

const frontImage = field(
	'frontal_image',
	picture({
		displayName: 'Front Image',
		name: 'frontImage',
		description: 'Where the image comes from that shows it from the front',
	}),
);

const views = pictureList({
	displayName: 'Other Images',
	listed: '1 to 3 images beside the one from the front',
	description: 'Where the other images come from: 1 to 3 that show it from other sides, or closer',
	binaryDefault: 'data_1',
});

const otherViews = field('refer_images', views, (pictures) =>
	pictures.map(({ picture: image_url }) => ({ image_url })),
);

const video = field(
	'video_url',
	address({
		of: 'video',
		displayName: 'Video URL',
		name: 'videoUrl',
		required: true,
		placeholder: 'e.g. https://example.com/mara.mp4',
		description:
			'Web address of a video of one real person: MP4 or MOV, 3 to 8 seconds, 1080p, 16:9 or 9:16, at most 200 MB. A voice in it becomes the voice of the element.',
	}),
);

const voice = field(
	'element_voice_id',
	pickedFrom('voice', {
		name: 'elementVoiceId',
		description: 'The voice that the element speaks with; for people only',
	}),
);

const tags = field(
	'tag_list',
	choices({
		displayName: 'Tags',
		name: 'tags',
		description: 'What kind of thing it is, by which the console of Kling sorts elements',
		options: [
			{ name: 'Animal', value: 'o_103' },
			{ name: 'Character', value: 'o_102' },
			{ name: 'Costume', value: 'o_105' },
			{ name: 'Effect', value: 'o_107' },
			{ name: 'Hottest', value: 'o_101' },
			{ name: 'Item', value: 'o_104' },
			{ name: 'Others', value: 'o_108' },
			{ name: 'Scene', value: 'o_106' },
		],
	}),
	(ids) => ids.map((tag_id) => ({ tag_id })),
);

/** Element → Create From Images. */
export const createFromImages = generation(KIND, {
	value: 'createFromImages',
	name: 'Create From Images',
	description: 'Make a subject from 2 to 4 images of it, to show it in any number of results',
	action: 'Create an element from images',
	fields: [name, description, frontImage, otherViews],
	options: [tags, voice],
	read: (draft) => ({ ...draft, reference_type: 'image_refer' }),
});

/** Element → Create From Video. */
export const createFromVideo = generation(KIND, {
	value: 'createFromVideo',
	name: 'Create From Video',
	description: 'Make a person from a short video of them, voice included (kling-v3-omni only)',
	action: 'Create an element from video',
	fields: [name, description, video],
	options: [tags, voice],
	read: (draft) => ({ ...draft, reference_type: 'video_refer' }),
});
