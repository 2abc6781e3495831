import type { TaskKind } from '../types';

/** What each path of the new standard takes, page by page. */
export interface PathRules {
	kind: TaskKind;
	model: string;
	promptMax: number;
	/** Text to video: the prompt stands alone, and is needed. */
	bare?: true;
	/** The most of each type of content beside the prompt, and those that may not be missing. */
	contents: Readonly<Record<string, number>>;
	needed: readonly string[];
	resolutions: readonly string[];
	/** Absent: the setting does not exist, and is ignored like any unknown field. */
	ratios?: readonly string[];
	durations?: readonly number[];
	audio?: readonly string[];
	multiShot?: true;
	/** Shots by the words of the prompt, without a switch. */
	shotsByWords?: true;
	/** Elements that were made from a video. */
	videoElements?: true;
	/** Where only 1080p goes together with native sound, or with a last frame. */
	fullHdFor?: readonly ('native' | 'last_frame')[];
	lastFrameIsSilent?: true;
	orientation?: true;
	/** Of O1 alone. */
	isO1?: true;
	/** The largest picture, in MB: 50 unless said. */
	imageMb?: number;
	/** How much there may be of frames and references together, of videos, and of all beside the prompt; else they are counted as in 3.0. */
	most?: { images: number; videos: number; all: number };
}

/** The first parts of paths, and the legacy path of the like. */
export const PATHS: Readonly<Record<string, TaskKind>> = {
	'text-to-video': 'videos/text2video',
	'image-to-video': 'videos/image2video',
	'omni-video': 'videos/omni-video',
	'motion-control': 'videos/motion-control',
};

const from = (first: number, last: number) =>
	Array.from({ length: last - first + 1 }, (_, index) => first + index);
const LONG = from(3, 15);
const SHORT = [5, 10];
const RATIOS = ['16:9', '9:16', '1:1'];
const HD = ['720p', '1080p'];
const UHD = [...HD, '4k'];
const FIRST = { first_frame: 1 };
const FRAMES = { ...FIRST, last_frame: 1 };
const REFERENCES = { ...FRAMES, refer_image: 7, feature_video: 1, base_video: 1, element: 7 };

type Rules = Partial<Omit<PathRules, 'kind' | 'model'>>;

/** Nobody has seen a page of Kling for these. */
const V4: Rules = {
	promptMax: 26_000,
	resolutions: HD,
	ratios: [...RATIOS, '21:9', '4:3', '3:4'],
	durations: from(3, 30),
	imageMb: 30,
};
const V4_FLASH: Rules = { ...V4, resolutions: ['720p'], durations: from(3, 20) };
const V4_OMNI: Rules = {
	contents: { ...REFERENCES, middle_frame: 8, refer_image: 10, feature_video: 5, voice: 3 },
	most: { images: 10, videos: 5, all: 15 },
	videoElements: true,
};

const PATH_RULES: Readonly<Record<string, Readonly<Record<string, Rules>>>> = {
	'text-to-video': {
		'kling-3.0-turbo': { promptMax: 3072, ratios: RATIOS, durations: LONG, shotsByWords: true },
		'kling-3.0': {
			promptMax: 3072,
			resolutions: UHD,
			ratios: RATIOS,
			durations: LONG,
			audio: ['off', 'native'],
			multiShot: true,
		},
		'kling-2.6': {
			ratios: RATIOS,
			durations: SHORT,
			audio: ['off', 'native'],
			fullHdFor: ['native'],
		},
		'kling-2.5-turbo': { ratios: RATIOS, durations: SHORT },
		'kling-4.0': V4,
		'kling-4.0-flash': V4_FLASH,
	},
	'image-to-video': {
		'kling-3.0-turbo': { promptMax: 3072, contents: FIRST, durations: LONG, shotsByWords: true },
		'kling-3.0': {
			promptMax: 3072,
			contents: { ...FRAMES, element: 3 },
			resolutions: UHD,
			durations: LONG,
			audio: ['off', 'native'],
			multiShot: true,
		},
		'kling-2.6': {
			contents: { ...FRAMES, voice: 2 },
			durations: SHORT,
			audio: ['off', 'native'],
			fullHdFor: ['native', 'last_frame'],
			lastFrameIsSilent: true,
		},
		'kling-2.5-turbo': { contents: FRAMES, durations: SHORT, fullHdFor: ['last_frame'] },
		'kling-4.0': { ...V4, contents: { ...FRAMES, middle_frame: 8 } },
		'kling-4.0-flash': { ...V4_FLASH, contents: FRAMES },
	},
	'omni-video': {
		'kling-3.0-omni': {
			promptMax: 3072,
			contents: REFERENCES,
			resolutions: UHD,
			ratios: RATIOS,
			durations: LONG,
			audio: ['off', 'native', 'original'],
			multiShot: true,
			videoElements: true,
		},
		'kling-o1': {
			contents: REFERENCES,
			ratios: RATIOS,
			durations: from(3, 10),
			audio: ['off', 'original'],
			isO1: true,
		},
		'kling-4.0': { ...V4, ...V4_OMNI },
		'kling-4.0-flash': { ...V4_FLASH, ...V4_OMNI },
	},
	'motion-control': {
		'kling-3.0': {
			contents: { image: 1, video: 1, element: 1 },
			needed: ['image', 'video'],
			audio: ['original', 'off'],
			orientation: true,
		},
		'kling-2.6': {
			contents: { image: 1, video: 1 },
			needed: ['image', 'video'],
			audio: ['original', 'off'],
			orientation: true,
		},
	},
};

/** Undefined for a model that the path does not have. */
export function rulesFor(what: string, model: string): PathRules | undefined {
	const { [what]: models = {} } = PATH_RULES;
	const { [what]: kind } = PATHS;
	if (!kind || !Object.hasOwn(models, model)) return undefined;
	const isBare = what === 'text-to-video';
	return {
		kind,
		model,
		promptMax: 2500,
		contents: {},
		needed: what === 'image-to-video' ? ['first_frame'] : [],
		resolutions: HD,
		...(isBare ? { bare: true } : {}),
		...models[model],
	};
}
