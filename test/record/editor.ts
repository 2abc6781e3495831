/** What the editor shows: every property by its name, so that a difference can tell which of them it is. */
import type { ILoadOptionsFunctions, INodeProperties } from 'n8n-workflow';

import { KlingApi } from '../../credentials/KlingApi.credentials';
import { Kling } from '../../nodes/Kling/Kling.node';
import { KlingTrigger } from '../../nodes/KlingTrigger/KlingTrigger.node';
import { isGroup, isOption } from '../unit/properties';
import { OPERATION_NAMES } from './requests';

/** Where a property is shown, in few words: "operation=text2video waitMode=poll,suspend". */
function shownFor({ displayOptions }: INodeProperties): string {
	return Object.entries(displayOptions?.show ?? {})
		.map(([name, values]) => `${name}=${(values ?? []).map(String).join(',')}`)
		.join(' ');
}

/** A property, and behind it those that are in it; what stands in for them keeps their order. */
function linesOf(property: INodeProperties, path = ''): string[] {
	const shown = shownFor(property);
	const name = `${path}${property.name}${shown ? ` (${shown})` : ''}`;
	const inner: string[] = [];
	const options = property.options?.map((part) => {
		if (isOption(part)) return part;
		const members = isGroup(part) ? part.values : [part];
		inner.push(...members.flatMap((member) => linesOf(member, `${name} / `)));
		const names = members.map((member) => member.name);
		return isGroup(part) ? { ...part, values: names } : names;
	});
	return [`${name}\t${JSON.stringify({ ...property, options })}`, ...inner];
}

function membersOf(description: object): string[] {
	return Object.entries(description)
		.filter(([name]) => name !== 'properties')
		.map(([name, value]) => `${name}\t${JSON.stringify(value)}`);
}

export function klingLines(): string[] {
	const { description } = new Kling();
	return [...membersOf(description), ...description.properties.flatMap((one) => linesOf(one))];
}

export function triggerLines(): string[] {
	const { description } = new KlingTrigger();
	return [...membersOf(description), ...description.properties.flatMap((one) => linesOf(one))];
}

export function credentialLines(): string[] {
	const credential = new KlingApi();
	return [...membersOf(credential), ...credential.properties.flatMap((one) => linesOf(one))];
}

/** The list of the Model parameter, for each operation and for some words to search for. */
export async function modelLines(): Promise<string[]> {
	const { searchModels } = new Kling().methods.listSearch;
	const lines: string[] = [];
	for (const operation of [...OPERATION_NAMES, 'get', undefined]) {
		for (const filter of [undefined, 'v2', ' Omni ', 'nonsense']) {
			const context = { getCurrentNodeParameter: () => operation };
			const found = await searchModels.call(context as unknown as ILoadOptionsFunctions, filter);
			lines.push(`${operation ?? 'none'} ${filter ?? 'all'}\t${JSON.stringify(found)}`);
		}
	}
	return lines;
}
