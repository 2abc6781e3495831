import { badValue } from '../refusal';
import type { Fields } from './fields';
import type { Order, ValidationContext } from './order';
import { readCommon } from './parts';

const PROMPT_MAX = 200;
/** Units of a task, whatever its length, by the price page. */
const UNITS = 0.25;
const USABLE_MS = 30 * 24 * 60 * 60 * 1000;
/** Length of the videos that get a sound, in seconds. */
const SHORTEST = 3;
const LONGEST = 20;

/** What both have. Neither takes a model or a watermark. */
function audioOrder(fields: Fields): Omit<Order, 'seconds' | 'prompt' | 'sound'> {
	const { externalTaskId, callbackUrl } = readCommon(fields);
	return { modelName: '', mode: '', images: 0, units: UNITS, externalTaskId, callbackUrl };
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
	const videoId = fields.text('video_id');
	const videoUrl = fields.url('video_url');
	if ((videoId === undefined) === (videoUrl === undefined)) {
		throw badValue('One of video_id and video_url is required');
	}
	const seconds = videoId === undefined ? 5 : secondsOf(videoId, context);
	const prompt = prompts.join(' ');
	return { ...audioOrder(fields), prompt, seconds, sound: 'beside', parentVideoId: videoId };
}

/** The length of a video that Kling made. */
function secondsOf(videoId: string, context: ValidationContext): number {
	const source = context.video(videoId);
	if (!source) throw badValue(`Video not found by id: ${videoId}`);
	if (source.ageMs > USABLE_MS) throw badValue('The video is more than 30 days old');
	if (source.seconds < SHORTEST || source.seconds > LONGEST) {
		throw badValue(`The duration of the video must be between ${SHORTEST} and ${LONGEST} seconds`);
	}
	return source.seconds;
}
