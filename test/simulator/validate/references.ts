import { badValue } from '../refusal';
import type { Fields } from './fields';
import { checkImage } from './images';
import { IMAGE_MODELS, OMNI_MODELS } from './models';
import type { Order, ValidationContext } from './order';
import * as parts from './parts';

const RATIOS = ['16:9', '9:16', '1:1'] as const;
export const IMAGE_RATIOS = [...RATIOS, '4:3', '3:4', '3:2', '2:3', '21:9'] as const;
const YES_NO = ['yes', 'no'] as const;

/** POST /v1/videos/motion-control */
export function motionControl(fields: Fields, context: ValidationContext): Order {
	const modelName = parts.readModel(fields, context, {
		known: ['kling-v2-6', 'kling-v3'],
		fallback: 'kling-v2-6',
	});
	const prompt = parts.readPrompt(fields, { required: false });
	checkImage(fields, 'image_url', { required: true });
	fields.url('video_url', { required: true });
	const orientation = fields.text('character_orientation', {
		required: true,
		oneOf: ['image', 'video'],
	});
	const mode = fields.text('mode', { required: true, oneOf: ['std', 'pro'] }) ?? 'std';
	fields.text('keep_original_sound', { oneOf: YES_NO });
	const elements = parts.readElements(fields, context, {
		max: 1,
		supported: modelName === 'kling-v3',
	});
	if (elements.length > 0 && orientation !== 'video') {
		throw badValue('character_orientation must be video when element_list is given');
	}
	return { modelName, mode, seconds: 5, images: 0, prompt, ...parts.readCommon(fields) };
}

interface OmniReferences {
	images: number;
	firstFrames: number;
	endFrames: number;
	elements: number;
	video?: 'base' | 'feature';
}

/** POST /v1/videos/omni-video */
export function omniVideo(fields: Fields, context: ValidationContext): Order {
	const modelName = parts.readModel(fields, context, {
		known: Object.keys(OMNI_MODELS),
		fallback: 'kling-video-o1',
	});
	const abilities = OMNI_MODELS[modelName];
	if (!abilities) throw fields.invalid('model_name', modelName);
	const isO1 = modelName === 'kling-video-o1';
	const mode = fields.text('mode', { oneOf: ['std', 'pro', '4k'] }) ?? 'pro';
	if (!abilities.modes.includes(mode))
		throw badValue(`model/mode(${modelName}/${mode}) is not supported`);
	const references = readReferences(fields, context, !isO1);
	checkReferences(references);
	if (isO1) checkO1References(references);
	// "Without any other reference images or videos": an element beside a first frame is neither.
	const plain =
		isO1 &&
		references.images === references.firstFrames &&
		(references.firstFrames > 0 || !references.elements) &&
		!references.video;
	const seconds =
		references.video === 'base'
			? 5
			: parts.readDuration(fields, context, {
					allowed: plain ? [5, 10] : abilities.durations,
					fallback: 5,
				});
	const shots = parts.readShots(fields, { supported: !isO1, seconds, durationIs: 'string' });
	if (shots.multiShot && references.video === 'base')
		throw badValue('multi_shot is not supported with a base video');
	const prompt = parts.readPrompt(fields, { required: !shots.customized });
	const soundOn = parts.readSound(fields, { supported: abilities.sound });
	if (soundOn && references.video) throw badValue('sound must be off when video_list is given');
	const ratio = fields.text('aspect_ratio', { oneOf: RATIOS });
	if (!ratio && !references.firstFrames && references.video !== 'base')
		throw badValue('aspect_ratio is required');
	return { modelName, mode, seconds, images: 0, prompt, ...parts.readCommon(fields) };
}

