import { refuseParameter } from '../../../shared/core/errors';
import { field, propertiesOf } from '../../parameters/field';
import type { Field } from '../../parameters/field';
import { videoIdFor, videoIdOf } from '../../parameters/sourceVideo';
import { address, choice, trimmedText } from '../../parameters/types';
import { BINARY_FILE, videoFile } from '../../parameters/videoFile';
import { generation } from '../builders';

const name = field(
	'voice_name',
	trimmedText({
		displayName: 'Name',
		name: 'voiceName',
		required: true,
		placeholder: 'e.g. Mara',
		description: 'What to call the voice, in at most 20 characters',
	}),
);

const source = choice({
	displayName: 'Sample Input Type',
	name: 'sampleSource',
	default: 'url',
	description: 'Where the voice is heard: 5 to 30 seconds of one person, without other sounds',
	options: [
		BINARY_FILE,
		{
			name: 'Kling Video ID',
			value: 'id',
			description: 'A video that Kling made with sound',
		},
		{ name: 'URL', value: 'url', description: 'Any sound or video on the web' },
	],
});

const sampleUrl = address({
	of: 'sample',
	displayName: 'Sample URL',
	name: 'sampleUrl',
	required: true,
	placeholder: 'e.g. https://example.com/mara.mp3',
	description:
		'Web address of the sound or video: MP3, WAV, MP4 or MOV, 5 to 30 seconds, one clean voice',
	displayOptions: { show: { sampleSource: ['url'] } },
});

const sampleFile = videoFile({
	title: 'Sample',
	name: 'sampleBinary',
	takes: ['audio/mpeg', 'audio/wav', 'video/mp4', 'video/quicktime'],
	limits: 'MP3, WAV, MP4 or MOV, 5 to 30 seconds, one clean voice',
	displayOptions: { show: { sampleSource: ['binary'] } },
});

const videoId = videoIdOf(
	'be made by kling-v2-6 with sound, or be an avatar or the result of a lip-sync, of 5 to 30 seconds',
	{ show: { sampleSource: ['id'] } },
);

const sample: Field = {
	properties: propertiesOf([source, sampleUrl, sampleFile, videoId]),
	async read(item) {
		const from = source.read(item);
		if (from === 'binary') return { voice_url: await sampleFile.read(item) };
		if (from !== 'id') {
			return {
				voice_url: sampleUrl.read(item) ?? refuseParameter('Sample URL', 'must not be empty'),
			};
		}
		const given = videoId.read(item) ?? refuseParameter('Video ID', 'must not be empty');
		const doing = { toDo: 'take a voice from', done: 'is what the voice was taken from' };
		return { video_id: await videoIdFor(item, given, doing) };
	},
};

/** Voice → Create. */
export const createVoice = generation('custom-voices', {
	value: 'create',
	name: 'Create',
	description: 'Make a voice from a recording of it, for videos to speak with',
	action: 'Create a voice',
	fields: [name, sample],
	options: [],
});
