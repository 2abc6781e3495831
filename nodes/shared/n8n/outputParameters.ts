/** Parameters that both nodes have, and how they are read. */
import type { IExecuteFunctions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { sortedBy } from '../core/sort';
import { ALL_KINDS, KINDS } from '../core/kinds';
import { refuseValue } from '../core/quote';
import { isAgentTool } from './agentTool';
import { asNumberWithin, asYesNo, isBlank } from './values';

/** The kinds of task by name, for a select. */
export const kindOptions: INodePropertyOptions[] = sortedBy(
	ALL_KINDS.map((kind) => ({
		name: KINDS[kind].label,
		value: kind,
		description: KINDS[kind].title,
	})),
	({ name }) => name,
);

/** An agent gets no file. Versions of n8n that do not know the condition ignore it. */
const NOT_FOR_AGENTS = { hide: { '@tool': [true] } };

/** Whether to download; at the top of the panel. */
export const download: INodeProperties = {
	displayName: 'Download Result',
	name: 'download',
	type: 'boolean',
	default: true,
	description:
		'Whether to put the file into the item as binary data. Links stop working after 30 days, and other sites cannot show them.',
	displayOptions: NOT_FOR_AGENTS,
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

const MB = 1_000_000;
const DEFAULT_MAX_FILE_MB = 2000;
const MAX_FILE_MB = { min: 1, max: 100_000 };

/** Of a file, in bytes, where nobody has chosen. */
export const DEFAULT_MAX_FILE_BYTES = DEFAULT_MAX_FILE_MB * MB;

const maxFileSize: INodeProperties = {
	displayName: 'Max File Size (MB)',
	name: 'maxFileSize',
	type: 'number',
	typeOptions: { minValue: MAX_FILE_MB.min, maxValue: MAX_FILE_MB.max },
	default: DEFAULT_MAX_FILE_MB,
	description:
		'The largest file to download. The item of a larger one ends with an error that names the task and the link.',
};

/** A member of Options. */
export const simplify: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

/** The members of Options that belong to a download; `show` are its conditions. */
export function fileOptions(show: Record<string, string[]> = {}): INodeProperties[] {
	const conditions = { ...NOT_FOR_AGENTS, show: { ...show, '/download': [true] } };
	return [maxFileSize, binaryField].map((option) => ({ ...option, displayOptions: conditions }));
}

/** What the item of one input item holds. */
export interface OutputSettings {
	simplify: boolean;
	/** Undefined: no download. */
	binaryField?: string;
	/** Of each file that is downloaded; undefined: the default. */
	maxFileBytes?: number;
}

/**
 * A member of a collection by itself, since an expression in one that is not read may fail; undefined where it was not added,
 * or is blank. Throws what n8n throws for an expression that fails.
 */
export function readMember(
	context: IExecuteFunctions,
	itemIndex: number,
	collection: string,
	{ name }: INodeProperties,
): unknown {
	const given: unknown = context.getNodeParameter(`${collection}.${name}`, itemIndex, '');
	return isBlank(given) ? undefined : given;
}

/** What a switch is set to; its default where it is blank. Throws `invalidInput`. */
function asSwitch(given: unknown, { displayName, default: preset }: INodeProperties): boolean {
	return asYesNo(given, displayName) ?? preset === true;
}

/** Whether an item wants the simplified output; `collection` is where that option stands. Throws `invalidInput`. */
export function readSimplify(
	context: IExecuteFunctions,
	itemIndex: number,
	collection = 'options',
): boolean {
	return asSwitch(readMember(context, itemIndex, collection, simplify), simplify);
}

function readFieldName(given: unknown): string {
	if (isBlank(given)) return DEFAULT_FIELD;
	if (typeof given === 'string' || typeof given === 'number') return String(given).trim();
	return refuseValue(binaryField.displayName, 'must be text', given);
}

function readMaxFileBytes(given: unknown): number {
	const { displayName } = maxFileSize;
	return (asNumberWithin(given, { ...MAX_FILE_MB, displayName }) ?? DEFAULT_MAX_FILE_MB) * MB;
}

/** Reads how an item is put out; `collection` is where its options stand. An agent gets no files. Throws `invalidInput`. */
export function readOutputSettings(
	context: IExecuteFunctions,
	itemIndex: number,
	collection = 'options',
): OutputSettings {
	const settings = { simplify: readSimplify(context, itemIndex, collection) };
	if (isAgentTool(context)) return settings;
	const wanted: unknown = context.getNodeParameter(download.name, itemIndex, download.default);
	if (!asSwitch(wanted, download)) return settings;
	const given = (option: INodeProperties) => readMember(context, itemIndex, collection, option);
	return {
		...settings,
		binaryField: readFieldName(given(binaryField)),
		maxFileBytes: readMaxFileBytes(given(maxFileSize)),
	};
}
