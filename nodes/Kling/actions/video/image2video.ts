import { pictureFields, readPicture } from '../../fields/media';
import { modelField, readModel } from '../../fields/model';
import { outputFields, waitMode } from '../../fields/outcome';
import { given, readCollection } from '../../fields/parameters';
import * as video from '../../fields/video';
import type { GenerationOperation } from '../types';

/** Video → Generate From Image. */
export const image2video: GenerationOperation = {
	name: 'Generate From Image',
	description: 'Make a video that begins or ends with a picture of yours',
	action: 'Generate video from image',
	fields: [
		...pictureFields(
			'image',
			'First Frame',
			'Where the first picture of the video comes from',
			'possible',
		),
		{
			displayName: 'Prompt',
			name: 'prompt',
			type: 'string',
			typeOptions: { rows: 4 },
			default: '',
			placeholder: 'e.g. The product turns slowly while the light moves over it',
			description:
				'What happens in the video, in at most 2,500 characters (500 at OpenAI-HK). May be left empty.',
		},
		modelField('image2video'),
		video.mode,
		video.duration,
		...pictureFields(
			'imageTail',
			'Last Frame',
			'Where the last picture of the video comes from',
			'usual',
		),
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add Option',
			default: {},
			options: [
				video.additionalFields,
				{
					...video.aspectRatio,
					description:
						'Shape of the picture. Only OpenAI-HK and Ace Data Cloud take it; elsewhere the first frame decides',
				},
				video.callbackUrl,
				video.cameraMovement,
				video.cfgScale,
				video.elementIds,
				video.externalTaskId,
				video.motionBrush,
				video.multiShot,
				video.negativePrompt,
				video.shots,
				video.sound,
				video.staticMask,
				video.voiceIds,
				video.watermark,
			],
		},
		waitMode,
		...outputFields,
	],

	async readRequest(session, itemIndex) {
		const { context } = session;
		return {
			kind: 'image2video',
			model_name: readModel(session, itemIndex, 'image2video'),
			image: await readPicture(context, itemIndex, 'image', 'First Frame', 'possible'),
			image_tail: await readPicture(context, itemIndex, 'imageTail', 'Last Frame', 'usual'),
			prompt: given(context.getNodeParameter('prompt', itemIndex, '')),
			...video.basicsOf(context, itemIndex),
			...video.fieldsOf(readCollection(context, 'options', itemIndex)),
		};
	},
};
