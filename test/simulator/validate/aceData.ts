import { badValue } from '../refusal';
import type { Fields } from './fields';
import type { Order, ValidationContext } from './order';
import * as parts from './parts';

const LONG_MODELS = ['kling-v3', 'kling-v3-omni', 'kling-v3-turbo'];
const O1_NAMES = ['kling-o1', 'kling-video-o1'];
const OMNI_MODELS = [...O1_NAMES, 'kling-v3-omni'];
const TURBO = 'kling-v3-turbo';
/** Models that take an end frame, and the modes in which they do. */
const END_FRAME_MODES: Readonly<Record<string, readonly string[]>> = {
	'kling-v1': ['std', 'pro'],
	'kling-v1-6': ['pro'],
	'kling-v2-5-turbo': ['pro'],
	'kling-v2-6': ['pro'],
	'kling-v3': ['std', 'pro', '4k'],
	'kling-v3-omni': ['std', 'pro', '4k'],
	'kling-o1': ['std', 'pro'],
	'kling-video-o1': ['std', 'pro'],
};
/** Models up to 10 s, which talking photos are made with, too. */
export const SHORT_MODELS = [
	'kling-v1',
	'kling-v1-6',
	'kling-v2-master',
	'kling-v2-1-master',
	'kling-v2-5-turbo',
	'kling-v2-6',
];
const MODELS = [...SHORT_MODELS, ...LONG_MODELS, ...O1_NAMES];
const EXTENDABLE = ['kling-v1', 'kling-v1-5', 'kling-v1-6', 'kling-v2-5-turbo'];
const NEGATIVE_MAX = 200;
const FRAMES_WITH_BASE = 'Start and end frames are not supported with a base video.';
const YES_NO = ['yes', 'no'] as const;

/** POST /kling/videos. Numbers are numbers here, and images are links only. */
export function aceVideo(fields: Fields, context: ValidationContext): Order {
	const action =
		fields.text('action', { oneOf: ['text2video', 'image2video', 'extend'] }) ?? 'text2video';
	const modelName = fields.text('model', { oneOf: MODELS }) ?? 'kling-v1';
	const mode = fields.text('mode', { oneOf: ['std', 'pro', '4k'] }) ?? 'std';
	const references = readReferences(fields, context, modelName);
	const hasEnd = fields.url('end_image_url') !== undefined;
	const hasStart =
		fields.url('start_image_url', { required: action === 'image2video' }) !== undefined;
	if (references.base && (hasStart || hasEnd)) throw badValue(FRAMES_WITH_BASE);
	if (hasEnd && !(hasStart && action === 'image2video')) {
		throw badValue('end_image_url requires start_image_url and action image2video.');
	}
	if (mode === '4k') check4k(fields, modelName, references);
	const seconds = readSeconds(fields, modelName);
	if (hasEnd) checkEndFrame({ modelName, mode, seconds });
	const shots = parts.readShots(fields, {
		supported: ['kling-v3', 'kling-v3-omni'].includes(modelName),
		seconds,
		durationIs: 'integer',
	});
	const prompt = parts.readPrompt(fields, {
		required: action !== 'extend' && !shots.customized,
	});
	fields.text('negative_prompt', { max: NEGATIVE_MAX });
	fields.number('cfg_scale', { min: 0, max: 1 });
	checkGuidance(fields, modelName, references);
	fields.text('aspect_ratio', { oneOf: ['16:9', '9:16', '1:1'] });
	checkAudio(fields, { modelName, mode, hasVideo: references.video });
	checkVoices(fields, context, { modelName, mode });
	checkCamera(fields, { action, modelName, mode, seconds });
	fields.flag('async');
	const order: Order = {
		modelName,
		mode,
		seconds,
		images: 0,
		prompt,
		callbackUrl: fields.url('callback_url'),
	};
	return action === 'extend' ? extended(fields, context, order) : order;
}

/** POST /kling/motion. The model's field is `model_name` here. */
export function aceMotion(fields: Fields): Order {
	const mode = fields.text('mode', { required: true, oneOf: ['std', 'pro'] }) ?? 'std';
	fields.url('image_url', { required: true });
	fields.url('video_url', { required: true });
	fields.text('character_orientation', { required: true, oneOf: ['image', 'video'] });
	fields.text('keep_original_sound', { oneOf: YES_NO });
	fields.flag('async');
	return {
		modelName: fields.text('model_name', { oneOf: ['kling-v2-6', 'kling-v3'] }) ?? 'kling-v2-6',
		mode,
		seconds: 5,
		images: 0,
		prompt: parts.readPrompt(fields, { required: false }),
		watermark: fields.object('watermark_info')?.flag('enabled') ?? false,
		callbackUrl: fields.url('callback_url'),
	};
}

/** POST /kling/voices with the action `create`. */
export function aceVoice(fields: Fields): Order {
	const name = fields.text('voice_name', { required: true, max: 20 }) ?? '';
	fields.url('voice_url', { required: true });
	fields.flag('async');
	return {
		modelName: '',
		mode: '',
		seconds: 5,
		images: 0,
		// Its price is told in credits of its own.
		units: 0.07,
		prompt: name,
		callbackUrl: fields.url('callback_url'),
		kept: { type: 'voice', name, referImages: [], tags: [] },
	};
}

interface References {
	count: number;
	video: boolean;
	/** The video is there to be edited, which leaves no room for frames of one's own. */
	base: boolean;
}

