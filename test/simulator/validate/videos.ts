import { badValue } from '../refusal';
import type { Fields } from './fields';
import { checkImage } from './images';
import { VIDEO_MODELS, type ModelAbilities } from './models';
import type { Order, ValidationContext } from './order';
import * as parts from './parts';

const RATIOS = ['16:9', '9:16', '1:1'] as const;
const EXTENDABLE_KINDS: readonly string[] = [
	'videos/text2video',
	'videos/image2video',
	'videos/video-extend',
];
const EXTENDABLE_MS = 30 * 24 * 60 * 60 * 1000;
const DEFAULT_MODEL = 'kling-v1';

/** POST /v1/videos/text2video */
export function text2video(fields: Fields, context: ValidationContext): Order {
	const { order, abilities, soundOn } = readVideo(fields, context, 'text2video');
	fields.text('aspect_ratio', { oneOf: RATIOS });
	checkCamera(fields, abilities, order, 'text2video');
	parts.readVoices(fields, context, { soundOn, supported: abilities.sound.includes(order.mode) });
	return order;
}

/** POST /v1/videos/image2video */
export function image2video(fields: Fields, context: ValidationContext): Order {
	const { order, abilities, soundOn } = readVideo(fields, context, 'image2video');
	const image = checkImage(fields, 'image');
	const tail = checkImage(fields, 'image_tail');
	if (image === undefined && tail === undefined)
		throw badValue('image and image_tail can not both be empty');
	const masked = readMasks(fields, abilities, order);
	const camera = checkCamera(fields, abilities, order, 'image2video');
	if (Number(tail !== undefined) + Number(masked) + Number(camera) > 1) {
		throw badValue(
			'image_tail, dynamic_masks/static_mask and camera_control can not be used together',
		);
	}
	if (tail !== undefined) checkTail(abilities, order, { soundOn, alone: image === undefined });
	const elements = parts.readElements(fields, context, { max: 3, supported: abilities.elements });
	const voices = parts.readVoices(fields, context, {
		soundOn,
		supported: abilities.sound.includes(order.mode),
	});
	if (elements.length > 0 && voices > 0)
		throw badValue('element_list and voice_list can not be used together');
	return order;
}

/** POST /v1/videos/multi-image2video */
export function multiImage2video(fields: Fields, context: ValidationContext): Order {
	const modelName = parts.readModel(fields, context, {
		known: ['kling-v1-6'],
		fallback: 'kling-v1-6',
	});
	const images = fields.list('image_list', { required: true, max: 4 });
	for (const entry of images) checkImage(entry, 'image', { required: true });
	const prompt = parts.readPrompt(fields, { required: true });
	fields.text('negative_prompt', { max: parts.PROMPT_MAX });
	fields.text('aspect_ratio', { oneOf: RATIOS });
	const mode = fields.text('mode', { oneOf: ['std', 'pro'] }) ?? 'std';
	const seconds = parts.readDuration(fields, context, { allowed: [5, 10], fallback: 5 });
	return { modelName, mode, seconds, images: 0, prompt, ...parts.readCommon(fields) };
}

/** POST /v1/videos/video-extend: model and mode follow the source. */
export function videoExtend(fields: Fields, context: ValidationContext): Order {
	const videoId = fields.text('video_id', { required: true }) ?? '';
	const source = context.video(videoId);
	if (!source) throw badValue(`Video not found by id: ${videoId}`);
	const { modelName, kind } = source;
	if (!VIDEO_MODELS[modelName]?.extendable) {
		throw badValue(`Video extension is not supported for videos of model ${modelName}`);
	}
	if (!EXTENDABLE_KINDS.includes(kind))
		throw badValue(`Video extension is not supported for videos of ${kind}`);
	if (source.ageMs > EXTENDABLE_MS) throw badValue('The video is more than 30 days old');
	const seconds = source.seconds + 5;
	if (seconds > 180) throw badValue('The total duration of the video must not exceed 3 minutes');
	const prompt = parts.readPrompt(fields, { required: false });
	const negative = fields.text('negative_prompt', { max: parts.PROMPT_MAX });
	const scale = fields.number('cfg_scale', { min: 0, max: 1 });
	if (modelName === 'kling-v1' && (negative !== undefined || scale !== undefined)) {
		throw badValue('negative_prompt and cfg_scale are not supported for videos of model kling-v1');
	}
	return {
		modelName,
		mode: 'std',
		seconds,
		images: 0,
		prompt,
		parentVideoId: videoId,
		...parts.readCommon(fields),
	};
}

