import { KlingError } from './errors';
import { FEATURES } from './features';
import type { Feature } from './features';
import { KINDS } from './kinds';
import type { Model } from './models';
import { modelAt, offeredModels, othersWith, serves, tableName } from './modelService';
import type { ModelService } from './modelService';
import { isLongerThan, PROMPT_MAX, USUAL_ASPECT_RATIOS } from './operations/fields';
import { refuseValue } from './quote';
import { fieldName } from './requests';
import type { GenerationRequest, RequestView } from './requests';
import { either, LABELS, lengthOf, VOICES } from './words';

/** A request for a model of the table. */
interface Wish {
	request: RequestView;
	model: Model;
	at: ModelService;
	/** As messages call the model: "kling-v2-5-turbo (the default model here)". */
	name: string;
	/** The model as other APIs of the service have it, and how the request is one for those. */
	elsewhere?: { model: Model; advice?: string };
}

function refuse(parameter: string, message: string, advice?: string): never {
	throw new KlingError('invalidInput', message, { parameter, advice });
}

/** "Voices need", where one of them "needs". */
function inNumber(name: string, rest: string): string {
	const isPlural = /s\)?$| and /.test(name);
	return `${name} ${isPlural ? rest.replace(/^needs/, 'need').replace(/^does/, 'do') : rest}`;
}

function checkKind({ request: { kind, model_name = '' }, at }: Wish, known: string): void {
	if (serves(at, kind, known)) return;
	const others = othersWith(at, known, kind);
	const where = at.models[kind] ? ` at ${at.label}` : '';
	const use = others.length > 0 ? `. With it use ${either(others)}` : '';
	const models = offeredModels(at, kind).join(', ');
	refuse(
		fieldName(kind, 'model_name'),
		`Model ${model_name} does not offer ${KINDS[kind].title}${where}${use}. Models that do: ${models}`,
	);
}

const labelsOf = (modes: Model['modes']) => either(modes.map((mode) => LABELS.mode[mode]));

function spanOf(durations: readonly number[]): string {
	const [first, last] = [durations[0], durations[durations.length - 1]];
	return durations.length > 3 ? `${first} to ${last}` : either(durations);
}

function checkBasics({ request: { kind, mode, duration }, model, name }: Wish): void {
	// Where there is nothing to choose, no mode is sent; but 4K is more than the model has.
	const modes = model.modes.length > 0 ? model.modes : (['std', 'pro'] as const);
	if (mode && !modes.includes(mode)) {
		refuse('Quality', `Quality must be ${labelsOf(modes)} with ${name}, not ${LABELS.mode[mode]}`);
	}
	const isAnyLength = model.durations.length === 0;
	if (duration !== undefined && !isAnyLength && !model.durations.includes(duration)) {
		const allowed = spanOf(model.durations);
		const parameter = fieldName(kind, 'duration');
		refuse(parameter, `Duration must be ${allowed} s with ${name}, not ${duration} s`);
	}
}

function refuseFeature(
	feature: Feature,
	{ request, at, name, elsewhere }: Omit<Wish, 'model'>,
): never {
	const { kind } = request;
	const isHadElsewhere = elsewhere && feature.limit(elsewhere.model, kind) !== undefined;
	if (isHadElsewhere) {
		const lack = inNumber(feature.name, `does not work with ${name}`);
		refuse(feature.name, lack, elsewhere.advice);
	}
	const listed = offeredModels(at, kind).filter((id) => {
		const model = modelAt(at, id, kind);
		return model !== undefined && feature.limit(model, kind) !== undefined;
	});
	const unlisted = (feature.unlisted ?? []).map((id) => `${id} (official Kling, with an API key)`);
	const able = listed.length > 0 ? listed : unlisted;
	const others = able.length > 0 ? `. Models that have it: ${able.join(', ')}` : '';
	return refuse(feature.name, inNumber(feature.name, `does not work with ${name}${others}`));
}

function checkFeature(feature: Feature, wish: Wish): void {
	const { request, model, name } = wish;
	if (!feature.requested(request)) return;
	const { modes, durations } = feature.limit(model, request.kind) ?? refuseFeature(feature, wish);
	const { mode = 'std', duration = 5 } = request;
	if (modes && !modes.includes(mode)) {
		const needs = `needs Quality = ${labelsOf(modes)} with ${name}`;
		refuse(feature.name, inNumber(feature.name, needs));
	}
	if (durations && !durations.includes(duration)) {
		const needs = `needs a Duration of ${spanOf(durations)} s with ${name}, not ${duration} s`;
		refuse(feature.name, inNumber(feature.name, needs));
	}
}

