import { modeWithout4k, prompt } from '../../parameters/basics';
import { elements } from '../../parameters/cited';
import { field } from '../../parameters/field';
import { model } from '../../parameters/model';
import { keepOriginalSound } from '../../parameters/options';
import { picture } from '../../parameters/picture';
import { choice } from '../../parameters/types';
import { anyMedia } from '../../parameters/videoFile';
import { generation } from '../builders';

const characterImage = field(
	'image_url',
	picture({
		displayName: 'Character Image',
		name: 'image',
		description: 'Where the image of the character comes from',
		large: 'uploaded',
	}),
);

const motionVideo = field(
	'video_url',
	anyMedia({
		of: 'video',
		title: 'Motion Video',
		name: 'videoUrl',
		required: true,
		placeholder: 'e.g. https://example.com/dance.mp4',
		description: 'Where the video comes from whose movements are taken',
		maxMb: 100,
		limits:
			'MP4 or MOV, at most 100 MB, each side 340 to 3850 pixels, 3 to 30 seconds (10 when the orientation follows the image)',
	}),
);

const orientation = field(
	'character_orientation',
	choice({
		displayName: 'Character Orientation',
		name: 'characterOrientation',
		default: 'video',
		description: 'Which way the character faces',
		options: [
			{
				name: 'Same as Image',
				value: 'image',
				description: 'As in the image; the camera stays, the video may last 10 seconds',
			},
			{
				name: 'Same as Video',
				value: 'video',
				description: 'As in the video, which may last 30 seconds',
			},
		],
	}),
);

/** Video → Transfer Motion. */
export const motionControl = generation('motion-control', {
	name: 'Transfer Motion',
	description: 'Make a character move like the person in a video',
	action: 'Transfer motion to a character',
	fields: [
		characterImage,
		motionVideo,
		orientation,
		prompt({
			placeholder: 'e.g. On a stage with colored light',
			description: 'What else the video shows, in at most 2,500 characters. May be left empty.',
			rows: 3,
		}),
		model,
		modeWithout4k,
	],
	options: [
		elements({
			most: 1,
			ids: 'ID of one element, as text, only when the orientation follows the video',
		}),
		keepOriginalSound('Whether to keep the sound of the motion video'),
	],
});
