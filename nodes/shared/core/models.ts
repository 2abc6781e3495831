import { KINDS } from './kinds';
import type { Kind } from './kinds';
import type { Mode } from './operations/fields';
import type { Service } from './services';

/** A combination of mode and duration (s) that a function is limited to; an absent list means "any". */
export interface Limit {
	modes?: readonly Mode[];
	durations?: readonly number[];
}

type LackedField = 'negative_prompt' | 'cfg_scale' | 'image_fidelity';

/** What one model can do, as the documents tell (docs/sources.md). */
export interface Model {
	name: string;
	/** Kinds of task the model serves. */
	kinds: readonly Kind[];
	/** Empty: the model has one quality, which `std` stands for, and no mode is sent. */
	modes: readonly Mode[];
	/** Seconds. Empty: nothing is known of them, or there is no length. */
	durations: readonly number[];
	/** By kind; absent = no camera control. */
	camera?: Partial<Record<Kind, Limit & { simpleOnly?: boolean }>>;
	/** Absent = silent; `always`: it cannot be off. */
	sound?: Limit & { always?: boolean };
	voices?: Limit;
	/** Last frame of image to video; `silent`: not together with sound; `needsFirst`: not by itself. */
	lastFrame?: Limit & { silent?: boolean; needsFirst?: boolean };
	/** Frames between the first one and the last one. */
	middleFrames?: boolean;
	/** Static mask and motion brush of image to video. */
	masks?: Limit;
	elements?: boolean;
	multiShot?: boolean;
	/** Whether images/generations asks what to take from the reference image. */
	imageReference?: boolean;
	/** Fields that it refuses, although other models take or ignore them. */
	lacks?: readonly LackedField[];
	/** The same of one kind. */
	lacksFor?: Partial<Record<Kind, readonly LackedField[]>>;
	/** Longest prompt, in characters, where it is not the usual one. */
	promptMax?: number;
	/** The shapes it takes, where they are not the usual ones. */
	aspectRatios?: readonly string[];
	/** The largest picture that it takes as data, in MB, where its API takes larger ones. */
	pictureMb?: number;
	/** How many images it takes as references, and how much in all, where it does not count as others do. */
	references?: { images: number; inAll: number };
	/** Whether frames do not count as references. */
	framesApart?: boolean;
	/** The services that are known to have it, where Kling's legacy API lacks it; at others nothing is known of it. */
	onlyAt?: readonly Service[];
	/** Seconds until the first look at a new task is worth a request: well below the fastest run time seen. */
	initialDelay: number;
}

const FIVE_OR_TEN = [5, 10] as const;
/** Each length from 3 s on. */
export const upTo = (last: number) => Array.from({ length: last - 2 }, (_, step) => step + 3);

/**
 * What each known model can do. A model that is not listed here is sent as it is: the service has the last word.
 * From V2.5 Turbo on after the capability maps of Kling: <https://kling.ai/document-api/guides/capability-map/video>,
 * …/capability-map/image. Older ones after that of March 2026: <https://app.klingai.com/global/dev/document-api>.
 */
