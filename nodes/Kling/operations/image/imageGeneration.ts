import { MODELS } from '../../../shared/core/models';
import { pictureFields, readPicture } from '../../parameters/images';
import { modelField, readModel } from '../../parameters/model';
import { waitFields } from '../../parameters/waiting';
import { asNumber, blankToUndefined, readCollection } from '../../parameters/values';
import { optionsCollection, prompt } from '../../parameters/basics';
import * as option from '../../parameters/options';
import { fieldsOf } from '../../parameters/optionValues';
import type { GenerationOperation } from '../types';

/** Some models refuse a picture without being told what to take from it. */
function impliedReference(model: unknown, image: string | undefined): 'subject' | undefined {
	const asks = typeof model === 'string' && MODELS[model]?.imageReference === true;
	return asks && image !== undefined ? 'subject' : undefined;
}

/** Image → Generate. */
export const generateImage: GenerationOperation = {
	name: 'Generate',
	description: 'Make pictures from a description in words, with or without a reference picture',
	action: 'Generate an image',
	fields: [
		prompt(
			'e.g. A rabbit that eats grass, comic style',
			'What the picture shows, in at most 2,500 characters (500 at OpenAI-HK)',
			{ required: true },
		),
		modelField('image-generation'),
		{
			displayName: 'Number of Images',
			name: 'n',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 9 },
			default: 1,
			description: 'How many pictures to make, from 1 to 9. Each is paid for.',
		},
		{
			displayName: 'Aspect Ratio',
			name: 'aspectRatio',
			type: 'options',
			default: '16:9',
			description: 'Shape of the picture, width to height',
			options: [
				{ name: '1:1 (Square)', value: '1:1' },
				{ name: '16:9 (Landscape)', value: '16:9' },
				{ name: '2:3 (Portrait)', value: '2:3' },
				{ name: '21:9 (Cinema, Not at OpenAI-HK)', value: '21:9' },
				{ name: '3:2 (Landscape)', value: '3:2' },
				{ name: '3:4 (Portrait)', value: '3:4' },
				{ name: '4:3 (Landscape)', value: '4:3' },
				{ name: '9:16 (Portrait)', value: '9:16' },
			],
		},
		...pictureFields('image', 'Reference Image', 'Where a picture to go by comes from', 'usual'),
		optionsCollection([
			option.additionalFields,
			option.callbackUrl,
			{
				...option.elementIds,
				description:
					'IDs of elements (subjects made in the console), as text, separated by commas. Only Kling V3',
			},
			option.externalTaskId,
			{
				displayName: 'Face Fidelity',
				name: 'humanFidelity',
				type: 'number',
				typeOptions: { minValue: 0, maxValue: 1, numberPrecision: 2 },
				default: 0.45,
				description:
					'How closely faces follow the reference, from 0 to 1. Needs Image Reference = Subject.',
			},
			{
				displayName: 'Image Fidelity',
				name: 'imageFidelity',
				type: 'number',
				typeOptions: { minValue: 0, maxValue: 1, numberPrecision: 2 },
				default: 0.5,
				description: 'How closely the picture follows the reference image, from 0 to 1',
			},
			{
				displayName: 'Image Reference',
				name: 'imageReference',
				type: 'options',
				default: 'subject',
				description:
					'What to take from the reference image. Only Kling V1.5 and V2.1, which take the subject if nothing is set.',
				options: [
					{ name: 'Face', value: 'face', description: 'The looks of a face' },
					{ name: 'Subject', value: 'subject', description: 'The whole subject' },
				],
			},
			{
				...option.negativePrompt,
				description:
					'What shall not be seen; not together with a reference image. At most 2,500 characters, 200 at OpenAI-HK',
			},
			{
				displayName: 'Resolution',
				name: 'resolution',
				type: 'options',
				default: '1k',
				description: 'Size of the picture',
				options: [
					{ name: '1K', value: '1k', description: 'About 1,000 pixels' },
					{ name: '2K', value: '2k', description: 'About 2,000 pixels, which may cost more' },
				],
			},
			option.reuseTask,
			option.watermark,
		]),
		...waitFields,
	],

	async readRequest(session, itemIndex) {
		const { context } = session;
		const options = readCollection(context, 'options', itemIndex);
		const model = readModel(session, itemIndex, 'image-generation');
		const image = await readPicture(context, itemIndex, 'image', 'Reference Image', 'usual');
		return {
			kind: 'image-generation',
			model_name: model,
			prompt: blankToUndefined(context.getNodeParameter('prompt', itemIndex, '')),
			image,
			...fieldsOf(options),
			n: asNumber(context.getNodeParameter('n', itemIndex, 1)),
			aspect_ratio: context.getNodeParameter('aspectRatio', itemIndex, '16:9'),
			image_reference: blankToUndefined(options.imageReference) ?? impliedReference(model, image),
			image_fidelity: asNumber(options.imageFidelity),
			human_fidelity: asNumber(options.humanFidelity),
			resolution: blankToUndefined(options.resolution),
		};
	},
};
