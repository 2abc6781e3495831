/** The names that models of the table have in the paths of Kling's newer API, and so in its pages. */
export const NEWER_NAMES: Readonly<Record<string, string>> = {
	'kling-v3-turbo': 'kling-3.0-turbo',
	'kling-v3': 'kling-3.0',
	'kling-v3-omni': 'kling-3.0-omni',
	'kling-video-o1': 'kling-o1',
	'kling-v2-6': 'kling-2.6',
	'kling-v2-5-turbo': 'kling-2.5-turbo',
};

/** The same the other way round: these names may be typed, too. */
export const NEWER_ALIASES: Readonly<Record<string, string>> = Object.fromEntries(
	Object.entries(NEWER_NAMES).map(([name, newer]) => [newer, name]),
);