export const MODELS: Readonly<Record<string, Model>> = {
	'kling-v1': {
		name: 'Kling V1',
		kinds: ['text2video', 'image2video', 'video-extend', 'image-generation'],
		modes: ['std', 'pro'],
		durations: FIVE_OR_TEN,
		camera: { text2video: { modes: ['std'], durations: [5] } },
		lastFrame: { durations: [5] },
		masks: { durations: [5] },
		initialDelay: 45,
	},
	'kling-v1-5': {
		name: 'Kling V1.5',
		kinds: ['image2video', 'video-extend', 'image-generation'],
		modes: ['std', 'pro'],
		durations: FIVE_OR_TEN,
		camera: { image2video: { modes: ['pro'], durations: [5], simpleOnly: true } },
		lastFrame: { modes: ['pro'] },
		masks: { modes: ['pro'], durations: [5] },
		imageReference: true,
		initialDelay: 45,
	},
	'kling-v1-6': {
		name: 'Kling V1.6',
		kinds: ['text2video', 'image2video', 'multi-image2video', 'video-extend'],
		modes: ['std', 'pro'],
		durations: FIVE_OR_TEN,
		lastFrame: { modes: ['pro'] },
		initialDelay: 45,
	},
	'kling-v2-master': {
		name: 'Kling V2 Master',
		kinds: ['text2video', 'image2video'],
		modes: [],
		durations: FIVE_OR_TEN,
		initialDelay: 60,
	},
	'kling-v2': {
		name: 'Kling V2',
		kinds: ['image-generation', 'multi-image2image'],
		modes: [],
		durations: [],
		initialDelay: 8,
	},
	'kling-v2-1': {
		name: 'Kling V2.1',
		kinds: ['image2video', 'image-generation', 'multi-image2image'],
		modes: ['std', 'pro'],
		durations: FIVE_OR_TEN,
		lastFrame: { modes: ['pro'] },
		imageReference: true,
		initialDelay: 45,
	},
	'kling-v2-1-master': {
		name: 'Kling V2.1 Master',
		kinds: ['text2video', 'image2video'],
		modes: ['std', 'pro'],
		durations: FIVE_OR_TEN,
		initialDelay: 60,
	},
	'kling-v2-5-turbo': {
		name: 'Kling V2.5 Turbo',
		kinds: ['text2video', 'image2video'],
		modes: ['std', 'pro'],
		durations: FIVE_OR_TEN,
		lastFrame: { modes: ['pro'], needsFirst: true },
		initialDelay: 20,
	},
	'kling-v2-6': {
		name: 'Kling V2.6',
		kinds: ['text2video', 'image2video', 'motion-control'],
		modes: ['std', 'pro'],
		durations: FIVE_OR_TEN,
		sound: { modes: ['pro'] },
		voices: { modes: ['pro'] },
		lastFrame: { modes: ['pro'], silent: true, needsFirst: true },
		initialDelay: 30,
	},
	'kling-v3': {
		name: 'Kling V3',
		kinds: ['text2video', 'image2video', 'motion-control', 'image-generation'],
		modes: ['std', 'pro', '4k'],
		durations: upTo(15),
		// Ace Data Cloud documents it for V3 from text, Kling's own pages are silent: let the service decide.
		camera: { text2video: {} },
		sound: {},
		// Kling's map says no, Vercel's AI SDK (August 2026) says yes: let the service decide.
		voices: {},
		multiShot: true,
		lastFrame: { needsFirst: true },
		elements: true,
		// <https://kling.ai/document-api/api/image/3-0-omni/image-generation>: V2.1 alone takes it.
		lacks: ['image_fidelity'],
		initialDelay: 30,
	},
	'kling-v3-turbo': {
		name: 'Kling V3 Turbo',
		kinds: ['text2video', 'image2video'],
		// <https://platform.acedata.cloud/documents/kling-videos>; Kling itself has it in its newer API alone.
		onlyAt: ['klingGlobal', 'klingChina', 'aceData'],
		modes: ['std', 'pro'],
		durations: upTo(15),
		sound: { always: true },
		lacks: ['negative_prompt', 'cfg_scale'],
		initialDelay: 20,
	},
	'kling-v3-omni': {
		name: 'Kling V3 Omni',
		kinds: ['multi-image2video', 'omni-video', 'omni-image'],
		modes: ['std', 'pro', '4k'],
		durations: upTo(15),
		sound: {},
		multiShot: true,
		elements: true,
		// Used at services that make a video from a first frame with it, too.
		lastFrame: {},
		lacksFor: { 'multi-image2video': ['negative_prompt'] },
		initialDelay: 30,
	},
	'kling-video-o1': {
		name: 'Kling O1',
		kinds: ['multi-image2video', 'omni-video'],
		modes: ['std', 'pro'],
		durations: upTo(10),
		elements: true,
		// As with V3 Omni.
		lastFrame: {},
		lacks: ['negative_prompt', 'cfg_scale'],
		initialDelay: 45,
	},
	'kling-image-o1': {
		name: 'Kling Image O1',
		kinds: ['omni-image'],
		modes: [],
		durations: [],
		elements: true,
		initialDelay: 12,
	},
};

/** Whether requests may tell this model a mode; true for models that are not known. */
export function takesMode(modelName = ''): boolean {
	return !Object.hasOwn(MODELS, modelName) || MODELS[modelName]?.modes.length !== 0;
}

/** Models known to serve a kind in Kling's legacy API, and among those of another one that are named, newest first. */
export function modelsFor(kind: Kind, others: readonly string[] = []): string[] {
	return Object.entries(MODELS)
		.filter(([id, { kinds, onlyAt }]) => (!onlyAt || others.includes(id)) && kinds.includes(kind))
		.map(([id]) => id)
		.reverse();
}

/** Seconds to wait before the first look at a new task. */
export function initialDelaySeconds(kind: Kind, modelName: string | undefined): number {
	const { initialDelay }: { initialDelay?: number } = KINDS[kind];
	return initialDelay ?? MODELS[modelName ?? '']?.initialDelay ?? 30;
}
