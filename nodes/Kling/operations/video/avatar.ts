import { modeWithout4k, prompt } from '../../parameters/basics';
import { described, field } from '../../parameters/field';
import { picture } from '../../parameters/picture';
import { soundInput, spokenSpeed } from '../../parameters/sound';
import { number, trimmedText } from '../../parameters/types';
import { generation } from '../builders';

const image = field(
	'image_url',
	picture({
		displayName: 'Image',
		name: 'image',
		description: 'Where the image of the face comes from; with several faces, Kling chooses',
	}),
);

const aceModel = field(
	'model_name',
	trimmedText({
		displayName: 'Model (Ace Data Cloud)',
		name: 'aceModel',
		default: 'kling-v2-1-master',
		description: 'The model that makes the video. Only Ace Data Cloud takes one.',
	}),
);

const aceDuration = field(
	'duration',
	number({
		displayName: 'Duration (Ace Data Cloud)',
		name: 'aceDuration',
		default: 5,
		min: 5,
		max: 10,
		unit: 'seconds',
		description:
			'Seconds of the video, 5 or 10. Only at Ace Data Cloud: elsewhere it is as long as the sound.',
	}),
);

const sound = soundInput({
	length: '2 to 300 seconds',
	text: 'A voice reads it out, by a call that is paid for first. Not at Ace Data Cloud.',
	textLength: 'in at most 1,000 characters',
});

/** Video → Avatar. */
export const avatar = generation('avatar', {
	name: 'Avatar',
	description:
		'Make a face in an image speak (at Ace Data Cloud: a short video of it, whose lips are moved)',
	action: 'Make a face in an image speak',
	fields: [
		image,
		sound,
		prompt({
			placeholder: 'e.g. Calm, with a slight nod',
			description: 'How the person moves, in at most 2,500 characters. May be left empty.',
			rows: 2,
		}),
		described(
			modeWithout4k,
			'Quality of the video. Each second of sound costs twice as much in the higher one.',
		),
	],
	options: [aceDuration, aceModel, spokenSpeed],
	read: (draft, { provider }) => ({
		...draft,
		model_name: draft.model_name ?? provider.defaultModels[draft.kind],
	}),
});
