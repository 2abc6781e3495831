/** How a node's properties hang together. */
import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';

export const isOption = (part: object): part is INodePropertyOptions => 'value' in part;
export const isGroup = (part: object): part is INodePropertyCollection => 'values' in part;

/** The properties inside a collection. */
export function membersOf({ options = [] }: INodeProperties): INodeProperties[] {
	return options.flatMap((part) => (isOption(part) ? [] : isGroup(part) ? part.values : [part]));
}

/** The operations that a property is shown for, such as "video/text2video", with * for any. */
export function operationsOf({ displayOptions }: INodeProperties): string[] {
	const { resource = ['*'], operation = ['*'] } = displayOptions?.show ?? {};
	return (resource as string[]).flatMap((first) =>
		(operation as string[]).map((second) => `${first}/${second}`),
	);
}

/** Where a property stands, for messages: "video/text2video", and "video/text2video …" where others have it too. */
export function placeOf(property: INodeProperties): string {
	const [first = '', ...others] = operationsOf(property);
	return others.length > 0 ? `${first} …` : first;
}
