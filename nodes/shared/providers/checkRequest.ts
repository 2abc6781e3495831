/** What is refused before anything is sent, because the service or the model is known not to do it. */
import { checkModel } from '../core/modelRules';
import { offeredModels } from '../core/modelService';
import { KlingError, refuseParameter } from '../core/errors';
import { retirementAt } from '../core/retiredModels';
import { KINDS } from '../core/kinds';
import type { Kind } from '../core/kinds';
import { ALL_PROVIDERS } from './index';
import { codecFor } from './codec';
import type { Provider } from './index';
import { checkPictures } from './pictures';
import { fieldName, fieldsOf, parseRequest } from '../core/requests';
import type { FieldName, GenerationRequest, RequestView } from '../core/requests';
import { isLongerThan } from '../core/operations/fields';
import { lengthOf } from '../core/words';

function othersThat(has: (provider: Provider) => boolean): string {
	const labels = ALL_PROVIDERS.filter(has).map(({ label }) =>
		label.replace('The relay', 'other relays'),
	);
	return labels.length > 0 ? `. Services that do: ${labels.join(', ')}` : '';
}

/** Throws `notOffered` when the service has no such operation, naming those that have. */
export function checkOffered(provider: Provider, kind: Kind): void {
	if (provider.offers[kind]) return;
	const { title } = KINDS[kind];
	if (provider.needApiKey?.includes(kind)) {
		throw new KlingError(
			'notOffered',
			`${provider.label} offers ${title} only with an API key, not with an access key and a secret key`,
			{
				advice:
					'Choose API Key as Authentication in the credential, with a key from the console of Kling',
			},
		);
	}
	throw new KlingError(
		'notOffered',
		`${provider.label} does not offer ${title}${othersThat((other) => other.offers[kind] !== undefined)}`,
		{ advice: 'Choose another operation, or a credential for another service' },
	);
}

/**
 * Refuses, before anything is sent or paid, what the service or the model is known not to do.
 * Throws `notOffered` or `invalidInput`, naming what would work.
 */
export function checkRequest(provider: Provider, request: GenerationRequest): void {
	checkOffered(provider, request.kind);
	const fields: RequestView = request;
	const offered = provider.offers[request.kind] ?? [];
	const lacking = fieldsOf(request.kind).find(
		(field) => fields[field] !== undefined && !offered.includes(field),
	);
	if (lacking) {
		const instead = KINDS[request.kind].instead?.[lacking];
		throw new KlingError(
			'notOffered',
			`${provider.label} does not offer ${fieldName(request.kind, lacking)} for ${KINDS[request.kind].title}${othersThat(
				(other) => other.offers[request.kind]?.includes(lacking) ?? false,
			)}`,
			{
				parameter: fieldName(request.kind, lacking),
				advice: `${instead === undefined ? 'Remove the parameter, or choose' : `Choose ${instead}, or`} a credential for another service`,
			},
		);
	}
	const { model_name = '' } = request;
	const retired = retirementAt(provider.service, request.kind, model_name);
	if (retired?.certain) {
		throw new KlingError(
			'invalidInput',
			`Model ${model_name} has been switched off by ${provider.label} in ${retired.since}`,
			{
				parameter: fieldName(request.kind, 'model_name'),
				advice: `Choose another one: ${offeredModels(provider, request.kind).join(', ')}`,
			},
		);
	}
	checkLengths(provider, fields);
	provider.check?.(fields);
	const api = codecFor(provider, request);
	checkPictures(api, fields);
	checkModel(request, provider, api.modelsFor?.(fields));
}

/**
 * A checked request as its model makes it here: as it is, or as one of another kind. Throws `invalidInput` for what the other
 * kind does not take.
 */
export function asMade(provider: Provider, request: GenerationRequest): GenerationRequest {
	const { kind, model_name = '' } = request;
	const { [kind]: elsewhere } = provider.elsewhere;
	if (!elsewhere?.makes(model_name)) return request;
	const other = parseRequest({ ...KINDS[kind].madeAs?.(request), kind: elsewhere.as });
	checkRequest(provider, other);
	return other;
}

/** Services differ in how much text and how many images they take. */
function checkLengths({ label, most, maxLengths = {} }: Provider, fields: RequestView): void {
	const { kind } = fields;
	for (const field of ['prompt', 'negative_prompt', 'text'] as const) {
		const { [field]: longest } = maxLengths;
		const given = fields[field] ?? '';
		if (longest !== undefined && isLongerThan(given, longest)) {
			refuseParameter(
				fieldName(kind, field),
				`must have at most ${longest} characters at ${label}, not ${lengthOf(given)}`,
			);
		}
	}
	for (const [field, count] of Object.entries(most[kind] ?? {})) {
		const given: unknown = fields[field as FieldName];
		if (Array.isArray(given) && given.length > count) {
			refuseParameter(
				fieldName(kind, field),
				`must contain at most ${count} at ${label}, not ${given.length}`,
			);
		}
	}
}

/**
 * The model that "Default for the Service" stands for; undefined where the service takes none.
 * Throws `notOffered` when it lacks the kind.
 */
export function defaultModel(provider: Provider, kind: Kind): string | undefined {
	const model = provider.defaultModels[kind];
	if (model !== undefined) return model;
	checkOffered(provider, kind);
	if (!provider.offers[kind]?.includes('model_name')) return undefined;
	const parameter = fieldName(kind, 'model_name');
	throw new KlingError('invalidInput', `${parameter} must be chosen for ${KINDS[kind].title}`, {
		parameter,
	});
}
