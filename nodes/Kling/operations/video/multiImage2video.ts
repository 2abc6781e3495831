import { pictureListFields, readPictures } from '../../parameters/images';
import { modelField, readModel } from '../../parameters/model';
import { waitFields } from '../../parameters/waiting';
import { blankToUndefined, readCollection } from '../../parameters/values';
import {
	aspectRatio,
	basicsOf,
	duration,
	modeWithout4k,
	optionsCollection,
	prompt,
} from '../../parameters/basics';
import * as option from '../../parameters/options';
import { fieldsOf } from '../../parameters/optionValues';
import type { GenerationOperation } from '../types';

/** Video → Generate From Multiple Images. */
export const multiImage2video: GenerationOperation = {
	name: 'Generate From Multiple Images',
	description: 'Make a video that shows the subjects of 1 to 4 pictures together',
	action: 'Generate video from multiple images',
	fields: [
		...pictureListFields('Where the 1 to 4 pictures come from'),
		prompt(
			'e.g. The woman walks the dog along the beach',
			'What happens in the video, in at most 2,500 characters. Ace Data Cloud wants the pictures cited as &lt;&lt;&lt;image_1&gt;&gt;&gt;; if none is, the node cites them all.',
			{ required: true },
		),
		modelField('multi-image2video'),
		modeWithout4k,
		duration,
		aspectRatio,
		optionsCollection([
			option.additionalFields,
			option.callbackUrl,
			option.externalTaskId,
			option.negativePrompt,
			option.reuseTask,
			option.watermark,
		]),
		...waitFields,
	],

	async readRequest(session, itemIndex) {
		const { context } = session;
		const pictures = await readPictures(context, itemIndex);
		return {
			kind: 'multi-image2video',
			model_name: readModel(session, itemIndex, 'multi-image2video'),
			image_list: pictures.map(({ picture }) => ({ image: picture })),
			prompt: blankToUndefined(context.getNodeParameter('prompt', itemIndex, '')),
			...basicsOf(context, itemIndex),
			...fieldsOf(readCollection(context, 'options', itemIndex)),
			aspect_ratio: context.getNodeParameter('aspectRatio', itemIndex, '16:9'),
		};
	},
};
