import { pictureListFields, readPictures } from '../../fields/media';
import { modelField, readModel } from '../../fields/model';
import { outputFields, waitMode } from '../../fields/outcome';
import { given, readCollection } from '../../fields/parameters';
import * as video from '../../fields/video';
import type { GenerationOperation } from '../types';

/** Video → Generate From Multiple Images. */
export const multiImage2video: GenerationOperation = {
	name: 'Generate From Multiple Images',
	description: 'Make a video that shows the subjects of 1 to 4 pictures together',
	action: 'Generate video from multiple images',
	fields: [
		...pictureListFields('Where the 1 to 4 pictures come from'),
		{
			displayName: 'Prompt',
			name: 'prompt',
			type: 'string',
			typeOptions: { rows: 4 },
			default: '',
			required: true,
			placeholder: 'e.g. The woman walks the dog along the beach',
			description:
				'What happens in the video, in at most 2,500 characters. Ace Data Cloud wants the pictures cited as &lt;&lt;&lt;image_1&gt;&gt;&gt;; if none is, the node cites them all.',
		},
		modelField('multi-image2video'),
		video.modeWithout4k,
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
				video.externalTaskId,
				video.negativePrompt,
				video.watermark,
			],
		},
		waitMode,
		...outputFields,
	],

	async readRequest(session, itemIndex) {
		const { context } = session;
		const pictures = await readPictures(context, itemIndex);
		return {
			kind: 'multi-image2video',
			model_name: readModel(session, itemIndex, 'multi-image2video'),
			image_list: pictures.map(({ picture }) => ({ image: picture })),
			prompt: given(context.getNodeParameter('prompt', itemIndex, '')),
			...video.basicsOf(context, itemIndex),
			...video.fieldsOf(readCollection(context, 'options', itemIndex)),
			aspect_ratio: context.getNodeParameter('aspectRatio', itemIndex, '16:9'),
		};
	},
};
