import { field } from '../../parameters/field';
import { sourceVideo } from '../../parameters/sourceVideo';
import { text, yesNo } from '../../parameters/types';
import { generation } from '../builders';

const soundEffects = field(
	'sound_effect_prompt',
	text({
		displayName: 'Sound Effect Prompt',
		name: 'soundEffectPrompt',
		rows: 2,
		placeholder: 'e.g. Footsteps on gravel, wind',
		description:
			'What is heard, in at most 200 characters. If left empty, Kling decides by the video.',
	}),
);

const music = field(
	'bgm_prompt',
	text({
		displayName: 'Background Music Prompt',
		name: 'bgmPrompt',
		rows: 2,
		placeholder: 'e.g. Calm piano',
		description:
			'What music there is, in at most 200 characters. If left empty, Kling decides by the video.',
	}),
);

const asmr = field(
	'asmr_mode',
	yesNo({
		displayName: 'ASMR Mode',
		name: 'asmrMode',
		default: false,
		description: 'Whether to make detailed sounds, close to the ear',
	}),
);

/** Video → Add Sound. */
export const videoToAudio = generation('video-to-audio', {
	name: 'Add Sound',
	description: 'Give a video sound effects and background music',
	action: 'Add sound to a video',
	fields: [
		sourceVideo({
			limits: 'MP4 or MOV, at most 100 MB',
			length: '3 to 20 seconds',
			doing: { toDo: 'add sound to', done: 'was given sound' },
		}),
		soundEffects,
		music,
	],
	options: [asmr],
});
