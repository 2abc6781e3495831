import { KlingError } from './errors';
import type { Kind } from './kinds';
import { KINDS } from './kinds';
import type { GenerationRequest } from './requests';
import type { Mode } from './requests/fields';

/** A combination of mode and duration (s) that a function is limited to; an absent list means "any". */
interface Limit {
	modes?: readonly Mode[];
	durations?: readonly number[];
}

interface Model {
	name: string;
	/** Kinds of task the model serves. */
	kinds: readonly Kind[];
	/** Empty: the model takes no mode at all. */
	modes: readonly Mode[];
	/** Seconds. */
	durations: readonly number[];
	/** By kind; absent = no camera control. */
	camera?: Partial<Record<Kind, Limit & { simpleOnly?: boolean }>>;
	/** Absent = silent. */
	sound?: Limit;
	voices?: Limit;
	multiShot?: boolean;
	/** Seconds until the first look at a new task is worth a request: well below the fastest run time seen. */
	firstLook: number;
}

const FIVE_OR_TEN = [5, 10] as const;
const upTo = (last: number) => Array.from({ length: last - 2 }, (_, step) => step + 3);

/**
 * What each known model can do, after the capability map of Kling's documentation.
 * A model that is not listed here is sent as it is: the service has the last word.
 */
export const MODELS: Readonly<Record<string, Model>> = {
	'kling-v1': {
		name: 'Kling V1',
		kinds: ['text2video', 'image2video', 'video-extend'],
		modes: ['std', 'pro'],
		durations: FIVE_OR_TEN,
		camera: { text2video: { modes: ['std'], durations: [5] } },
		firstLook: 45,
	},
	'kling-v1-5': {
		name: 'Kling V1.5',
		kinds: ['image2video', 'video-extend'],
		modes: ['std', 'pro'],
		durations: FIVE_OR_TEN,
		camera: { image2video: { modes: ['pro'], durations: [5], simpleOnly: true } },
		firstLook: 45,
	},
	'kling-v1-6': {
		name: 'Kling V1.6',
		kinds: ['text2video', 'image2video', 'multi-image2video', 'video-extend'],
		modes: ['std', 'pro'],
		durations: FIVE_OR_TEN,
		firstLook: 45,
	},
	'kling-v2-master': {
		name: 'Kling V2 Master',
		kinds: ['text2video', 'image2video'],
		modes: [],
		durations: FIVE_OR_TEN,
		firstLook: 60,
	},
	'kling-v2-1': {
		name: 'Kling V2.1',
		kinds: ['image2video', 'image-generation'],
		modes: ['std', 'pro'],
		durations: FIVE_OR_TEN,
		firstLook: 45,
	},
	'kling-v2-1-master': {
		name: 'Kling V2.1 Master',
		kinds: ['text2video', 'image2video'],
		modes: ['std', 'pro'],
		durations: FIVE_OR_TEN,
		firstLook: 60,
	},
	'kling-v2-5-turbo': {
		name: 'Kling V2.5 Turbo',
		kinds: ['text2video', 'image2video'],
		modes: ['std', 'pro'],
		durations: FIVE_OR_TEN,
		firstLook: 20,
	},
	'kling-v2-6': {
		name: 'Kling V2.6',
		kinds: ['text2video', 'image2video', 'motion-control'],
		modes: ['std', 'pro'],
		durations: FIVE_OR_TEN,
		sound: { modes: ['pro'] },
		voices: { modes: ['pro'] },
		firstLook: 30,
	},
	'kling-v3': {
		name: 'Kling V3',
		kinds: ['text2video', 'image2video', 'motion-control', 'image-generation'],
		modes: ['std', 'pro', '4k'],
		durations: upTo(15),
		// Ace Data Cloud documents it for V3, Kling's own pages are silent: let the service decide.
		camera: { text2video: {}, image2video: {} },
		sound: {},
		voices: {},
		multiShot: true,
		firstLook: 30,
	},
	'kling-v3-omni': {
		name: 'Kling V3 Omni',
		kinds: ['omni-video'],
		modes: ['std', 'pro', '4k'],
		durations: upTo(15),
		sound: {},
		voices: {},
		multiShot: true,
		firstLook: 30,
	},
	'kling-video-o1': {
		name: 'Kling O1',
		kinds: ['omni-video'],
		modes: ['std', 'pro'],
		durations: upTo(10),
		sound: {},
		firstLook: 45,
	},
};

