/** Parameters that both nodes have, and how they are read. */
import type { IExecuteFunctions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { sortedBy } from '../core/sort';
import { ALL_KINDS, KINDS } from '../core/kinds';
import { refuseValue } from '../core/quote';
import { isAgentTool } from './agentTool';
import { asYesNo, isBlank } from './values';

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

/** Reads a switch; its default where it is blank. Throws `invalidInput`. */
function readSwitch(
	context: IExecuteFunctions,
	{ name, displayName, default: preset }: INodeProperties,
	itemIndex: number,
): boolean {
	return asYesNo(context.getNodeParameter(name, itemIndex, preset), displayName) ?? preset === true;
}

/** Whether an item wants the simplified output. Throws `invalidInput`. */
export function readSimplify(context: IExecuteFunctions, itemIndex: number): boolean {
	return readSwitch(context, simplify, itemIndex);
}

function readFieldName(context: IExecuteFunctions, itemIndex: number): string {
	const { name, displayName } = binaryField;
	const given: unknown = context.getNodeParameter(name, itemIndex, DEFAULT_FIELD);
	if (isBlank(given)) return DEFAULT_FIELD;
	if (typeof given === 'string' || typeof given === 'number') return String(given).trim();
	return refuseValue(displayName, 'must be text', given);
}

/** Reads what `fileFields` and `simplify` are set to for an item. An agent gets no files. Throws `invalidInput`. */
export function readOutputSettings(context: IExecuteFunctions, itemIndex: number): OutputSettings {
	const settings = { simplify: readSimplify(context, itemIndex) };
	const isWanted = !isAgentTool(context) && readSwitch(context, download, itemIndex);
	return isWanted ? { ...settings, binaryField: readFieldName(context, itemIndex) } : settings;
}
