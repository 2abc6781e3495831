import type { Fields } from './fields';
import type { Order, ValidationContext } from './order';
import { readNames } from './parts';
import { readSourceVideo } from './sourceVideo';

const PROMPT_MAX = 200;
/** Units of a task, whatever its length, by the price page. */
const UNITS = 0.25;
/** Of the videos that get a sound, in seconds. */
const LENGTHS = { min: 3, max: 20 };
/** Length of a video whose address does not tell it. */
const UNTOLD_SECONDS = 5;

/** What both have. Neither takes a model or a watermark. */
function audioOrder(fields: Fields): Omit<Order, 'seconds' | 'prompt' | 'sound'> {
	return { modelName: '', mode: '', images: 0, units: UNITS, ...readNames(fields) };
}

/** POST /v1/audio/text-to-audio. The duration is a number here. */
export function textToAudio(fields: Fields): Order {
	const prompt = fields.text('prompt', { required: true, max: PROMPT_MAX }) ?? '';
	const seconds = fields.number('duration', { required: true, min: 3, max: 10 }) ?? 0;
	if (Number(seconds.toFixed(1)) !== seconds) throw fields.invalid('duration', seconds);
	return { ...audioOrder(fields), prompt, seconds, sound: 'alone' };
}

/** POST /v1/audio/video-to-audio */
export function videoToAudio(fields: Fields, context: ValidationContext): Order {
	const prompts = ['sound_effect_prompt', 'bgm_prompt'].map(
		(name) => fields.text(name, { max: PROMPT_MAX }) ?? '',
	);
	fields.flag('asmr_mode');
	const { seconds, videoId } = readSourceVideo(fields, context, {
		byId: LENGTHS,
		byUrl: LENGTHS,
		untoldSeconds: UNTOLD_SECONDS,
	});
	const prompt = prompts.join(' ');
	return { ...audioOrder(fields), prompt, seconds, sound: 'beside', parentVideoId: videoId };
}
