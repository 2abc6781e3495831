import type { Kind } from '../../core/kinds';
import { upTo } from '../../core/models';
import type { Model } from '../../core/models';
import { NEWER_NAMES } from '../../core/newerNames';
import { PROMPT_MOST, VIDEO_ASPECT_RATIOS } from '../../core/operations/fields';

/** Which models Kling's newer API has, and what it says of them otherwise than the legacy API. */

/** The first part of its paths, by kind; the second one is the model. */
export const PATHS: Readonly<Partial<Record<Kind, string>>> = {
	text2video: 'text-to-video',
	image2video: 'image-to-video',
	'omni-video': 'omni-video',
	'motion-control': 'motion-control',
};

/** The only model of the table that the legacy API does not have. */
export const ONLY_NEWER = 'kling-v3-turbo';

/** The newer API writes versions with a point, or as `o1`; the legacy one writes `v2-6` and `video-o1`. */
const OF_PATHS = /^kling-(\d+\.\d+|o\d+)(-[a-z0-9]+)*$/;

/** Whether a model is made by the newer API alone, as far as its name tells. */
export function isNewerOnly(name = ''): boolean {
	return name === ONLY_NEWER || OF_PATHS.test(name);
}

/** The name of a model in the paths; undefined where the newer API does not have it. */
export function pathName(name = ''): string | undefined {
	if (OF_PATHS.test(name)) return name;
	return Object.hasOwn(NEWER_NAMES, name) ? NEWER_NAMES[name] : undefined;
}

/** Fields that have no place in any of its bodies. */
const LESS = {
	camera: undefined,
	masks: undefined,
	lacks: ['negative_prompt', 'cfg_scale'],
} as const satisfies Partial<Model>;

const LONGER_PROMPT = 3072;

/** <https://kling.ai/document-api/updates/api>, and the pages of the models there. */
export const DIFFERENCES: Readonly<Record<string, Partial<Model>>> = {
	// Several shots by the words of the prompt alone. The page on images says 2500 and that on texts 3072.
	[ONLY_NEWER]: { ...LESS, promptMax: LONGER_PROMPT, multiShot: true },
	'kling-v3': { ...LESS, promptMax: LONGER_PROMPT, voices: undefined },
	'kling-v3-omni': { ...LESS, promptMax: LONGER_PROMPT, framesApart: true },
	'kling-video-o1': { ...LESS, framesApart: true },
	'kling-v2-6': LESS,
	'kling-v2-5-turbo': LESS,
};

/** Whether a model that takes several shots, by its name in the table, does so by the setting `multi_shot`. */
export function hasShotSwitch(known: string): boolean {
	return known !== ONLY_NEWER;
}

/** The most that any path takes beside a prompt. */
const REFERENCES = { images: 10, inAll: 15 } as const;

/** What Comfy's router, which keeps the bodies of Kling, tells of a model that Kling has no page for yet: <https://docs.comfy.org>. */
const V4: Model = {
	name: 'Kling 4.0',
	kinds: ['text2video', 'image2video', 'omni-video', 'multi-image2video'],
	modes: ['std', 'pro'],
	durations: upTo(30),
	sound: { always: true },
	voices: {},
	lastFrame: { needsFirst: true },
	middleFrames: true,
	elements: true,
	pictureMb: 30,
	references: REFERENCES,
	promptMax: PROMPT_MOST,
	aspectRatios: VIDEO_ASPECT_RATIOS,
	lacks: LESS.lacks,
	initialDelay: 45,
};

const UNLISTED: Readonly<Record<string, Model>> = {
	'kling-4.0': V4,
	'kling-4.0-flash': {
		...V4,
		name: 'Kling 4.0 Flash',
		modes: ['std'],
		durations: upTo(20),
		middleFrames: undefined,
	},
};

/** What other paths than that for references do not take. */
const LESS_THAN_OMNI = { elements: undefined, voices: undefined } as const;

/** A model of which nothing but the name is known: what the API has at all. */
const UNKNOWN: Model = {
	name: 'Kling',
	kinds: [...Object.keys(PATHS), 'multi-image2video'] as Kind[],
	modes: ['std', 'pro', '4k'],
	durations: [],
	sound: {},
	voices: {},
	lastFrame: { needsFirst: true },
	middleFrames: true,
	elements: true,
	multiShot: true,
	references: REFERENCES,
	promptMax: PROMPT_MOST,
	aspectRatios: VIDEO_ASPECT_RATIOS,
	lacks: LESS.lacks,
	initialDelay: 30,
};

/** What a model may be asked for that the table does not know, by its name in the paths; undefined where nobody can tell. */
export function unlistedModel(name: string, kind: Kind): Model | undefined {
	const known = Object.hasOwn(UNLISTED, name) ? UNLISTED[name] : undefined;
	if (known) return kind === 'omni-video' ? known : { ...known, ...LESS_THAN_OMNI };
	return OF_PATHS.test(name) && UNKNOWN.kinds.includes(kind) ? UNKNOWN : undefined;
}
