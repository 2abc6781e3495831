import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { readCollection } from './values';

/** Members of the Options collections, in the order of the alphabet. */

export const additionalFields: INodeProperties = {
	displayName: 'Additional Fields (JSON)',
	name: 'additionalFields',
	type: 'json',
	default: '{}',
	description:
		'Fields of the API that this node does not know yet, merged last into the request. Services ignore misspelt names silently.',
};

export const callbackUrl: INodeProperties = {
	displayName: 'Callback URL',
	name: 'callbackUrl',
	type: 'string',
	default: '',
	placeholder: 'e.g. https://n8n.example.com/webhook/…/kling',
	description:
		'Address that the service calls when the status of the task changes. To start another workflow, paste the Production URL of a Kling Trigger with the same credential; its secret token is added by itself.',
};

export const cameraMovement: INodeProperties = {
	displayName: 'Camera Movement',
	name: 'cameraMovement',
	type: 'fixedCollection',
	default: {},
	placeholder: 'Add Camera Movement',
	description:
		'How the camera moves. Without it the model decides. Only few models know it: Kling V1 (from text), V1.5 (from image) and V3',
	options: [
		{
			displayName: 'Movement',
			name: 'movement',
			values: [
				{
					displayName: 'Amount',
					name: 'amount',
					type: 'number',
					typeOptions: { minValue: -10, maxValue: 10, numberPrecision: 2 },
					default: 5,
					description: 'From -10 to 10, but not 0. The sign is the direction.',
					displayOptions: { show: { type: ['simple'] } },
				},
				{
					displayName: 'Axis',
					name: 'axis',
					type: 'options',
					default: 'zoom',
					description: 'What the camera does; one thing at a time',
					displayOptions: { show: { type: ['simple'] } },
					options: [
						{ name: 'Horizontal', value: 'horizontal', description: 'Moves left (-) or right (+)' },
						{ name: 'Pan', value: 'pan', description: 'Tips down (-) or up (+)' },
						{
							name: 'Roll',
							value: 'roll',
							description: 'Rolls counter-clockwise (-) or clockwise (+)',
						},
						{ name: 'Tilt', value: 'tilt', description: 'Turns left (-) or right (+)' },
						{ name: 'Vertical', value: 'vertical', description: 'Moves down (-) or up (+)' },
						{ name: 'Zoom', value: 'zoom', description: 'Narrows (-) or widens (+) the view' },
					],
				},
				{
					displayName: 'Type',
					name: 'type',
					type: 'options',
					default: 'simple',
					description: 'One axis of your choice, or a ready-made movement',
					options: [
						{ name: 'Down and Back', value: 'down_back', description: 'Sinks and pulls back' },
						{ name: 'Forward and Up', value: 'forward_up', description: 'Moves forward and rises' },
						{
							name: 'Left Turn and Forward',
							value: 'left_turn_forward',
							description: 'Turns left, then moves forward',
						},
						{
							name: 'Right Turn and Forward',
							value: 'right_turn_forward',
							description: 'Turns right, then moves forward',
						},
						{ name: 'Simple', value: 'simple', description: 'One axis of your choice' },
					],
				},
			],
		},
	],
};

export const cfgScale: INodeProperties = {
	displayName: 'CFG Scale',
	name: 'cfgScale',
	type: 'number',
	typeOptions: { minValue: 0, maxValue: 1, numberPrecision: 2 },
	default: 0.5,
	description:
		'How closely the video follows the prompt, from 0 to 1. Models from Kling V2 on ignore it.',
};

export const elementIds: INodeProperties = {
	displayName: 'Element IDs',
	name: 'elementIds',
	type: 'string',
	default: '',
	placeholder: 'e.g. 829836802793406551',
	description:
		'IDs of elements (subjects made in the console), separated by commas. Give them as text: as numbers they lose their last digits. Kling V3, V3 Omni and O1',
};

export const externalTaskId: INodeProperties = {
	displayName: 'External Task ID',
	name: 'externalTaskId',
	type: 'string',
	default: '',
	placeholder: 'e.g. order-1234',
	description:
		'A name of your own for the task, by which you can find it again. Official Kling refuses one that was used before. Only official Kling and relays; if empty, the node gives each task a name there.',
};

export const reuseTask: INodeProperties = {
	displayName: 'Reuse Existing Task',
	name: 'reuseTask',
	type: 'boolean',
	default: false,
	description:
		'Whether to take the task that exists under the External Task ID, if there is one, instead of making and paying for another. Makes a workflow safe to run again.',
};