/** Models known to serve a kind, newest first. */
export function modelsFor(kind: Kind): string[] {
	return Object.keys(MODELS)
		.filter((id) => MODELS[id]?.kinds.includes(kind))
		.reverse();
}

/** Seconds to wait before the first look at a new task. */
export function firstLookSeconds(kind: Kind, modelName: string): number {
	if (KINDS[kind].makes === 'image') return 8;
	return MODELS[modelName]?.firstLook ?? 30;
}

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
		refuse(what, `${what} works with ${model.name} only in Mode ${either(limit.modes)}, not ${mode}`);
	}
	if (limit.durations && !limit.durations.includes(duration)) {
		refuse(
			what,
			`${what} works with ${model.name} only with a Duration of ${spanOf(limit.durations)} s, not ${duration} s`,
		);
	}
}

function modelsWith(kind: Kind, has: (model: Model) => boolean): string {
	const names = modelsFor(kind).filter((id) => {
		const model = MODELS[id];
		return model !== undefined && has(model);
	});
	return names.length > 0 ? `. Models that have it: ${names.join(', ')}` : '';
}

/**
 * Refuses what a known model is known not to do, naming what would work; says nothing about models it does not know.
 * Throws `invalidInput`.
 */
export function checkCapability(request: GenerationRequest): void {
	const { kind, model_name } = request;
	const model = Object.hasOwn(MODELS, model_name) ? MODELS[model_name] : undefined;
	if (!model) return;
	if (!model.kinds.includes(kind)) {
		refuse(
			'Model',
			`Model ${model_name} does not offer ${KINDS[kind].label}. Models that do: ${modelsFor(kind).join(', ')}`,
		);
	}
	const mode = request.mode ?? 'std';
	const duration = request.duration ?? 5;
	if (request.mode && model.modes.length > 0 && !model.modes.includes(request.mode)) {
		refuse('Mode', `Mode must be ${either(model.modes)} with ${model_name}, not ${request.mode}`);
	}
	if (request.duration !== undefined && !model.durations.includes(request.duration)) {
		refuse(
			'Duration',
			`Duration must be ${spanOf(model.durations)} s with ${model_name}, not ${request.duration} s`,
		);
	}
	if (request.camera_control) {
		const camera = model.camera?.[kind];
		if (!camera) {
			refuse(
				'Camera Movement',
				`Camera Movement does not work with ${model_name}${modelsWith(kind, (other) => other.camera?.[kind] !== undefined)}`,
			);
		}
		if (camera.simpleOnly && request.camera_control.type !== 'simple') {
			refuse('Camera Movement', `Camera Movement must be Simple with ${model_name}`);
		}
		checkLimit('Camera Movement', model, camera, mode, duration);
	}
	if (request.sound === 'on') {
		if (!model.sound) {
			refuse(
				'Sound',
				`Sound does not work with ${model_name}${modelsWith(kind, (other) => other.sound !== undefined)}`,
			);
		}
		checkLimit('Sound', model, model.sound, mode, duration);
	}
	if (request.voice_list?.length) {
		if (!model.voices) {
			refuse(
				'Voice IDs',
				`Voice IDs do not work with ${model_name}${modelsWith(kind, (other) => other.voices !== undefined)}`,
			);
		}
		checkLimit('Voice IDs', model, model.voices, mode, duration);
	}
	if (request.multi_shot && !model.multiShot) {
		refuse(
			'Multi-Shot',
			`Multi-Shot does not work with ${model_name}${modelsWith(kind, (other) => other.multiShot === true)}`,
		);
	}
}