/** Rules that concern one model and two of its functions. */
function checkPairs({ request, model, name }: Wish): void {
	const { kind, camera_control, image, image_tail, sound, voice_list = [] } = request;
	if (model.camera?.[kind]?.simpleOnly && camera_control && camera_control.type !== 'simple') {
		const { simple, [camera_control.type]: given } = LABELS.camera;
		refuse('Camera Movement', `Camera Movement must be ${simple} with ${name}, not ${given}`);
	}
	if (model.lastFrame?.silent && image_tail !== undefined && sound === 'on') {
		refuse('Last Frame', `Last Frame works with ${name} only when Sound is off`);
	}
	if (model.lastFrame?.needsFirst && image_tail !== undefined && image === undefined) {
		refuse('Last Frame', `Last Frame needs a First Frame with ${name}`);
	}
	if (model.sound?.always && sound === 'off') {
		refuse('Sound', `Sound cannot be off with ${name}`);
	}
	// Voices are heard only with sound.
	if (voice_list.length > 0 && sound !== 'on' && !model.sound?.always) {
		refuse(VOICES, `${VOICES} work only when Sound is on`);
	}
}

/** What most models take alike; one that is not known is taken for one of those. */
function checkUsual(
	{ kind, prompt = '', aspect_ratio: shape }: RequestView,
	{ promptMax, aspectRatios }: Partial<Model>,
	name: string,
): void {
	const longest = promptMax ?? PROMPT_MAX;
	if (isLongerThan(prompt, longest)) {
		const parameter = fieldName(kind, 'prompt');
		const of = promptMax === undefined ? '' : ` with ${name}`;
		const length = lengthOf(prompt);
		refuse(parameter, `${parameter} must have at most ${longest} characters${of}, not ${length}`);
	}
	const shapes: readonly string[] = aspectRatios ?? USUAL_ASPECT_RATIOS;
	if (shape !== undefined && KINDS[kind].result === 'video' && !shapes.includes(shape)) {
		refuseValue(fieldName(kind, 'aspect_ratio'), `must be ${either(shapes)}`, shape);
	}
}

/** What one API of a service says of models otherwise than the others, by their names in the table. */
export interface ModelsOfApi {
	differences: Readonly<Record<string, Partial<Model>>>;
	/** What makes a request one of that API, beside its model: "an image of more than 10 MB". */
	because?: string;
	/** What makes it one of another API that has the model. */
	advice?: string;
}

/**
 * Refuses what a known model is known not to do at a service, or at the API of it that serves the request, naming what would
 * work; of models it does not know it says only what holds for most. Throws `invalidInput`.
 */
export function checkModel(
	request: GenerationRequest,
	at: ModelService,
	{ differences, because, advice }: ModelsOfApi = { differences: {} },
): void {
	const { kind, model_name } = request;
	if (model_name === undefined) return;
	const known = tableName(at, model_name);
	const usual = modelAt(at, known, kind);
	const model = usual && { ...usual, ...differences[known] };
	const isDefault = at.defaultModels[kind] === model_name;
	const where = at.modelDifferences?.[known] ? ` at ${at.label}` : '';
	const also = because === undefined ? '' : ` and ${because}`;
	const name = `${model_name}${isDefault ? ' (the default model here)' : where}${also}`;
	checkUsual(request, model ?? {}, name);
	const fault = (field: string, message: string) => {
		const parameter = fieldName(kind, field);
		refuse(parameter, `${parameter} ${message}`);
	};
	const refusing = { fault, model: name };
	KINDS[kind].limitRules?.(request, { ...refusing, of: model ?? {} });
	if (!model) {
		const rare = FEATURES.find((one) => one.isRare?.(kind) && one.requested(request));
		if (rare) refuseFeature(rare, { request, at, name });
		return;
	}
	const elsewhere = because === undefined ? undefined : { model: usual, advice };
	const wish: Wish = { request, model, at, name, elsewhere };
	checkKind(wish, known);
	checkBasics(wish);
	for (const feature of FEATURES) checkFeature(feature, wish);
	checkPairs(wish);
	KINDS[kind].modelRules?.[known]?.(request, refusing);
}
