/** How a node's properties hang together. */
import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';

export const isOption = (part: object): part is INodePropertyOptions => 'value' in part;
export const isGroup = (part: object): part is INodePropertyCollection => 'values' in part;

/** The properties inside a collection. */
export function membersOf({ options = [] }: INodeProperties): INodeProperties[] {
	return options.flatMap((part) => (isOption(part) ? [] : isGroup(part) ? part.values : [part]));
}

/** The operation a property is shown for: "video/text2video", with * for any. */
export function operationOf({ displayOptions }: INodeProperties): string {
	const { resource = ['*'], operation = ['*'] } = displayOptions?.show ?? {};
	return `${String(resource[0])}/${String(operation[0])}`;
}
