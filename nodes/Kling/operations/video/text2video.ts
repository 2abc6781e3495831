import { blankToUndefined, readCollection } from '../../parameters/values';
import { modelField, readModel } from '../../parameters/model';
import { waitFields } from '../../parameters/waiting';
import {
	aspectRatio,
	basicsOf,
	duration,
	mode,
	optionsCollection,
	prompt,
} from '../../parameters/basics';
import * as option from '../../parameters/options';
import { fieldsOf } from '../../parameters/optionValues';
import type { GenerationOperation } from '../types';

/** Video → Generate From Text. */
export const text2video: GenerationOperation = {
	name: 'Generate From Text',
	description: 'Make a video from a description in words',
	action: 'Generate video from text',
	fields: [
		prompt(
			'e.g. A white coffee mug on a marble table, morning light, the camera circles slowly',
			'What the video shows, in at most 2,500 characters (500 at OpenAI-HK). Say what is seen, what moves, and how the camera looks at it.',
		),
		modelField('text2video'),
		mode,
		duration,
		aspectRatio,
		optionsCollection([
			option.additionalFields,
			option.callbackUrl,
			option.cameraMovement,
			option.cfgScale,
			option.externalTaskId,
			option.multiShot,
			option.negativePrompt,
			option.reuseTask,
			option.shots,
			option.sound,
			option.voiceIds,
			option.watermark,
		]),
		...waitFields,
	],

	readRequest: (session, itemIndex) => {
		const { context } = session;
		return {
			kind: 'text2video',
			model_name: readModel(session, itemIndex, 'text2video'),
			prompt: blankToUndefined(context.getNodeParameter('prompt', itemIndex, '')),
			...basicsOf(context, itemIndex),
			...fieldsOf(readCollection(context, 'options', itemIndex)),
			aspect_ratio: context.getNodeParameter('aspectRatio', itemIndex, '16:9'),
		};
	},
};
