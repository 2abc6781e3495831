/** The rows of what makes sounds. */
import type { Operation } from './types';

export const SOUND_ROWS: Operation[] = [
	{
		operation: 'text-to-audio',
		makes: 'a sound',
		path: 'audio/text-to-audio',
		parameters: { prompt: 'Rain on a tin roof', duration: 5.5 },
		bodies: { official: { prompt: 'Rain on a tin roof', duration: 5.5 } },
	},
	{
		operation: 'video-to-audio',
		needsVideo: true,
		makes: 'a video and its sound',
		path: 'audio/video-to-audio',
		parameters: { soundEffectPrompt: 'Footsteps on gravel', bgmPrompt: 'Calm piano' },
		bodies: {
			official: { sound_effect_prompt: 'Footsteps on gravel', bgm_prompt: 'Calm piano' },
		},
	},
];
