import { aspectRatio, duration, mode, prompt } from '../../parameters/basics';
import { cameraMovement } from '../../parameters/camera';
import { elements, voices } from '../../parameters/cited';
import { described, field } from '../../parameters/field';
import { motionBrush, staticMask } from '../../parameters/masks';
import { model } from '../../parameters/model';
import { cfgScale, negativePrompt, sound } from '../../parameters/options';
import { picture } from '../../parameters/picture';
import { multiShot, shots } from '../../parameters/shots';
import { generation } from '../builders';

const firstFrame = field(
	'image',
	picture({
		displayName: 'First Frame',
		name: 'image',
		description: 'Where the first frame of the video comes from',
		presence: 'optional',
		large: true,
		neededUnless: { imageTailSource: ['binary', 'text'] },
	}),
);

const lastFrame = field(
	'image_tail',
	picture({
		displayName: 'Last Frame',
		name: 'imageTail',
		description: 'Where the last frame of the video comes from',
		presence: 'off',
		large: true,
		binaryDefault: 'data_1',
	}),
);

/** Video → Generate From Image. */
export const image2video = generation('image2video', {
	name: 'Generate From Image',
	description: 'Animate an image: the first frame, the last frame, or both',
	action: 'Generate video from image',
	fields: [
		firstFrame,
		lastFrame,
		prompt({
			placeholder: 'e.g. The product turns slowly while the light moves over it',
			description:
				'What happens in the video, in at most 2,500 characters (500 at OpenAI-HK). May be left empty.',
		}),
		model,
		mode,
		duration,
	],
	options: [
		described(
			aspectRatio,
			'Shape of the video. Only OpenAI-HK and Ace Data Cloud take it; elsewhere the first frame decides',
		),
		cameraMovement,
		cfgScale,
		elements(),
		motionBrush,
		multiShot,
		negativePrompt,
		shots,
		sound,
		staticMask,
		voices,
	],
});
