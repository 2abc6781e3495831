import { aspectRatio, duration, mode, prompt } from '../../parameters/basics';
import { cameraMovement } from '../../parameters/camera';
import { elements, voices } from '../../parameters/cited';
import { described, field, offeredUnless } from '../../parameters/field';
import type { Field } from '../../parameters/field';
import { motionBrush, staticMask } from '../../parameters/masks';
import { model } from '../../parameters/model';
import { cfgScale, negativePrompt, sound } from '../../parameters/options';
import { asAddresses } from '../../parameters/lists';
import { limitsOf, picture, readPictureValue } from '../../parameters/picture';
import { multiShotOfAll, shots } from '../../parameters/shots';
import { anything } from '../../parameters/types';
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

const middleFrameList = anything({
	displayName: 'Middle Frames',
	name: 'middleFrames',
	placeholder: 'e.g. https://example.com/middle.jpg',
	description:
		'Up to 8 images through which the video passes between First Frame and Last Frame: web addresses or names of binary fields in their order, separated by commas or new lines, or an expression that gives an array',
});

const middleFrames = field('middle_frames', {
	properties: middleFrameList.properties,
	read: async (options) => {
		const frames: string[] = [];
		const given = asAddresses(middleFrameList.read(options), 'Middle Frames', 'picture');
		for (const [index, frame] of given.entries()) {
			const title = `Middle Frame ${index + 1}`;
			frames.push(await readPictureValue(options, frame, title, limitsOf({ large: true })));
		}
		return frames.length > 0 ? frames : undefined;
	},
});

/** What does not go together with a last frame. One that is given as text may be blank for some items. */
const unlessLast = (option: Field) => offeredUnless({ '/imageTailSource': ['binary'] }, option);

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
		unlessLast(cameraMovement),
		cfgScale,
		elements(),
		middleFrames,
		unlessLast(motionBrush),
		multiShotOfAll,
		negativePrompt,
		shots,
		sound,
		unlessLast(staticMask),
		voices(),
	],
});
