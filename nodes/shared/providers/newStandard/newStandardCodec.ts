import { refuseValue } from '../../core/quote';
import { KlingError } from '../../core/errors';
import type { Kind } from '../../core/kinds';
import { MODELS } from '../../core/models';
import { NEWER_ALIASES } from '../../core/newerNames';
import { offeredModels, tableName } from '../../core/modelService';
import type { RequestView } from '../../core/requests';
import { hasLargePicture, LARGEST_PICTURE_MB, USUAL_PICTURE_MB } from '../pictures';
import { refuseComma } from '../refuseComma';
import type { Codec, Overview, Provider } from '../types';
import { newStandardBody } from './body';
import {
	DIFFERENCES,
	hasShotSwitch,
	isNewerOnly,
	ONLY_NEWER,
	pathName,
	PATHS,
	unlistedModel,
} from './models';

/**
 * Kling's newer API ("new standard"), for API keys: the model stands in the path. It makes what the legacy API does not: newer
 * models, and videos of pictures over 10 MB. Everything else stays where it was, since the legacy API takes more of what can
 * be said; that the sound of a given video is kept, the two say in other words only.
 */

const LARGE = `an image of more than ${USUAL_PICTURE_MB} MB`;
/** What makes a request with one of those one of the legacy API. */
const SMALLER = 'Make the image smaller than that, or give its web address';

/** Whether a request for a model that both have goes to the newer one. */
function isTooLargeForLegacy(request: RequestView): boolean {
	return pathName(request.model_name) !== undefined && hasLargePicture(request);
}

/** Why the newer API serves a request of its, where that is not the model. */
function reasonFor({ model_name }: RequestView): string | undefined {
	return isNewerOnly(model_name) ? undefined : LARGE;
}

function serves(request: RequestView): boolean {
	return isNewerOnly(request.model_name) || isTooLargeForLegacy(request);
}

function encodeCreate(path: string, request: RequestView): ReturnType<Codec['encodeCreate']> {
	const { kind, model_name = '' } = request;
	const because = reasonFor(request);
	const called = because === undefined ? model_name : `${model_name} and ${because}`;
	const known = NEWER_ALIASES[model_name] ?? model_name;
	const inPath = pathName(model_name);
	const usual = MODELS[known] ?? unlistedModel(known, kind);
	if (!usual || inPath === undefined) refuseValue('Model', 'must be one of this API', model_name);
	refuseComma(request, `with ${called}`);
	const model = { ...usual, ...DIFFERENCES[known] };
	return {
		method: 'POST',
		path: `/${path}/${inPath}`,
		body: newStandardBody({
			request,
			model,
			called,
			hasShotSwitch: hasShotSwitch(known),
			advice: because === undefined ? undefined : SMALLER,
		}),
	};
}

/** The APIs of a kind with an API key: the legacy one, and beside it the newer one, where that has the kind. */
export function withNewStandard(
	kind: Kind,
	codecs: readonly [Codec, ...Codec[]],
	overview: Overview,
): readonly [Codec, ...Codec[]] {
	const { [kind]: path } = PATHS;
	if (path === undefined) return codecs;
	const [legacy, ...others] = codecs;
	const newer: Codec = {
		api: 'newStandard',
		serves,
		modelsFor: (request) => ({
			differences: DIFFERENCES,
			because: reasonFor(request),
			advice: SMALLER,
		}),
		maxPictureMb: ({ model_name = '' }) =>
			unlistedModel(model_name, kind)?.pictureMb ?? LARGEST_PICTURE_MB,
		encodeCreate: (request) => encodeCreate(path, request),
		readCreated: (response) => legacy.readCreated(response),
		encodeGet: (id) => overview.encodeGet(id),
		encodeGetByName: (name) => overview.encodeGetByName(name),
		readTask: (id, response) => ({ ...overview.readTask(id, response), kind }),
	};
	const older: Codec = {
		...legacy,
		serves: (request) => legacy.serves(request) && !serves(request),
	};
	return [older, ...others, newer];
}

/** What the provider says of models when it has the newer API. */
export function newerModels({ elsewhere }: Provider): Partial<Provider> {
	const { 'multi-image2video': many } = elsewhere;
	return {
		newerModels: [ONLY_NEWER],
		unlistedModel,
		...(many && {
			elsewhere: {
				...elsewhere,
				'multi-image2video': {
					...many,
					makes: (model: string) => many.makes(model) || isNewerOnly(model),
				},
			},
		}),
	};
}

/** Throws `invalidInput` for a model of the newer API, which takes no pair of keys. */
export function refuseNewerModels(legacy: Provider, { kind, model_name = '' }: RequestView): void {
	const { label, elsewhere } = legacy;
	const { [elsewhere[kind]?.as ?? kind]: path } = PATHS;
	if (path === undefined || !isNewerOnly(model_name)) return;
	const models = offeredModels(legacy, kind);
	const older = tableName(legacy, model_name);
	const other = models.includes(older) ? older : (models[0] ?? '');
	throw new KlingError(
		'invalidInput',
		`Model ${model_name} needs an API key at ${label}: its API takes no access key and secret key`,
		{
			parameter: 'Model',
			advice: `Choose Authentication = API Key in the credential, or a model such as ${other}`,
		},
	);
}