function readReferences(fields: Fields, context: ValidationContext, modelName: string): References {
	const images = fields.list('image_list', { max: 7 });
	const types = images.map((image) => {
		image.url('image_url', { required: true });
		return image.text('type', { oneOf: ['first_frame', 'end_frame'] });
	});
	const [video] = fields.list('video_list', { max: 1 });
	video?.url('video_url', { required: true });
	const referType = video?.text('refer_type', { oneOf: ['base', 'feature'] }) ?? 'base';
	const base = video !== undefined && referType === 'base';
	if (base && types.some((type) => type !== undefined)) throw badValue(FRAMES_WITH_BASE);
	const count = (wanted: string) => types.filter((type) => type === wanted).length;
	if (count('first_frame') > 1 || count('end_frame') > 1)
		throw badValue('Only one first frame and one end frame are allowed.');
	video?.text('keep_original_sound', { oneOf: YES_NO });
	if ((images.length > 0 || video) && !OMNI_MODELS.includes(modelName)) {
		throw badValue(`image_list and video_list are not supported for ${modelName}.`);
	}
	const total = images.length + countElements(fields, context, modelName);
	const most = video ? 4 : 7;
	if (total > most) throw badValue(`The number of images and elements must not exceed ${most}.`);
	return { count: total, video: video !== undefined, base };
}

/** Their ids are text here. */
function countElements(fields: Fields, context: ValidationContext, modelName: string): number {
	const elements = fields.list('element_list', { max: 3 });
	if (elements.length > 0 && ![...OMNI_MODELS, 'kling-v3'].includes(modelName)) {
		throw badValue(`element_list is not supported for ${modelName}.`);
	}
	for (const element of elements) {
		context.needElement(element.text('element_id', { required: true }) ?? '');
	}
	return elements.length;
}

/** V2.6 alone, in its better mode, with sound. */
function checkVoices(
	fields: Fields,
	context: ValidationContext,
	{ modelName, mode }: { modelName: string; mode: string },
): void {
	const voices = fields.list('voice_list', { max: 2 });
	if (voices.length === 0) return;
	if (modelName !== 'kling-v2-6' || mode !== 'pro') {
		throw badValue(`voice_list is not supported for ${modelName} in mode ${mode}.`);
	}
	if (fields.flag('generate_audio') !== true) throw badValue('voice_list requires generate_audio.');
	for (const voice of voices) {
		context.needVoice(voice.text('voice_id', { required: true }) ?? '');
	}
}

function check4k(fields: Fields, modelName: string, references: References): void {
	if (!['kling-v3', 'kling-v3-omni'].includes(modelName))
		throw badValue(`mode 4k is not supported for ${modelName}.`);
	if (fields.has('camera_control') || references.count > 0 || references.video) {
		throw badValue('mode 4k is not supported with camera_control or references.');
	}
}

function readSeconds(fields: Fields, modelName: string): number {
	const isLong = LONG_MODELS.includes(modelName);
	const isO1 = O1_NAMES.includes(modelName);
	const max = isLong ? 15 : isO1 ? 5 : 10;
	const seconds = fields.integer('duration', { min: isLong ? 3 : 5, max }) ?? 5;
	if (!isLong && ![5, 10].includes(seconds)) throw fields.invalid('duration', seconds);
	return seconds;
}

/** By the guide's matrix; only the oldest model is bound to 5 seconds. */
function checkEndFrame(video: { modelName: string; mode: string; seconds: number }): void {
	const { modelName, mode, seconds } = video;
	const modes = END_FRAME_MODES[modelName] ?? [];
	if (!modes.includes(mode) || (modelName === 'kling-v1' && seconds !== 5)) {
		throw badValue(
			`model/mode/duration(${modelName}/${mode}/${seconds}) is not supported with image_tail.`,
		);
	}
}

/** What is to be left out, and how closely the prompt counts: not with O1, V3 Turbo or references. */
function checkGuidance(fields: Fields, modelName: string, references: References): void {
	const refused =
		[...O1_NAMES, TURBO].includes(modelName) || references.count > 0 || references.video;
	if (!refused) return;
	for (const field of ['negative_prompt', 'cfg_scale']) {
		if (fields.has(field)) throw badValue(`${field} is not supported for ${modelName}.`);
	}
}

function checkAudio(
	fields: Fields,
	video: { modelName: string; mode: string; hasVideo: boolean },
): void {
	const { modelName, mode } = video;
	const on = fields.flag('generate_audio');
	if (on === false && modelName === TURBO)
		throw badValue(`generate_audio cannot be false for ${TURBO}.`);
	if (on !== true) return;
	const can = LONG_MODELS.includes(modelName) || (modelName === 'kling-v2-6' && mode === 'pro');
	if (!can) throw badValue(`generate_audio is not supported for ${modelName} in mode ${mode}.`);
	if (video.hasVideo) throw badValue('generate_audio must be false when video_list is given.');
}

function checkCamera(
	fields: Fields,
	video: { action: string; modelName: string; mode: string; seconds: number },
): void {
	if (!fields.has('camera_control')) return;
	if (video.action === 'image2video')
		throw badValue('camera_control is not supported for image2video.');
	const can =
		(video.modelName === 'kling-v1' && video.seconds === 5) ||
		(video.modelName === 'kling-v3' && video.mode !== '4k');
	if (!can) throw badValue(`camera_control is not supported for ${video.modelName}.`);
	parts.readCamera(fields, { range: 1 });
}

function extended(fields: Fields, context: ValidationContext, order: Order): Order {
	const videoId = fields.text('video_id', { required: true }) ?? '';
	const source = context.video(videoId);
	if (!source) throw badValue(`video ${videoId} not found.`);
	if (!EXTENDABLE.includes(order.modelName))
		throw badValue(`extend is not supported for ${order.modelName}.`);
	return { ...order, parentVideoId: videoId, seconds: source.seconds + 5 };
}
