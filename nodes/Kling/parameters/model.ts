import type {
	ILoadOptionsFunctions,
	INodeListSearchResult,
	INodePropertyOptions,
} from 'n8n-workflow';

import type { Kind } from '../../shared/core/kinds';
import { isKind, KINDS } from '../../shared/core/kinds';
import { MODELS, modelsFor } from '../../shared/core/models';
import type { Model } from '../../shared/core/models';
import { offeredModels } from '../../shared/core/modelService';
import { readConnection } from '../../shared/credential/connection';
import { CREDENTIAL } from '../../shared/n8n/transport';
import { defaultModel } from '../../shared/providers/checkRequest';
import { ALL_PROVIDERS, providerFor } from '../../shared/providers';
import type { Provider } from '../../shared/providers';
import { isNewerOnly } from '../../shared/providers/newStandard/models';
import { folded } from '../../shared/n8n/values';
import type { Field } from './field';
import { picked } from './types';
import { asText } from './values';

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

/** The name of a model as the services write it; undefined where the service's default is wanted. Throws `invalidInput`. */
function readName(value: unknown): string | undefined {
	const name = asText(value, 'Model')?.trim() ?? SERVICE_DEFAULT;
	const wanted = folded(name);
	if ([SERVICE_DEFAULT, SERVICE_DEFAULT_NAME].map(folded).includes(wanted)) return undefined;
	const known = Object.entries(MODELS).find(([id, { name: title }]) =>
		[id, title].map(folded).includes(wanted),
	);
	// As Kling's pages write it: "Kling 3.0 Turbo".
	const written = wanted.replaceAll(' ', '-');
	return known?.[0] ?? (isNewerOnly(written) ? written : name);
}

/** The Model parameter of one kind: a list of what we know, or any name as text. The service's default is put in. */
export function model(kind: Kind): Field {
	const name = picked(
		{
			displayName: 'Model',
			name: 'model',
			required: true,
			description: `The model that makes the result. Price, speed and abilities depend on it. Default for the service – ${defaultsInWords(kind)}.`,
			preset: { value: SERVICE_DEFAULT, name: SERVICE_DEFAULT_NAME },
			list: { method: 'searchModels', placeholder: 'Select a model…' },
			typed: {
				displayName: 'By Name',
				name: 'name',
				placeholder: 'e.g. kling-v2-6',
				hint: 'Any model of your service, also one that is newer than this node',
			},
		},
		readName,
	);
	return {
		properties: name.properties,
		read: (item) => ({ model_name: name.read(item) ?? defaultModel(item.provider, kind) }),
	};
}

/** "3–15 s, up to 4K, sound": what it costs most to know of a model before it is chosen. */
function summaryOf({ durations, modes, sound }: Model): string {
	const [first, last] = [durations[0], durations.at(-1)];
	const span = durations.length > 2 ? `${first}–${last} s` : `${durations.join(' or ')} s`;
	return [
		durations.length > 0 ? span : '',
		modes.includes('4k') ? 'up to 4K' : '',
		sound ? 'sound' : '',
	]
		.filter((part) => part !== '')
		.join(', ');
}

function listEntry(id: string, kind: Kind): { name: string; value: string } {
	const known = MODELS[id];
	if (!known) return { name: id, value: id };
	// Length and sound say nothing of images.
	const summary = KINDS[kind].result === 'video' ? summaryOf(known) : '';
	return { name: `${known.name} (${id})${summary ? `: ${summary}` : ''}`, value: id };
}

/** The service of the chosen credential; undefined as long as none is chosen, or it is incomplete. */
export async function providerOf(context: ILoadOptionsFunctions): Promise<Provider | undefined> {
	try {
		return providerFor(readConnection(await context.getCredentials(CREDENTIAL)));
	} catch {
		return undefined;
	}
}

/** The entries for one kind: its default, and the models that the service is known to serve and has not switched off. */
function entriesFor(kind: Kind, provider: Provider | undefined) {
	if (!provider) {
		const byDefault = { name: SERVICE_DEFAULT_NAME, value: SERVICE_DEFAULT };
		return [byDefault, ...modelsFor(kind).map((id) => listEntry(id, kind))];
	}
	const { offers, defaultModels, listedModels } = provider;
	if (!offers[kind]?.includes('model_name')) return [];
	const listed = listedModels[kind] ?? offeredModels(provider, kind);
	const byDefault = { name: `Default: ${defaultModels[kind] ?? '–'}`, value: SERVICE_DEFAULT };
	return [byDefault, ...listed.map((id) => listEntry(id, kind))];
}

/** Fills the list of the Model parameter for the chosen operation and credential. Any other name can still be typed. */
export async function searchModels(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const operation: unknown = this.getCurrentNodeParameter('operation');
	const kind: Kind = isKind(operation) ? operation : 'text2video';
	const wanted = filter?.trim().toLowerCase() ?? '';
	const provider = await providerOf(this);
	// Kling's newer API, and so its pages, have other names for some.
	const aliases = Object.entries(provider?.modelAliases ?? {});
	const termsOf = ({ name, value }: INodePropertyOptions) => [
		name,
		...aliases.flatMap(([alias, id]) => (id === value ? [alias.replaceAll('-', ' '), alias] : [])),
	];
	const isWanted = (entry: INodePropertyOptions) =>
		termsOf(entry).some((term) => term.toLowerCase().includes(wanted));
	return { results: entriesFor(kind, provider).filter(isWanted) };
}
