/** Parameters that both nodes have, and how they are read. */
import type { IExecuteFunctions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { sortedBy } from '../core/sort';
import { ALL_KINDS, KINDS } from '../core/kinds';
import { isAgentTool } from './agentTool';

/** The kinds of task by name, for a select. */
export const kindOptions: INodePropertyOptions[] = sortedBy(
	ALL_KINDS.map((kind) => ({
		name: KINDS[kind].label,
		value: kind,
		description: KINDS[kind].title,
	})),
	({ name }) => name,
);

const download: INodeProperties = {
	displayName: 'Download Result',
	name: 'download',
	type: 'boolean',
	default: true,
	description:
		'Whether to put the file into the item as binary data. Links stop working after 30 days, and other sites cannot show them.',
};

const DEFAULT_FIELD = 'data';

const binaryField: INodeProperties = {
	displayName: 'Output Data Field Name',
	name: 'binaryField',
	type: 'string',
	default: DEFAULT_FIELD,
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

/** Where the files of a task go; `show` are the conditions for a download. */
export function fileFields(show: Record<string, string[]> = {}): INodeProperties[] {
	return [
		{ ...download, displayOptions: { show } },
		{ ...binaryField, displayOptions: { show: { ...show, [download.name]: [true] } } },
	];
}

/** What the item of one input item holds. */
export interface OutputSettings {
	simplify: boolean;
	/** Undefined: no download. */
	binaryField?: string;
}

/** Whether an item wants the simplified output. */
export function readSimplify(context: IExecuteFunctions, itemIndex: number): boolean {
	return context.getNodeParameter(simplify.name, itemIndex, simplify.default) === true;
}

/** Reads what `fileFields` and `simplify` are set to for an item. An agent gets no files. */
export function readOutputSettings(context: IExecuteFunctions, itemIndex: number): OutputSettings {
	const read = ({ name, default: preset }: INodeProperties): unknown =>
		context.getNodeParameter(name, itemIndex, preset);
	const settings = { simplify: readSimplify(context, itemIndex) };
	if (isAgentTool(context) || !read(download)) return settings;
	const given = read(binaryField);
	const name = typeof given === 'string' ? given.trim() : '';
	return { ...settings, binaryField: name || DEFAULT_FIELD };
}
