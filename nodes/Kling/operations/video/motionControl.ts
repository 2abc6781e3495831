import { pictureFields, readPicture } from '../../parameters/images';
import { modelField, readModel } from '../../parameters/model';
import { waitFields } from '../../parameters/waiting';
import { blankToUndefined, readCollection } from '../../parameters/values';
import { modeWithout4k, optionsCollection, prompt } from '../../parameters/basics';
import * as option from '../../parameters/options';
import { fieldsOf } from '../../parameters/optionValues';
import type { GenerationOperation } from '../types';

/** Video → Transfer Motion. */
export const motionControl: GenerationOperation = {
	name: 'Transfer Motion',
	description: 'Let the character of a picture move like the person in a video',
	action: 'Transfer motion to a character',
	fields: [
		...pictureFields('image', 'Character Image', 'Where the picture of the character comes from'),
		{
			displayName: 'Motion Video URL',
			name: 'videoUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://example.com/dance.mp4',
			description:
				'Web address of the video whose movements are taken: MP4 or MOV, at most 100 MB, 3 to 30 seconds (10 when the orientation follows the image)',
		},
		{
			displayName: 'Character Orientation',
			name: 'characterOrientation',
			type: 'options',
			default: 'video',
			description: 'Which way the character faces',
			options: [
				{
					name: 'Same as Image',
					value: 'image',
					description: 'As in the picture; the camera stays, the video may last 10 seconds',
				},
				{
					name: 'Same as Video',
					value: 'video',
					description: 'As in the video, which may last 30 seconds',
				},
			],
		},
		prompt(
			'e.g. On a stage with coloured light',
			'What else the video shows, in at most 2,500 characters. May be left empty.',
			{ rows: 3 },
		),
		modelField('motion-control'),
		modeWithout4k,
		optionsCollection([
			option.additionalFields,
			option.callbackUrl,
			{
				...option.elementIds,
				description:
					'ID of one element, as text. Only Kling V3, and only when the orientation follows the video',
			},
			option.externalTaskId,
			{
				displayName: 'Keep Original Sound',
				name: 'keepOriginalSound',
				type: 'boolean',
				default: true,
				description: 'Whether to keep the sound of the motion video',
			},
			option.reuseTask,
			option.watermark,
		]),
		...waitFields,
	],

	async readRequest(session, itemIndex) {
		const { context } = session;
		const options = readCollection(context, 'options', itemIndex);
		const keep = options.keepOriginalSound;
		return {
			kind: 'motion-control',
			model_name: readModel(session, itemIndex, 'motion-control'),
			image_url: await readPicture(context, itemIndex, 'image', 'Character Image'),
			video_url: blankToUndefined(context.getNodeParameter('videoUrl', itemIndex, '')),
			character_orientation: context.getNodeParameter('characterOrientation', itemIndex, 'video'),
			prompt: blankToUndefined(context.getNodeParameter('prompt', itemIndex, '')),
			mode: context.getNodeParameter('mode', itemIndex, 'std'),
			...fieldsOf(options),
			...(keep === undefined ? {} : { keep_original_sound: keep === true ? 'yes' : 'no' }),
		};
	},
};
