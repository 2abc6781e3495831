import { SHORT_MODELS } from './aceData';
import type { Fields } from './fields';
import { readLipSync } from './lipSync';
import type { Order, ValidationContext } from './order';
import { readPrompt } from './parts';

const LIP_SYNC_UNITS = 2.45;
const TALKING_UNITS: Readonly<Record<number, number>> = { 5: 16.45, 10: 30.45 };

/** POST /kling/lip-sync: the official call that does all at once, flat, and an address unless told otherwise. */
export function aceLipSync(fields: Fields, context: ValidationContext): Order {
	const { video, text } = readLipSync(fields, context, { audioType: 'url' });
	fields.flag('async');
	return {
		modelName: '',
		mode: '',
		seconds: video.seconds,
		images: 0,
		units: LIP_SYNC_UNITS,
		prompt: text,
		parentVideoId: video.videoId,
		callbackUrl: fields.url('callback_url'),
	};
}

/** POST /kling/talking-photo: no avatar, but a video of the image whose lips are moved then. Links only. */
export function aceTalkingPhoto(fields: Fields): Order {
	fields.url('image_url', { required: true });
	fields.url('audio_url', { required: true });
	const prompt = readPrompt(fields, { required: false });
	const modelName = fields.text('model', { oneOf: SHORT_MODELS }) ?? 'kling-v2-1-master';
	const seconds = fields.integer('duration', { min: 5, max: 10 }) ?? 5;
	const units = TALKING_UNITS[seconds];
	if (units === undefined) throw fields.invalid('duration', seconds);
	const mode = fields.text('mode', { oneOf: ['std', 'pro'] }) ?? 'pro';
	fields.flag('async');
	const callbackUrl = fields.url('callback_url');
	return { modelName, mode, seconds, images: 0, units, prompt, callbackUrl };
}
