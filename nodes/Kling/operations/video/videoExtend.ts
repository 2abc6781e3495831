import { prompt } from '../../parameters/basics';
import { field, shownOnly } from '../../parameters/field';
import { cfgScale, negativePrompt } from '../../parameters/options';
import { videoIdFor, videoIdOf } from '../../parameters/sourceVideo';
import { trimmedText } from '../../parameters/types';
import { generation } from '../builders';

const videoId = videoIdOf('made with Kling V1, V1.5 or V1.6');

const aceModel = trimmedText({
	displayName: 'Model (Ace Data Cloud)',
	name: 'aceModel',
	default: 'kling-v1-6',
	description:
		'The model that made the video. Only Ace Data Cloud asks for it; elsewhere it is known.',
});

const EXTEND = { toDo: 'extend', done: 'was extended' };

/** Video → Extend. */
export const videoExtend = generation('video-extend', {
	name: 'Extend',
	description:
		'Make a video of an older model (V1, V1.5 or V1.6, probably gone at official Kling) 4 to 5 seconds longer',
	action: 'Extend a video',
	fields: [
		shownOnly(videoId),
		prompt({
			placeholder: 'e.g. The camera moves back and shows the whole street',
			description: 'How the video goes on, in at most 2,500 characters. May be left empty.',
		}),
	],
	options: [cfgScale, field('model_name', aceModel), negativePrompt],
	async read(draft, item) {
		const given = videoId.read(item);
		return {
			...draft,
			video_id: given === undefined ? undefined : await videoIdFor(item, given, EXTEND),
			model_name: draft.model_name ?? item.provider.defaultModels[draft.kind],
		};
	},
});
