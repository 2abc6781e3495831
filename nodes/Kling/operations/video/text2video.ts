import { anyAspectRatio, duration, mode, promptOrShots } from '../../parameters/basics';
import { cameraMovement } from '../../parameters/camera';
import { voices } from '../../parameters/cited';
import { model } from '../../parameters/model';
import { cfgScale, negativePrompt, sound } from '../../parameters/options';
import { multiShotOfAll, shots } from '../../parameters/shots';
import { generation } from '../builders';

/** Video → Generate From Text. */
export const text2video = generation('text2video', {
	name: 'Generate From Text',
	description: 'Make a video from a description in words',
	action: 'Generate video from text',
	fields: [
		promptOrShots({
			placeholder:
				'e.g. A white coffee mug on a marble table, morning light, the camera circles slowly',
			description:
				'What the video shows, in at most 2,500 characters (500 at OpenAI-HK). Say what is seen, what moves, and how the camera looks at it.',
		}),
		model,
		mode,
		duration,
		anyAspectRatio,
	],
	options: [cameraMovement, cfgScale, multiShotOfAll, negativePrompt, shots, sound, voices()],
});
