import { pictureFields, readPicture } from '../../parameters/images';
import { modelField, readModel } from '../../parameters/model';
import { waitFields } from '../../parameters/waiting';
import { blankToUndefined, readCollection } from '../../parameters/values';
import {
	aspectRatio,
	basicsOf,
	duration,
	mode,
	optionsCollection,
	prompt,
} from '../../parameters/basics';
import * as option from '../../parameters/options';
import { fieldsOf, masksOf } from '../../parameters/optionValues';
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
		prompt(
			'e.g. The product turns slowly while the light moves over it',
			'What happens in the video, in at most 2,500 characters (500 at OpenAI-HK). May be left empty.',
		),
		modelField('image2video'),
		mode,
		duration,
		...pictureFields(
			'imageTail',
			'Last Frame',
			'Where the last picture of the video comes from',
			'usual',
		),
		optionsCollection([
			option.additionalFields,
			{
				...aspectRatio,
				description:
					'Shape of the picture. Only OpenAI-HK and Ace Data Cloud take it; elsewhere the first frame decides',
			},
			option.callbackUrl,
			option.cameraMovement,
			option.cfgScale,
			option.elementIds,
			option.externalTaskId,
			option.motionBrush,
			option.multiShot,
			option.negativePrompt,
			option.reuseTask,
			option.shots,
			option.sound,
			option.staticMask,
			option.voiceIds,
			option.watermark,
		]),
		...waitFields,
	],

	async readRequest(session, itemIndex) {
		const { context } = session;
		const options = readCollection(context, 'options', itemIndex);
		return {
			kind: 'image2video',
			model_name: readModel(session, itemIndex, 'image2video'),
			image: await readPicture(context, itemIndex, 'image', 'First Frame', 'possible'),
			image_tail: await readPicture(context, itemIndex, 'imageTail', 'Last Frame', 'usual'),
			prompt: blankToUndefined(context.getNodeParameter('prompt', itemIndex, '')),
			...basicsOf(context, itemIndex),
			...fieldsOf(options),
			...(await masksOf(context, itemIndex, options)),
		};
	},
};