interface ReadVideo {
	order: Order;
	abilities: ModelAbilities;
	soundOn: boolean;
}

function readVideo(
	fields: Fields,
	context: ValidationContext,
	kind: 'text2video' | 'image2video',
): ReadVideo {
	const known = Object.keys(VIDEO_MODELS).filter((model) => VIDEO_MODELS[model]?.[kind]);
	const modelName = parts.readModel(fields, context, { known, fallback: DEFAULT_MODEL });
	const abilities = VIDEO_MODELS[modelName];
	if (!abilities) throw fields.invalid('model_name', modelName);
	const mode = fields.text('mode', { oneOf: ['std', 'pro', '4k'] }) ?? 'std';
	if (abilities.modes.length > 0 && !abilities.modes.includes(mode))
		throw badValue(`model/mode(${modelName}/${mode}) is not supported`);
	const seconds = parts.readDuration(fields, context, {
		allowed: abilities.durations,
		fallback: 5,
	});
	const shots = parts.readShots(fields, {
		supported: abilities.multiShot,
		seconds,
		durationIs: 'string',
	});
	const prompt = parts.readPrompt(fields, {
		required: (kind === 'text2video' || shots.multiShot) && !shots.customized,
	});
	fields.text('negative_prompt', { max: parts.PROMPT_MAX });
	fields.number('cfg_scale', { min: 0, max: 1 });
	const soundOn = parts.readSound(fields, { supported: abilities.sound.includes(mode) });
	const order = { modelName, mode, seconds, images: 0, prompt, ...parts.readCommon(fields) };
	return { order, abilities, soundOn };
}

function checkCamera(
	fields: Fields,
	abilities: ModelAbilities,
	order: Order,
	kind: 'text2video' | 'image2video',
): boolean {
	if (!fields.has('camera_control')) return false;
	const { camera } = abilities;
	if (!camera || camera.kind !== kind)
		throw badValue('Camera control is not supported by the current model');
	if (order.mode !== camera.mode || order.seconds !== 5) throw unsupported(order, 'camera_control');
	const type = parts.readCamera(fields, { range: 10 });
	if (camera.simpleOnly && type !== 'simple')
		throw badValue('camera_control.type only supports simple for the current model');
	return true;
}

function checkTail(
	abilities: ModelAbilities,
	order: Order,
	{ soundOn, alone }: { soundOn: boolean; alone: boolean },
): void {
	if (abilities.imageTail.length === 0)
		throw badValue('Image tail is not supported by the current model');
	const lengths = abilities.imageTailDurations ?? abilities.durations;
	if (!abilities.imageTail.includes(order.mode) || !lengths.includes(order.seconds)) {
		throw unsupported(order, 'image_tail');
	}
	if (alone && abilities.imageTailNeedsImage)
		throw badValue('image_tail is not supported without image by the current model');
	if (soundOn && abilities.imageTailSilentOnly)
		throw badValue('image_tail is not supported when sound is on');
}

function readMasks(fields: Fields, abilities: ModelAbilities, order: Order): boolean {
	const dynamic = fields.list('dynamic_masks', { max: 6 });
	const hasStatic = checkImage(fields, 'static_mask') !== undefined;
	if (dynamic.length === 0 && !hasStatic) return false;
	if (abilities.masks.length === 0)
		throw badValue('Motion brush is not supported by the current model');
	if (!abilities.masks.includes(order.mode) || order.seconds !== 5)
		throw unsupported(order, 'motion brush');
	for (const mask of dynamic) {
		checkImage(mask, 'mask', { required: true });
		parts.readTrajectory(mask);
	}
	return true;
}

function unsupported(order: Order, what: string): Error {
	return badValue(
		`model/mode/duration(${order.modelName}/${order.mode}/${order.seconds}) is not supported with ${what}`,
	);
}
