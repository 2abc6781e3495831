import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { asNumber } from './values';

/** Parameters that most generating operations show at the top. */

/** The Prompt parameter; every operation says for itself what belongs into it. */
export function prompt(
	placeholder: string,
	description: string,
	{ required = false, rows = 4 }: { required?: boolean; rows?: number } = {},
): INodeProperties {
	return {
		displayName: 'Prompt',
		name: 'prompt',
		type: 'string',
		typeOptions: { rows },
		default: '',
		placeholder,
		description,
		...(required ? { required } : {}),
	};
}

export const mode: INodeProperties = {
	displayName: 'Mode',
	name: 'mode',
	type: 'options',
	default: 'std',
	description: 'Quality of the video. Higher quality costs more and takes longer.',
	options: [
		{ name: '4K', value: '4k', description: 'Only with Kling V3 and V3 Omni' },
		{ name: 'Professional', value: 'pro', description: '1080p, about twice the price or more' },
		{ name: 'Standard', value: 'std', description: '720p, the cheapest' },
	],
};

/** For the operations that know no 4K. */
export const modeWithout4k: INodeProperties = {
	...mode,
	options: mode.options?.filter((option) => !('value' in option) || option.value !== '4k'),
};

export const duration: INodeProperties = {
	displayName: 'Duration (Seconds)',
	name: 'duration',
	type: 'number',
	typeOptions: { minValue: 3, maxValue: 15 },
	default: 5,
	description:
		'Length of the video: 5 or 10; anything from 3 to 15 with Kling V3 and V3 Omni, from 3 to 10 with O1. The price grows with it.',
};

export const aspectRatio: INodeProperties = {
	displayName: 'Aspect Ratio',
	name: 'aspectRatio',
	type: 'options',
	default: '16:9',
	description: 'Shape of the picture, width to height',
	options: [
		{ name: '16:9 (Landscape)', value: '16:9' },
		{ name: '9:16 (Portrait)', value: '9:16' },
		{ name: '1:1 (Square)', value: '1:1' },
	],
};

/** The Options collection: what is rarely needed is one click away. */
export function optionsCollection(members: INodeProperties[]): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: members,
	};
}

/** Mode and duration, which most operations show at the top. */
export function basicsOf(context: IExecuteFunctions, itemIndex: number): Record<string, unknown> {
	return {
		mode: context.getNodeParameter('mode', itemIndex, 'std'),
		duration: asNumber(context.getNodeParameter('duration', itemIndex, 5)),
	};
}