function readReferences(
	fields: Fields,
	context: ValidationContext,
	takesVideoElements: boolean,
): OmniReferences {
	const images = fields.list('image_list', { max: 7 });
	const types = images.map((entry) => {
		checkImage(entry, 'image_url', { required: true });
		return entry.text('type', { oneOf: ['first_frame', 'end_frame'] });
	});
	const [video] = fields.list('video_list', { max: 1 });
	video?.url('video_url', { required: true });
	video?.text('keep_original_sound', { oneOf: YES_NO });
	const referType = video?.text('refer_type', { oneOf: ['feature', 'base'] }) ?? 'base';
	const elements = parts.readElements(fields, context, {
		max: 7,
		supported: true,
		videos: takesVideoElements,
	});
	const count = (wanted: string) => types.filter((type) => type === wanted).length;
	return {
		images: images.length,
		firstFrames: count('first_frame'),
		endFrames: count('end_frame'),
		elements: elements.length,
		...(video ? { video: referType === 'feature' ? 'feature' : 'base' } : {}),
	};
}

function checkReferences(references: OmniReferences): void {
	const { images, firstFrames, endFrames, elements, video } = references;
	const most = video ? 4 : 7;
	if (images + elements > most) {
		throw badValue(`The number of images and elements must not exceed ${most}`);
	}
	if (firstFrames > 1 || endFrames > 1)
		throw badValue('Only one first frame and one end frame are allowed');
	if (endFrames > 0 && firstFrames === 0) throw badValue('end_frame requires first_frame');
	if (firstFrames > 0 && video === 'base')
		throw badValue('first_frame and end_frame are not supported with a base video');
	if (firstFrames > 0 && elements > 3)
		throw badValue('The number of elements must not exceed 3 with first_frame');
}

/** With both frames O1 takes nothing else, and no end frame beside a video. */
function checkO1References({ images, endFrames, elements, video }: OmniReferences): void {
	if (endFrames === 0) return;
	if (images > 2) throw badValue('end_frame is not supported with more than 2 images');
	if (elements > 0) throw badValue('element_list is not supported with end_frame');
	if (video) throw badValue('end_frame is not supported with a reference video');
}

/** POST /v1/images/generations */
export function imageGeneration(fields: Fields, context: ValidationContext): Order {
	const modelName = parts.readModel(fields, context, {
		known: IMAGE_MODELS,
		fallback: IMAGE_MODELS[0],
	});
	const prompt = parts.readPrompt(fields, { required: true });
	const negative = fields.text('negative_prompt', { max: parts.PROMPT_MAX });
	const image = checkImage(fields, 'image');
	if (image !== undefined && negative !== undefined) {
		throw badValue('negative_prompt is not supported when image is given');
	}
	const reference = fields.text('image_reference', { oneOf: ['subject', 'face'] });
	const needsReference = ['kling-v1-5', 'kling-v2-1'].includes(modelName);
	if (image !== undefined && needsReference && !reference)
		throw badValue('image_reference is required when image is given');
	if (reference && !needsReference)
		throw badValue('image_reference is not supported by the current model');
	if (reference && image === undefined)
		throw badValue('image is required when image_reference is given');
	const fidelity = fields.number('image_fidelity', { min: 0, max: 1 });
	if (fidelity !== undefined && modelName === 'kling-v3')
		throw badValue('image_fidelity is not supported by the current model');
	const human = fields.number('human_fidelity', { min: 0, max: 1 });
	if (human !== undefined && reference !== 'subject') {
		throw badValue('human_fidelity is only supported when image_reference is subject');
	}
	const elements = parts.readElements(fields, context, {
		max: 10,
		supported: modelName === 'kling-v3',
	});
	if (elements.length + Number(image !== undefined) > 10) {
		throw badValue('The number of images and elements must not exceed 10');
	}
	fields.text('resolution', { oneOf: ['1k', '2k'] });
	fields.text('aspect_ratio', { oneOf: IMAGE_RATIOS });
	const images = fields.integer('n', { min: 1, max: 9 }) ?? 1;
	return { modelName, mode: 'std', seconds: 0, images, prompt, ...parts.readCommon(fields) };
}
