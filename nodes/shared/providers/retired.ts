import type { KlingError } from '../core/errors';
import { KINDS } from '../core/kinds';
import { offeredModels, servedModels } from '../core/modelService';
import type { RequestView } from '../core/requests';
import { retirementAt } from '../core/retiredModels';
import type { Retirement } from '../core/retiredModels';
import { either } from '../core/words';
import type { Provider, Service } from './types';

/** What a person is told of models that a service runs no more, or of which nobody knows where it runs them. */

/** Others pass on what Kling itself says. */
function originOf({ service }: Provider): Service {
	return service === 'relay' ? 'klingGlobal' : service;
}

function announcement({ since, source, certain }: Retirement): string {
	return certain
		? `has been switched off by official Kling in ${since}`
		: `was to end at official Kling on ${since} (${source})`;
}

/** The models that a kind has left; none where all are said to have ended. */
function modelsLeft(provider: Provider, { kind }: RequestView): readonly string[] {
	return offeredModels(provider, kind).filter(
		(id) => retirementAt(originOf(provider), kind, id) === undefined,
	);
}

function instead(provider: Provider, request: RequestView): string {
	const left = modelsLeft(provider, request);
	if (left.length > 0) return `Models of today: ${left.join(', ')}`;
	return 'No model of today does this: another service may still have it';
}

/** What to tell beside the result of a request for a model that may have ended; undefined where nothing is known of that. */
export function retirementWarning(provider: Provider, request: RequestView): string | undefined {
	const { kind, model_name: model = '' } = request;
	const retired = retirementAt(provider.service, kind, model);
	if (!retired) return undefined;
	return `Model ${model} ${announcement(retired)}. It is sent all the same. ${instead(provider, request)}.`;
}

/** What a request depends on that has ended: its model, or all models of its kind, where it names none. */
function endedFor(
	provider: Provider,
	{ kind, model_name: model }: RequestView,
): { what: string; retired: Retirement } | undefined {
	const models = model === undefined ? servedModels(provider, kind) : [model];
	const ended = models.flatMap((id) => retirementAt(originOf(provider), kind, id) ?? []);
	// The newest, whose end is that of all.
	const [retired] = ended;
	if (!retired || ended.length < models.length) return undefined;
	if (model !== undefined) return { what: `Model ${model}`, retired };
	return { what: `${KINDS[kind].title} works with ${either(models)} only, which`, retired };
}

/** `kling-image-4.0`, `kling-long-image-4.0` and the like, as resellers call them: no page of Kling has been seen for them. */
const IMAGES_OF_4 = /^kling[- ](long[- ])?image[- ]\d+\.\d+$/i;

/** What is known of the model of a request that was refused for it. */
function knownOf(provider: Provider, request: RequestView): string | undefined {
	const ended = endedFor(provider, request);
	if (ended) return `${ended.what} ${announcement(ended.retired)}`;
	const { model_name: model = '' } = request;
	const isOfficial = provider.service === 'klingGlobal' || provider.service === 'klingChina';
	return isOfficial && IMAGES_OF_4.test(model)
		? `Resellers have ${model}, but no page of Kling tells a path for it, so it was sent to that of older models`
		: undefined;
}

const GONE = /discontinu|retired|no longer (available|supported)|switched off|下线|停用/i;

/** Kling's "not found", and that of new-api. */
const NO_MODEL: readonly unknown[] = [1203, 'model_not_found'];

/** Whether a refusal is about a model that is not there, by its code or by words of any service. */
function isAboutModel({ details: { code, serviceMessage = '' } }: KlingError): boolean {
	return NO_MODEL.includes(code) || GONE.test(serviceMessage);
}

/** A refusal of a create, with what is known of its model, and what there is instead. */
export function explainedByModel(
	provider: Provider,
	request: RequestView,
	error: KlingError,
): KlingError {
	const known = isAboutModel(error) ? knownOf(provider, request) : undefined;
	if (known === undefined) return error;
	const told = `${known}. ${instead(provider, request)}`;
	const { advice } = error.details;
	return error.with({ advice: advice === undefined ? told : `${advice}. ${told}` });
}
