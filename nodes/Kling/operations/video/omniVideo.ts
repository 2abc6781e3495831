import type { INodeProperties } from 'n8n-workflow';

import { pictureListFields, readPictures } from '../../parameters/images';
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
import { fieldsOf } from '../../parameters/optionValues';
import type { GenerationOperation } from '../types';

const role: INodeProperties = {
	displayName: 'Use As',
	name: 'role',
	type: 'options',
	default: 'reference',
	description: 'What the picture is for',
	options: [
		{ name: 'First Frame', value: 'first_frame', description: 'The video begins with it' },
		{ name: 'Last Frame', value: 'end_frame', description: 'The video ends with it' },
		{
			name: 'Reference',
			value: 'reference',
			description: 'Something that shall appear in the video',
		},
	],
};

const referenceVideo: INodeProperties[] = [
	{
		displayName: 'Reference Video URL',
		name: 'videoUrl',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://example.com/clip.mp4',
		description:
			'Web address of one MP4 or MOV: 3 to 10 seconds (15 with V3 Omni), 720 to 2160 pixels, at most 200 MB. Leave empty for none.',
	},
	{
		displayName: 'Reference Video Use',
		name: 'videoUse',
		type: 'options',
		default: 'feature',
		description: 'What the reference video is for, if there is one',
		options: [
			{
				name: 'Edit It',
				value: 'base',
				description: 'The result is this video, changed as the prompt says',
			},
			{
				name: 'Take Its Style or Motion',
				value: 'feature',
				description: 'The result is a new video that follows it',
			},
		],
	},
];

/** Video → Generate From Mixed References. */
export const omniVideo: GenerationOperation = {
	name: 'Generate From Mixed References',
	description: 'Make or edit a video from pictures, elements and a reference video (Kling Omni)',
	action: 'Generate video from mixed references',
	fields: [
		prompt(
			'e.g. The person of <<<image_1>>> walks through the room of <<<video_1>>>',
			'What the video shows. Cite references as &lt;&lt;&lt;image_1&gt;&gt;&gt;, &lt;&lt;&lt;element_1&gt;&gt;&gt; and &lt;&lt;&lt;video_1&gt;&gt;&gt; in their order; what is not cited may be ignored.',
		),
		modelField('omni-video'),
		mode,
		duration,
		{
			...aspectRatio,
			description:
				'Shape of the picture, width to height. A first frame or an edited video decides for itself',
		},
		...pictureListFields('Where the pictures come from: up to 7, or 4 with a reference video', {
			role,
			leftOut: 'usual',
		}),
		...referenceVideo,
		optionsCollection([
			option.additionalFields,
			option.callbackUrl,
			option.elementIds,
			option.externalTaskId,
			{
				displayName: 'Keep Original Sound',
				name: 'keepOriginalSound',
				type: 'boolean',
				default: true,
				description: 'Whether to keep the sound of the reference video',
			},
			option.multiShot,
			option.reuseTask,
			option.shots,
			option.sound,
			option.watermark,
		]),
		...waitFields,
	],

	async readRequest(session, itemIndex) {
		const { context } = session;
		const options = readCollection(context, 'options', itemIndex);
		const pictures = await readPictures(context, itemIndex, 'usual');
		const videoUrl = blankToUndefined(context.getNodeParameter('videoUrl', itemIndex, ''));
		const use: unknown = context.getNodeParameter('videoUse', itemIndex, 'feature');
		const edits = videoUrl !== undefined && use === 'base';
		const shaped = edits || pictures.some(({ row }) => row.role === 'first_frame');
		const keep = options.keepOriginalSound;
		return {
			kind: 'omni-video',
			model_name: readModel(session, itemIndex, 'omni-video'),
			prompt: blankToUndefined(context.getNodeParameter('prompt', itemIndex, '')),
			...basicsOf(context, itemIndex),
			...fieldsOf(options),
			aspect_ratio: shaped ? undefined : context.getNodeParameter('aspectRatio', itemIndex, '16:9'),
			...(pictures.length > 0
				? {
						image_list: pictures.map(({ picture, row }) => ({
							image_url: picture,
							...(row.role === undefined || row.role === 'reference' ? {} : { type: row.role }),
						})),
					}
				: {}),
			...(videoUrl === undefined
				? {}
				: {
						video_list: [
							{
								video_url: videoUrl,
								refer_type: use,
								...(keep === undefined
									? {}
									: { keep_original_sound: keep === true ? 'yes' : 'no' }),
							},
						],
					}),
		};
	},
};
