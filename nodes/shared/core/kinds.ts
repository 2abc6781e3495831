/**
 * The kinds of task Kling makes, named by the last part of the official legacy path
 * (`/v1/videos/text2video`), which is also where a task has to be asked for later.
 * `operation` is where the editor makes them.
 */
export const KINDS = {
	text2video: {
		group: 'videos',
		action: 'text2video',
		label: 'Text to Video',
		operation: 'Video → Generate From Text',
		makes: 'video',
	},
	image2video: {
		group: 'videos',
		action: 'image2video',
		label: 'Image to Video',
		operation: 'Video → Generate From Image',
		makes: 'video',
	},
	'multi-image2video': {
		group: 'videos',
		action: 'multi-image2video',
		label: 'Multi-Image to Video',
		operation: 'Video → Generate From Multiple Images',
		makes: 'video',
	},
	'video-extend': {
		group: 'videos',
		action: 'video-extend',
		label: 'Video Extension',
		operation: 'Video → Extend',
		makes: 'video',
	},
	'motion-control': {
		group: 'videos',
		action: 'motion-control',
		label: 'Motion Control',
		operation: 'Video → Transfer Motion',
		makes: 'video',
	},
	'omni-video': {
		group: 'videos',
		action: 'omni-video',
		label: 'Omni Video',
		operation: 'Video → Generate From Mixed References',
		makes: 'video',
	},
	'image-generation': {
		group: 'images',
		action: 'generations',
		label: 'Image Generation',
		operation: 'Image → Generate',
		makes: 'image',
	},
} as const;

export type Kind = keyof typeof KINDS;

export const ALL_KINDS = Object.keys(KINDS) as Kind[];

/** True for a word that names a kind. */
export function isKind(word: unknown): word is Kind {
	return typeof word === 'string' && Object.hasOwn(KINDS, word);
}

/** The legacy path of a kind below the prefix, e.g. `/v1/videos/text2video`. */
export function legacyPath(kind: Kind): string {
	const { group, action } = KINDS[kind];
	return `/v1/${group}/${action}`;
}
