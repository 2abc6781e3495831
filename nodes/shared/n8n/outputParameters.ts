/** Parameters that both nodes have, and how they are read. */
import type { IExecuteFunctions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { ALL_KINDS, KINDS } from '../core/kinds';
import { isAgentTool } from './agentTool';

/** The kinds of task by name, for a select. */
export const kindOptions: INodePropertyOptions[] = ALL_KINDS.map((kind) => ({
	name: KINDS[kind].label,
	value: kind,
	description: KINDS[kind].title,
})).sort((one, other) => one.name.localeCompare(other.name));

const download: INodeProperties = {
	displayName: 'Download Result',
	name: 'download',
	type: 'boolean',
	default: true,
	description:
		'Whether to put the file into the item as binary data. Links stop working after 30 days, and other sites cannot show them.',
};

const binaryField: INodeProperties = {
	displayName: 'Output Data Field Name',
	name: 'binaryField',
	type: 'string',
	default: 'data',
	placeholder: 'e.g. data',
	hint: 'The name of the binary field that will hold the file',
	description: 'Further files of the same task go to fields with _1, _2 … at the end',
};

export const simplify: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

/** How the item of a task looks; `show` are the conditions for a download. */
export function outputFields(show: Record<string, string[]> = {}): INodeProperties[] {
	const isOnDemand = Object.keys(show).length > 0;
	return [
		isOnDemand ? { ...download, displayOptions: { show } } : download,
		{ ...binaryField, displayOptions: { show: { ...show, download: [true] } } },
		simplify,
	];
}

/** How the item of one input item shall look. */
export interface OutputSettings {
	simplify: boolean;
	/** Undefined: no download. */
	binaryField?: string;
}

/** Reads what `outputFields` are set to for an item. An agent gets no files. */
export function readOutputSettings(context: IExecuteFunctions, itemIndex: number): OutputSettings {
	const settings = { simplify: context.getNodeParameter('simplify', itemIndex, true) === true };
	if (isAgentTool(context) || !context.getNodeParameter('download', itemIndex, true))
		return settings;
	const field: unknown = context.getNodeParameter('binaryField', itemIndex, 'data');
	const name = typeof field === 'string' ? field.trim() : '';
	return { ...settings, binaryField: name || 'data' };
}
