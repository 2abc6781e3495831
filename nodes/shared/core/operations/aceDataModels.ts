import type { Model } from '../models';

/** The known models that Ace Data Cloud serves, newest first: all of its video making goes through one path. */

export const ACE_DATA_OMNI_MODELS = ['kling-v3-omni', 'kling-video-o1'] as const;

export const ACE_DATA_VIDEO_MODELS = [
	'kling-v3-turbo',
	'kling-v3',
	...ACE_DATA_OMNI_MODELS,
	'kling-v2-6',
	'kling-v2-5-turbo',
	'kling-v2-1-master',
	'kling-v2-master',
	'kling-v1-6',
	'kling-v1',
] as const;

/** What it documents of models otherwise than Kling: <https://platform.acedata.cloud/documents/kling-videos>. */
export const ACE_DATA_DIFFERENCES: Readonly<Record<string, Partial<Model>>> = {
	'kling-v1': { camera: { text2video: { durations: [5] } } },
	'kling-video-o1': { durations: [5] },
	// Its programs have voices for V2.6 alone: <https://github.com/AceDataCloud/MCPs>.
	'kling-v3': { voices: undefined },
};

/** Names of its own for models of the table. */
export const ACE_DATA_NAMES: Readonly<Record<string, string>> = { 'kling-video-o1': 'kling-o1' };
