import { field, propertiesOf } from '../../parameters/field';
import type { Field } from '../../parameters/field';
import { soundInput, spokenSpeed } from '../../parameters/sound';
import { sourceVideo } from '../../parameters/sourceVideo';
import { choice, id, number } from '../../parameters/types';
import { generation } from '../builders';

const BY_LENGTH = 'longest';
const CHOSEN = 'chosen';

const face = choice({
	displayName: 'Face',
	name: 'face',
	default: BY_LENGTH,
	description: 'Whose lips move',
	options: [
		{
			name: 'Chosen by Its ID',
			value: CHOSEN,
			description: 'One of those that Find Faces has found',
		},
		{
			name: 'Seen Longest',
			value: BY_LENGTH,
			description: 'The faces in the video are found first',
		},
	],
});

const whenChosen = { show: { face: [CHOSEN] } };

const sessionId = id({
	displayName: 'Session ID',
	name: 'sessionId',
	required: true,
	placeholder: 'e.g. 829836802793406551',
	description: 'The sessionId that Find Faces returned for the video, at most 24 hours old',
	displayOptions: whenChosen,
});

const faceId = id({
	displayName: 'Face ID',
	name: 'faceId',
	required: true,
	placeholder: 'e.g. 0',
	description: 'The faceId of one of the faces that Find Faces returned',
	displayOptions: whenChosen,
});

const video = sourceVideo({
	limits: 'MP4 or MOV, at most 100 MB, 720p or 1080p',
	length: '2 to 60 seconds (10 at Ace Data Cloud and most relays)',
	maxMb: 100,
	doing: { toDo: 'give a voice to', done: 'was given a voice' },
	displayOptions: { show: { face: [BY_LENGTH] } },
});

/** A session is that of a video: who has chosen a face has chosen the video, too. */
const faceAndVideo: Field = {
	properties: propertiesOf([face, video, sessionId, faceId]),
	async read(item) {
		if (face.read(item) !== CHOSEN) return await video.read(item);
		return { session_id: sessionId.read(item), face_id: faceId.read(item) };
	},
};

const sound = soundInput({
	length: '2 to 60 seconds',
	text: 'A voice reads it out. Where that is a call of its own, it is paid for first.',
	textLength: 'in at most 1,000 characters (120 at Ace Data Cloud and most relays)',
	speechNeeds:
		'. Sound End (Seconds) is needed as well, unless the incoming item has the duration beside this audioId.',
});

const soundStart = field(
	'sound_start_time',
	number({
		displayName: 'Sound Start (Seconds)',
		name: 'soundStart',
		default: 0,
		min: 0,
		max: 60,
		precision: 3,
		description: 'From where on the sound is heard',
	}),
);

const soundEnd = field(
	'sound_end_time',
	number({
		displayName: 'Sound End (Seconds)',
		name: 'soundEnd',
		default: 10,
		min: 2,
		max: 60,
		precision: 3,
		description:
			'Up to where the sound is heard, at least 2 seconds after its start. If not set, as long as the sound and the face last. Needed where the length of the sound is not known: for a Speech ID, unless the incoming item has its duration, and for a URL that does not tell it.',
	}),
);

const insertAt = field(
	'sound_insert_time',
	number({
		displayName: 'Insert Sound At (Seconds)',
		name: 'insertAt',
		default: 0,
		min: 0,
		max: 60,
		precision: 3,
		description:
			'When the sound begins in the video. If not set, when the face is first seen; with a chosen face, at the beginning of the video.',
	}),
);

const VOLUME = { min: 0, max: 2, precision: 2, default: 1 };

const soundVolume = field(
	'sound_volume',
	number({
		displayName: 'Sound Volume',
		name: 'soundVolume',
		description: 'How loud the new sound is, from 0 to 2',
		...VOLUME,
	}),
);

const originalVolume = field(
	'original_audio_volume',
	number({
		displayName: 'Original Volume',
		name: 'originalVolume',
		description: 'How loud the sound of the video itself is, from 0 to 2',
		...VOLUME,
	}),
);

/** Video → Lip Sync. */
export const lipSync = generation('lip-sync', {
	name: 'Lip Sync',
	description: 'Make a person in a finished video say something else',
	action: 'Sync the lips in a video to a sound',
	fields: [faceAndVideo, sound],
	options: [insertAt, originalVolume, soundEnd, soundStart, soundVolume, spokenSpeed],
});
