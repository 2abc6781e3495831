import { KlingError } from './errors';
import { KINDS } from './kinds';
import type { Kind } from './kinds';
import { MODELS, modelsFor } from './models';
import type { Limit, Model } from './models';
import type { GenerationRequest, RequestView } from './requests';
import type { Mode } from './operations/fields';

function refuse(parameter: string, message: string): never {
	throw new KlingError('invalidInput', message, { parameter });
}

/** "a, b or c" */
function either(words: ReadonlyArray<string | number>): string {
	const list = words.map(String);
	return list.length < 2
		? list.join('')
		: `${list.slice(0, -1).join(', ')} or ${list[list.length - 1]}`;
}

function spanOf(durations: readonly number[]): string {
	const [first, last] = [durations[0], durations[durations.length - 1]];
	return durations.length > 3 ? `${first} to ${last}` : either(durations);
}

function checkLimit(what: string, model: Model, limit: Limit, mode: Mode, duration: number): void {
	if (limit.modes && !limit.modes.includes(mode)) {
		refuse(
			what,
			`${what} works with ${model.name} only in Mode ${either(limit.modes)}, not ${mode}`,
		);
	}
	if (limit.durations && !limit.durations.includes(duration)) {
		refuse(
			what,
			`${what} works with ${model.name} only with a Duration of ${spanOf(limit.durations)} s, not ${duration} s`,
		);
	}
}

/** The models that serve a kind, and where that holds. */
export interface Serving {
	models: readonly string[];
	/** What to say behind the kind, e.g. " at Ace Data Cloud". */
	where: string;
}

function modelsWith(models: readonly string[], has: (model: Model) => boolean): string {
	const names = models.filter((id) => {
		const model = MODELS[id];
		return model !== undefined && has(model);
	});
	return names.length > 0 ? `. Models that have it: ${names.join(', ')}` : '';
}

/** A function of the models: whether a request wishes it, and what a model says to it (undefined: it lacks it). */
export interface Feature {
	name: string;
	requested(wish: RequestView): boolean;
	limit(model: Model, kind: Kind): Limit | undefined;
}

const always = (has: boolean | undefined): Limit | undefined => (has ? {} : undefined);

export const FEATURES: readonly Feature[] = [
	{
		name: 'Camera Movement',
		requested: ({ camera_control }) => camera_control !== undefined,
		limit: ({ camera }, kind) => camera?.[kind],
	},
	{ name: 'Sound', requested: ({ sound }) => sound === 'on', limit: ({ sound }) => sound },
	{
		name: 'Voice IDs',
		requested: ({ voice_list }) => (voice_list?.length ?? 0) > 0,
		limit: ({ voices }) => voices,
	},
	{
		name: 'Multi-Shot',
		requested: ({ multi_shot }) => multi_shot === true,
		limit: ({ multiShot }) => always(multiShot),
	},
	{
		name: 'Last Frame',
		requested: ({ image_tail }) => image_tail !== undefined,
		limit: ({ lastFrame }) => lastFrame,
	},
	{
		name: 'Static Mask and Motion Brush',
		requested: ({ static_mask, dynamic_masks }) =>
			static_mask !== undefined || dynamic_masks !== undefined,
		limit: ({ masks }) => masks,
	},
	{
		name: 'Element IDs',
		requested: ({ element_list }) => (element_list?.length ?? 0) > 0,
		limit: ({ elements }) => always(elements),
	},
	{
		name: 'Image Reference',
		requested: ({ image_reference }) => image_reference !== undefined,
		limit: ({ imageReference }) => always(imageReference),
	},
];

function checkBasics(
	wish: RequestView,
	name: string,
	model: Model,
	{ models, where }: Serving,
): void {
	const { kind, mode, duration } = wish;
	if (!models.includes(name)) {
		refuse(
			'Model',
			`Model ${name} does not offer ${KINDS[kind].label}${where}. Models that do: ${models.join(', ')}`,
		);
	}
	const modes = model.modes.length > 0 ? model.modes : (['std'] as const);
	if (mode && !modes.includes(mode)) {
		refuse('Mode', `Mode must be ${either(modes)} with ${name}, not ${mode}`);
	}
	if (duration !== undefined && !model.durations.includes(duration)) {
		refuse(
			'Duration',
			`Duration must be ${spanOf(model.durations)} s with ${name}, not ${duration} s`,
		);
	}
}

/** Voices are heard only with sound, and only where the words say who speaks; shots of one's own stand in for the prompt. */
function checkVoices({
	voice_list = [],
	sound,
	prompt = '',
	shot_type,
	multi_prompt = [],
}: RequestView): void {
	if (voice_list.length === 0) return;
	if (sound !== 'on') refuse('Voice IDs', 'Voice IDs work only when Sound is on');
	const shots = multi_prompt.map((shot) => shot.prompt).join(' ');
	const words = shot_type === 'customize' ? shots : prompt;
	const silent =
		voice_list.findIndex((_voice, index) => !words.includes(`<<<voice_${index + 1}>>>`)) + 1;
	if (silent > 0) {
		refuse(
			'Voice IDs',
			`The prompt must say where voice ${silent} speaks, by <<<voice_${silent}>>>`,
		);
	}
}

/** Rules that concern one model and two of its functions. */
function checkPairs(wish: RequestView, name: string, model: Model): void {
	if (
		model.camera?.[wish.kind]?.simpleOnly &&
		wish.camera_control &&
		wish.camera_control.type !== 'simple'
	) {
		refuse('Camera Movement', `Camera Movement must be Simple with ${name}`);
	}
	if (model.lastFrame?.silent && wish.image_tail !== undefined && wish.sound === 'on') {
		refuse('Last Frame', `Last Frame works with ${name} only when Sound is off`);
	}
}

/**
 * Refuses what a known model is known not to do, naming what would work; says nothing about models it does not know.
 * `serving` is given where other models serve the kind than the table says.
 * Throws `invalidInput`.
 */
export function checkModel(
	request: GenerationRequest,
	serving: Serving = { models: modelsFor(request.kind), where: '' },
): void {
	const wish: RequestView = request;
	const name = wish.model_name ?? '';
	const model = Object.hasOwn(MODELS, name) ? MODELS[name] : undefined;
	if (!model) return;
	checkBasics(wish, name, model, serving);
	for (const feature of FEATURES) {
		if (!feature.requested(wish)) continue;
		const limit = feature.limit(model, wish.kind);
		if (!limit) {
			refuse(
				feature.name,
				`${feature.name} ${/s$| and /.test(feature.name) ? 'do' : 'does'} not work with ${name}${modelsWith(serving.models, (other) => feature.limit(other, wish.kind) !== undefined)}`,
			);
		}
		checkLimit(feature.name, model, limit, wish.mode ?? 'std', wish.duration ?? 5);
	}
	checkPairs(wish, name, model);
	checkVoices(wish);
}
