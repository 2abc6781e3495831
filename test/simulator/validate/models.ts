/** What one legacy model can do, as the official capability maps tell (of March 2026, and of May 2026 for models of today). */
export interface ModelAbilities {
	text2video: boolean;
	image2video: boolean;
	/** Empty: one quality, and a mode counts for nothing. */
	modes: readonly string[];
	/** Lengths in seconds. */
	durations: readonly number[];
	/** Modes in which an end frame is taken; empty: never. */
	imageTail: readonly string[];
	/** Length in seconds an end frame is limited to. */
	imageTailDurations?: readonly number[];
	imageTailSilentOnly?: boolean;
	/** "End Frame Only: Not Supported". */
	imageTailNeedsImage?: boolean;
	/** Mode in which masks are taken, 5 s only. */
	masks: readonly string[];
	camera?: { kind: 'text2video' | 'image2video'; mode: string; simpleOnly?: boolean };
	/** Modes with sound; empty: silent. */
	sound: readonly string[];
	multiShot: boolean;
	elements: boolean;
	/** Can be the source of video-extend. */
	extendable: boolean;
}

const SHORT = [5, 10] as const;
const LONG = [3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15] as const;
const STD_PRO = ['std', 'pro'] as const;
const ALL_MODES = ['std', 'pro', '4k'] as const;

const PLAIN: ModelAbilities = {
	text2video: true,
	image2video: true,
	modes: STD_PRO,
	durations: SHORT,
	imageTail: [],
	masks: [],
	sound: [],
	multiShot: false,
	elements: false,
	extendable: false,
};

/** Models of text2video and image2video. */
export const VIDEO_MODELS: Readonly<Record<string, ModelAbilities>> = {
	'kling-v1': {
		...PLAIN,
		imageTail: STD_PRO,
		imageTailDurations: [5],
		masks: STD_PRO,
		camera: { kind: 'text2video', mode: 'std' },
		extendable: true,
	},
	'kling-v1-5': {
		...PLAIN,
		text2video: false,
		imageTail: ['pro'],
		masks: ['pro'],
		camera: { kind: 'image2video', mode: 'pro', simpleOnly: true },
		extendable: true,
	},
	'kling-v1-6': { ...PLAIN, imageTail: ['pro'], extendable: true },
	'kling-v2-master': { ...PLAIN, modes: [] },
	'kling-v2-1': { ...PLAIN, text2video: false, imageTail: ['pro'] },
	'kling-v2-1-master': PLAIN,
	'kling-v2-5-turbo': { ...PLAIN, imageTail: ['pro'], imageTailNeedsImage: true },
	'kling-v2-6': {
		...PLAIN,
		imageTail: ['pro'],
		imageTailSilentOnly: true,
		imageTailNeedsImage: true,
		sound: ['pro'],
	},
	'kling-v3': {
		...PLAIN,
		modes: ALL_MODES,
		durations: LONG,
		imageTail: ALL_MODES,
		imageTailNeedsImage: true,
		sound: ALL_MODES,
		multiShot: true,
		elements: true,
	},
};

/** Models of omni-video. */
export const OMNI_MODELS: Readonly<
	Record<string, { modes: readonly string[]; durations: readonly number[]; sound: boolean }>
> = {
	'kling-video-o1': { modes: STD_PRO, durations: [3, 4, 5, 6, 7, 8, 9, 10], sound: false },
	'kling-v3-omni': { modes: ALL_MODES, durations: LONG, sound: true },
};

/** Models of images/generations, the first one by default. */
export const IMAGE_MODELS = [
	'kling-v3',
	'kling-v2-1',
	'kling-v2-new',
	'kling-v2',
	'kling-v1-5',
	'kling-v1',
] as const;

/** Models of images/omni-image, the first one by default. */
export const OMNI_IMAGE_MODELS = ['kling-image-o1', 'kling-v3-omni'] as const;

/** Element ids every account has, for element_list; none of them fits into a double. */
export const KNOWN_ELEMENT_IDS: readonly string[] = [
	'829836802793406551',
	'829836802793406553',
	'831457288201461789',
	'833210945567719427',
];

/** Whether there is (or was) a model of this name, whatever it makes. */
export function isModel(name: string): boolean {
	const names = [
		...Object.keys(VIDEO_MODELS),
		...Object.keys(OMNI_MODELS),
		...IMAGE_MODELS,
		...OMNI_IMAGE_MODELS,
	];
	return names.includes(name);
}