/** Whether an item wants the task that exists under its External Task ID. */
export function wantsExisting(context: IExecuteFunctions, itemIndex: number): boolean {
	return readCollection(context, 'options', itemIndex).reuseTask === true;
}

export const motionBrush: INodeProperties = {
	displayName: 'Motion Brush',
	name: 'motionBrush',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, maxAllowedFields: 6 },
	default: {},
	placeholder: 'Add Motion',
	description: 'Areas of the image that move along a path, at most 6. Only Kling V1 and V1.5.',
	options: [
		{
			displayName: 'Motion',
			name: 'motion',
			values: [
				{
					displayName: 'Mask',
					name: 'mask',
					type: 'string',
					default: '',
					placeholder: 'e.g. https://example.com/mask.png',
					description:
						'Picture that marks the area: web address, base64 text, or the name of a binary field; same side ratio as the image',
				},
				{
					displayName: 'Path',
					name: 'path',
					type: 'json',
					default: '[{"x": 100, "y": 100}, {"x": 200, "y": 150}]',
					description:
						'From 2 to 77 points in pixels, counted from the lower left corner of the image',
				},
			],
		},
	],
};

export const multiShot: INodeProperties = {
	displayName: 'Multi-Shot',
	name: 'multiShot',
	type: 'options',
	default: 'intelligence',
	description: 'Whether the video has several shots. Only Kling V3 and V3 Omni.',
	options: [
		{
			name: 'Custom',
			value: 'customize',
			description: 'You describe every shot under Shots; the prompt above is ignored',
		},
		{
			name: 'Intelligent',
			value: 'intelligence',
			description: 'The model cuts the prompt into shots',
		},
	],
};

export const negativePrompt: INodeProperties = {
	displayName: 'Negative Prompt',
	name: 'negativePrompt',
	type: 'string',
	typeOptions: { rows: 2 },
	default: '',
	placeholder: 'e.g. blur, text, watermark',
	description:
		'What shall not be seen. At most 2,500 characters; 200 at Ace Data Cloud and OpenAI-HK.',
};

export const shots: INodeProperties = {
	displayName: 'Shots',
	name: 'shots',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, sortable: true, maxAllowedFields: 6 },
	default: {},
	placeholder: 'Add Shot',
	description: 'For Multi-Shot = Custom: 1 to 6 shots whose durations add up to Duration',
	options: [
		{
			displayName: 'Shot',
			name: 'shot',
			values: [
				{
					displayName: 'Duration (Seconds)',
					name: 'duration',
					type: 'number',
					typeOptions: { minValue: 1, maxValue: 15 },
					default: 3,
					description: 'Length of this shot, at least 1',
				},
				{
					displayName: 'Prompt',
					name: 'prompt',
					type: 'string',
					default: '',
					placeholder: 'e.g. A cat looks out of the window',
					description: 'What this shot shows, in at most 512 characters',
				},
			],
		},
	],
};

export const sound: INodeProperties = {
	displayName: 'Sound',
	name: 'sound',
	type: 'boolean',
	default: false,
	description:
		'Whether the video comes with sound, which costs more. Only Kling V2.6 (Professional), V3, V3 Omni and O1.',
};

export const staticMask: INodeProperties = {
	displayName: 'Static Mask',
	name: 'staticMask',
	type: 'string',
	default: '',
	placeholder: 'e.g. https://example.com/mask.png',
	description:
		'Picture that marks what shall not move: web address, base64 text, or the name of a binary field; same side ratio as the image. Only Kling V1 and V1.5.',
};

export const voiceIds: INodeProperties = {
	displayName: 'Voice IDs',
	name: 'voiceIds',
	type: 'string',
	default: '',
	placeholder: 'e.g. 829836802793406551',
	description:
		'Up to 2 voice IDs, separated by commas. Cite them in the prompt as &lt;&lt;&lt;voice_1&gt;&gt;&gt; and &lt;&lt;&lt;voice_2&gt;&gt;&gt;; Sound must be on.',
};

export const watermark: INodeProperties = {
	displayName: 'Watermark',
	name: 'watermark',
	type: 'boolean',
	default: false,
	description:
		'Whether the service also makes a copy with a watermark. Its address is put out as watermarkUrl; the file is not downloaded. Only official Kling and relays.',
};
