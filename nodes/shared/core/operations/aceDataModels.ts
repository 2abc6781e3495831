/** The known models that Ace Data Cloud serves, newest first: all of its video making goes through one path. */

export const ACE_DATA_OMNI_MODELS = ['kling-v3-omni', 'kling-video-o1'] as const;

export const ACE_DATA_VIDEO_MODELS = [
	'kling-v3',
	...ACE_DATA_OMNI_MODELS,
	'kling-v2-6',
	'kling-v2-5-turbo',
	'kling-v2-1-master',
	'kling-v2-master',
	'kling-v1-6',
	'kling-v1',
] as const;
