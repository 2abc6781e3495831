import { given, readCollection } from '../../fields/parameters';
import { modelField, readModel } from '../../fields/model';
import { outputFields, waitMode } from '../../fields/outcome';
import * as video from '../../fields/video';
import type { GenerationOperation } from '../types';

/** Video → Generate From Text. */
export const text2video: GenerationOperation = {
	name: 'Generate From Text',
	description: 'Make a video from a description in words',
	action: 'Generate video from text',
	fields: [
		{
			displayName: 'Prompt',
			name: 'prompt',
			type: 'string',
			typeOptions: { rows: 4 },
			default: '',
			placeholder:
				'e.g. A white coffee mug on a marble table, morning light, the camera circles slowly',
			description:
				'What the video shows, in at most 2,500 characters (500 at OpenAI-HK). Say what is seen, what moves, and how the camera looks at it.',
		},
		modelField('text2video'),
		video.mode,
		video.duration,
		video.aspectRatio,
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: [
				video.additionalFields,
				video.callbackUrl,
				video.cameraMovement,
				video.cfgScale,
				video.externalTaskId,
				video.multiShot,
				video.negativePrompt,
				video.shots,
				video.sound,
				video.voiceIds,
				video.watermark,
			],
		},
		waitMode,
		...outputFields,
	],

	readRequest: (session, itemIndex) => {
		const { context } = session;
		return {
			kind: 'text2video',
			model_name: readModel(session, itemIndex, 'text2video'),
			prompt: given(context.getNodeParameter('prompt', itemIndex, '')),
			...video.basicsOf(context, itemIndex),
			...video.fieldsOf(readCollection(context, 'options', itemIndex)),
			aspect_ratio: context.getNodeParameter('aspectRatio', itemIndex, '16:9'),
		};
	},
};
