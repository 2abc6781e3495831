import type { ILoadOptionsFunctions, INodeListSearchResult, INodeProperties } from 'n8n-workflow';

import type { Kind } from '../../shared/core/kinds';
import { isKind } from '../../shared/core/kinds';
import { MODELS, modelsFor } from '../../shared/core/models';
import { defaultModel } from '../../shared/providers/checkRequest';
import { ALL_PROVIDERS } from '../../shared/providers';
import type { Field } from './field';

/** Stands for the service's own default, so that a workflow survives a change of service. */
const SERVICE_DEFAULT = 'default';
const SERVICE_DEFAULT_NAME = 'Default for the Service';

/** "OpenAI-HK: kling-v1; others: kling-v2-5-turbo" */
function defaultsInWords(kind: Kind): string {
	const byModel = new Map<string, string[]>();
	for (const { defaultModels, label } of ALL_PROVIDERS) {
		const model = defaultModels[kind];
		if (model) byModel.set(model, [...(byModel.get(model) ?? []), label]);
	}
	const groups = [...byModel].sort(([, one], [, other]) => one.length - other.length);
	const last = groups.length - 1;
	return groups
		.map(([model, labels], index) => {
			if (last === 0) return model;
			return `${index === last ? 'others' : labels.join(', ')}: ${model}`;
		})
		.join('; ');
}

/** The Model parameter of one kind: a list of what we know, or any name as text. The service's default is put in. */
export function model(kind: Kind): Field {
	const property: INodeProperties = {
		displayName: 'Model',
		name: 'model',
		type: 'resourceLocator',
		default: { mode: 'list', value: SERVICE_DEFAULT, cachedResultName: SERVICE_DEFAULT_NAME },
		required: true,
		description: `The model that makes the result. Price, speed and abilities depend on it. Default for the service – ${defaultsInWords(kind)}.`,
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: 'Select a model…',
				typeOptions: { searchListMethod: 'searchModels', searchable: true },
			},
			{
				displayName: 'By Name',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. kling-v2-6',
				hint: 'Any model of your service, also one that is newer than this node',
			},
		],
	};
	return {
		properties: [property],
		read: (item) => {
			const given = item.value(property);
			const isDefault = given === SERVICE_DEFAULT || given === '';
			return { model_name: isDefault ? defaultModel(item.provider, kind) : given };
		},
	};
}

/** Fills the list of the Model parameter for the chosen operation. */
export async function searchModels(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const operation: unknown = this.getCurrentNodeParameter('operation');
	const kind: Kind = isKind(operation) ? operation : 'text2video';
	const known = modelsFor(kind).map((id) => ({ name: MODELS[id]?.name ?? id, value: id }));
	const all = [
		{ name: SERVICE_DEFAULT_NAME, value: SERVICE_DEFAULT },
		...known.map(({ name, value }) => ({ name: `${name} (${value})`, value })),
	];
	const wanted = filter?.trim().toLowerCase() ?? '';
	return { results: all.filter(({ name }) => name.toLowerCase().includes(wanted)) };
}
