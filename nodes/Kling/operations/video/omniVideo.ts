import { refuseParameter } from '../../../shared/core/errors';
import { anyAspectRatio, durationOfReferences, mode, promptOrShots } from '../../parameters/basics';
import { elements, voices } from '../../parameters/cited';
import { described, shownOnly } from '../../parameters/field';
import { model } from '../../parameters/model';
import { keepOriginalSound, sound } from '../../parameters/options';
import { pictureList } from '../../parameters/pictureList';
import { multiShot, shots } from '../../parameters/shots';
import { choice } from '../../parameters/types';
import { anyMedia } from '../../parameters/videoFile';
import { generation } from '../builders';

const role = choice({
	displayName: 'Use As',
	name: 'role',
	default: 'reference',
	description: 'What the image is for',
	options: [
		{ name: 'First Frame', value: 'first_frame', description: 'The video begins with it' },
		{ name: 'Last Frame', value: 'end_frame', description: 'The video ends with it' },
		{
			name: 'Reference',
			value: 'reference',
			description: 'Something that should appear in the video',
		},
	],
});

const images = pictureList({
	description:
		'Where the images come from: up to 7, or 4 with a reference video; up to 10 with Kling 4.0',
	presence: 'off',
	large: true,
	role,
});

const video = anyMedia({
	of: 'video',
	title: 'Reference Video',
	name: 'videoUrl',
	placeholder: 'e.g. https://example.com/clip.mp4',
	description: 'Where the reference video comes from, if there is one',
	maxMb: 200,
	limits:
		'MP4 or MOV, at most 200 MB. With V3 Omni 3 to 15.5 seconds, each side 700 to 4553 pixels, at most 8,294,400 in all; with O1 3 to 10 seconds, 700 to 2160 pixels; with Kling 4.0 at most 300 MB, 3 to 30 seconds',
});

const videoUse = choice({
	displayName: 'Reference Video Use',
	name: 'videoUse',
	default: 'feature',
	description: 'What the reference video is for, if there is one',
	options: [
		{
			name: 'Edit It',
			value: 'base',
			description: 'The result is this video, changed as the prompt says',
		},
		{
			name: 'Take Its Style or Motion',
			value: 'feature',
			description: 'The result is a new video that follows it',
		},
	],
});

/** Video → Generate From Mixed References. */
export const omniVideo = generation('omni-video', {
	name: 'Generate From Mixed References',
	description: 'Make or edit a video from images, elements and a reference video (Kling Omni)',
	action: 'Generate video from mixed references',
	fields: [
		promptOrShots({
			placeholder: 'e.g. The person of <<<image_1>>> walks through the room of <<<video_1>>>',
			description:
				'What the video shows. Cite references as &lt;&lt;&lt;image_1&gt;&gt;&gt;, &lt;&lt;&lt;element_1&gt;&gt;&gt; and &lt;&lt;&lt;video_1&gt;&gt;&gt; in their order; what is not cited may be ignored.',
		}),
		shownOnly(images),
		shownOnly(video),
		shownOnly(videoUse),
		model,
		mode,
		durationOfReferences,
		described(
			anyAspectRatio,
			'Shape of the video, width to height. A first frame or an edited video decides for itself',
		),
	],
	options: [
		elements(),
		keepOriginalSound('Whether to keep the sound of the reference video'),
		multiShot,
		shots,
		described(sound, 'Whether the video comes with sound, which costs more'),
		voices(3, ''),
	],
	async read({ keep_original_sound, ...draft }, item) {
		const pictures = await images.read(item);
		const video_url = await video.read(item);
		if (video_url === undefined && keep_original_sound === 'yes')
			refuseParameter('Keep Original Sound', 'needs a Reference Video');
		const refer_type = videoUse.read(item);
		const edits = video_url !== undefined && refer_type === 'base';
		const hasShape = edits || pictures.some(({ role: use }) => use === 'first_frame');
		const image_list = pictures.map(({ picture, role: use }) => ({
			image_url: picture,
			type: use === 'reference' ? undefined : use,
		}));
		return {
			...draft,
			aspect_ratio: hasShape ? undefined : draft.aspect_ratio,
			image_list: image_list.length > 0 ? image_list : undefined,
			video_list:
				video_url === undefined ? undefined : [{ video_url, refer_type, keep_original_sound }],
		};
	},
});
