import type { INodeProperties } from 'n8n-workflow';

import type { Kind } from '../../shared/core/kinds';
import { FEATURES } from '../../shared/core/features';
import type { Feature } from '../../shared/core/features';
import { MODELS } from '../../shared/core/models';
import type { Limit, Model } from '../../shared/core/models';
import { modelAt, servedModels } from '../../shared/core/modelService';
import { fieldName, fieldsOf } from '../../shared/core/requests';
import type { FieldName } from '../../shared/core/requests';
import { retirementAt } from '../../shared/core/retiredModels';
import { LABELS } from '../../shared/core/words';
import { ALL_PROVIDERS } from '../../shared/providers';
import { codecFor } from '../../shared/providers/codec';
import type { Provider } from '../../shared/providers';

/** What the table of models says of an option, in the words of its description. */

/** "kling-v1-5 (Professional, 5 s)" */
function withLimit(
	model: string,
	{ modes = [], durations = [] }: Limit,
	places: readonly string[],
): string {
	const limits = [
		modes.map((mode) => LABELS.mode[mode]).join(' or '),
		durations.length > 0 ? `${durations.join(' or ')} s` : '',
		...places,
	].filter((limit) => limit !== '');
	return limits.length > 0 ? `${model} (${limits.join(', ')})` : model;
}

/** "a, b and c" */
function inWords(words: readonly string[]): string {
	const last = words.at(-1) ?? '';
	return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}

/** The labels in the name of a field or a feature, which may stand for several: "Voices (or Voice IDs)". */
function labelsIn(name: string): string[] {
	return name.replace(/ \(or (.+)\)$/, ' and $1').split(' and ');
}

/** The services that take an option, by the name that the editor has for it. */
function takers(kind: Kind, displayName: string): Provider[] {
	const field = fieldsOf(kind).find((name) =>
		labelsIn(fieldName(kind, name)).includes(displayName),
	);
	return ALL_PROVIDERS.filter(({ offers }) => field && offers[kind]?.includes(field));
}

/** What descriptions call a service: official Kling is two. */
function calledInTexts({ service, label }: Provider): string {
	if (service === 'relay') return 'relays';
	return service === 'klingGlobal' || service === 'klingChina' ? 'official Kling' : label;
}

/** Who takes a field of a kind, in words: "official Kling and relays"; `all`: whoever makes the kind. */
export function takersOf(kind: Kind, field: FieldName): { words: string; all: boolean } {
	const making = ALL_PROVIDERS.filter(({ offers }) => offers[kind]);
	const taking = making.filter(({ offers }) => offers[kind]?.includes(field));
	const words = inWords([...new Set(taking.map(calledInTexts))]);
	return { words, all: taking.length === making.length };
}

/** All models that serve a kind at these services, newest first. */
function modelsAt(providers: readonly Provider[], kind: Kind): string[] {
	const served = providers.flatMap((provider) => servedModels(provider, kind));
	return Object.keys(MODELS)
		.filter((model) => served.includes(model))
		.reverse();
}

/** A model as the API of a service has it that serves it; undefined where the service refuses it. */
function modelOf(provider: Provider, kind: Kind, id: string): Model | undefined {
	const isServed = servedModels(provider, kind).includes(id);
	if (!isServed || retirementAt(provider.service, kind, id)?.certain) return undefined;
	const known = modelAt(provider, id, kind);
	const request = { kind, model_name: id };
	const api = codecFor(provider, request).modelsFor?.(request);
	return known && { ...known, ...api?.differences[id] };
}

/** "kling-v3-omni (Ace Data Cloud)": a model, its limit, and which of the services it is for, if not for all. */
function inPlaces(id: string, limit: Limit, having: readonly Provider[], all: readonly Provider[]) {
	const services = [...new Set(having.map(calledInTexts))];
	const others = [...new Set(all.map(calledInTexts))].filter((name) => !services.includes(name));
	const few = services.length <= others.length ? inWords(services) : `not at ${inWords(others)}`;
	return withLimit(id, limit, others.length === 0 ? [] : [few]);
}

/**
 * Which models know a feature: "Works with kling-v2-6 (Professional) and kling-v3; not with the default model", or which few
 * do not. Empty where all do.
 */
function supportOf(kind: Kind, feature: Feature, providers: readonly Provider[]): string {
	const limitAt = (provider: Provider, id: string): Limit | undefined => {
		const model = modelOf(provider, kind, id);
		return model && feature.limit(model, kind);
	};
	const limitOf = (id: string): Limit | undefined => {
		const limits = providers.flatMap((provider) => limitAt(provider, id) ?? []);
		const usual = MODELS[id] && feature.limit(MODELS[id], kind);
		return limits.length > 0 ? (usual ?? limits[0]) : undefined;
	};
	const models = modelsAt(providers, kind);
	const lacking = models.filter((model) => !limitOf(model));
	const knowing = models.flatMap((id) => {
		const limit = limitOf(id);
		const having = providers.filter((provider) => limitAt(provider, id));
		return limit ? [inPlaces(id, limit, having, providers)] : [];
	});
	if (knowing.length === 0 && feature.unlisted) {
		return `Only with ${inWords(feature.unlisted)}, at official Kling with an API key`;
	}
	const isLimited = models.some((id) => Object.keys(limitOf(id) ?? {}).length > 0);
	if (!isLimited && lacking.length < knowing.length) {
		return lacking.length > 0 ? `Not with ${inWords(lacking)}` : '';
	}
	const defaults = new Set(providers.flatMap(({ defaultModels }) => defaultModels[kind] ?? []));
	const refusing = [...defaults].filter((model) => !limitOf(model));
	const not = refusing.length === defaults.size ? 'model' : inWords(refusing);
	return `Works with ${inWords(knowing)}${refusing.length > 0 ? `; not with the default ${not}` : ''}`;
}

/** An option of a kind, which tells the models that know it if the rules of models have a feature of its name. */
export function tellingModels(property: INodeProperties, kind: Kind): INodeProperties {
	const { displayName, description = '' } = property;
	const feature = FEATURES.find(({ name }) => labelsIn(name).includes(displayName));
	const support = feature && supportOf(kind, feature, takers(kind, displayName));
	if (!support) return property;
	return { ...property, description: `${description.replace(/\.$/, '')}. ${support}.` };
}
