import { badValue, Refusal, wrongType } from '../refusal';
import type { Fields } from './fields';
import { isModel } from './models';
import type { ValidationContext } from './order';

// Rules that several kinds of task share.

export const PROMPT_MAX = 2500;
const SHOT_PROMPT_MAX = 512;
const MOST_SHOTS = 6;
const CAMERA_TYPES = [
	'simple',
	'down_back',
	'forward_up',
	'right_turn_forward',
	'left_turn_forward',
] as const;
const CAMERA_AXES = ['horizontal', 'vertical', 'pan', 'tilt', 'roll', 'zoom'] as const;

/** Length in seconds, out of the text the official service wants. */
export function readDuration(
	fields: Fields,
	context: ValidationContext,
	rules: { allowed: readonly number[]; fallback: number },
): number {
	const raw = fields.body.duration;
	if (context.numericDuration && typeof raw === 'number') {
		if (!rules.allowed.includes(raw)) throw fields.invalid('duration', raw);
		return raw;
	}
	const text = fields.text('duration', { oneOf: rules.allowed.map(String) });
	return text === undefined ? rules.fallback : Number(text);
}

/** `model_name`, or the default; one that does not exist is told from one for something else, and from one switched off. */
export function readModel(
	fields: Fields,
	context: ValidationContext,
	rules: { known: readonly string[]; fallback: string },
): string {
	const named = fields.text('model_name');
	if (named !== undefined && !isModel(named))
		throw new Refusal(1203, `The model '${named}' does not exist`);
	const model = fields.text('model_name', { oneOf: rules.known }) ?? rules.fallback;
	if (context.discontinuedModels.includes(model)) {
		throw badValue(`The model '${model}' has been discontinued and is no longer available.`);
	}
	return model;
}

/** What every create may be called, and whom it calls back; all that those share which take no watermark. */
export function readNames(fields: Fields): { externalTaskId?: string; callbackUrl?: string } {
	return {
		externalTaskId: fields.text('external_task_id'),
		callbackUrl: fields.url('callback_url'),
	};
}

/** What creates share that take a watermark. */
export function readCommon(fields: Fields): ReturnType<typeof readNames> & { watermark: boolean } {
	const watermark = fields.object('watermark_info')?.flag('enabled') ?? false;
	return { watermark, ...readNames(fields) };
}

/**
 * Camera movement: presets without config, or `simple` with exactly one axis that is not zero.
 * @returns the type, or undefined when none is asked for
 */
export function readCamera(
	fields: Fields,
	rules: { range: number; wholeNumbers?: boolean },
): string | undefined {
	const camera = fields.object('camera_control');
	if (!camera) return undefined;
	const type = camera.text('type', { oneOf: CAMERA_TYPES });
	const config = camera.object('config');
	if (config && type === undefined)
		throw badValue('camera_control.type is required when config is given');
	if (type !== 'simple') {
		if (config) throw badValue(`camera_control.config must be empty when type is ${type}`);
		return type;
	}
	if (!config) throw badValue('camera_control.config is required when type is simple');
	const limits = { min: -rules.range, max: rules.range };
	const values = CAMERA_AXES.map((axis) =>
		rules.wholeNumbers ? config.integer(axis, limits) : config.number(axis, limits),
	);
	if (values.filter((value) => value !== undefined && value !== 0).length !== 1) {
		throw badValue('camera_control.config is invalid: exactly one parameter must be non-zero');
	}
	return type;
}

export interface Shots {
	multiShot: boolean;
	/** Shots are told one by one, and `prompt` does not count. */
	customized: boolean;
}

/** multi_shot, shot_type and multi_prompt, whose shots must fill the video. */
export function readShots(
	fields: Fields,
	rules: { supported: boolean; seconds: number; durationIs: 'string' | 'integer' },
): Shots {
	const multiShot = fields.flag('multi_shot') ?? false;
	if (!multiShot) return { multiShot, customized: false };
	if (!rules.supported) throw badValue('multi_shot is not supported by the current model');
	const shotType = fields.text('shot_type', {
		required: true,
		oneOf: ['customize', 'intelligence'],
	});
	if (shotType !== 'customize') return { multiShot, customized: false };
	const shots = fields.list('multi_prompt', { required: true, max: MOST_SHOTS });
	const total = shots.reduce((sum, shot) => sum + readShot(shot, rules.durationIs), 0);
	if (total !== rules.seconds) {
		throw badValue(
			`The sum of multi_prompt durations (${total}) must equal duration (${rules.seconds})`,
		);
	}
	return { multiShot, customized: true };
}

function readShot(shot: Fields, durationIs: 'string' | 'integer'): number {
	shot.integer('index', { required: true, min: 1, max: MOST_SHOTS });
	shot.text('prompt', { required: true, max: SHOT_PROMPT_MAX });
	if (durationIs === 'integer')
		return shot.integer('duration', { required: true, min: 1, max: 15 }) ?? 0;
	const text = shot.text('duration', { required: true }) ?? '';
	if (!/^\d+$/.test(text) || Number(text) < 1) throw shot.invalid('duration', text);
	return Number(text);
}

/** The prompt, which only a customized multi-shot can do without. */
export function readPrompt(fields: Fields, rules: { required: boolean; max?: number }): string {
	return fields.text('prompt', { required: rules.required, max: rules.max ?? PROMPT_MAX }) ?? '';
}

/** Voices need sound; no document wants every one of them cited in the prompt. */
export function readVoices(
	fields: Fields,
	context: ValidationContext,
	rules: { soundOn: boolean; supported: boolean },
): number {
	const voices = fields.list('voice_list', { max: 2 });
	if (voices.length === 0) return 0;
	if (!rules.supported) throw badValue('voice_list is not supported by the current model');
	if (!rules.soundOn) throw badValue('voice_list requires sound to be on');
	for (const voice of voices) {
		context.needVoice(voice.text('voice_id', { required: true }) ?? '');
	}
	return voices.length;
}

/** Ids of subjects, compared digit by digit. Those made from videos are for V3 Omni alone. */
export function readElements(
	fields: Fields,
	context: ValidationContext,
	rules: { max: number; supported: boolean; videos?: boolean },
): string[] {
	const elements = fields.list('element_list', { max: rules.max });
	if (elements.length > 0 && !rules.supported) {
		throw badValue('element_list is not supported by the current model');
	}
	return elements.map((element) => {
		const id = element.exactInteger('element_id');
		const { isVideo } = context.needElement(id);
		if (isVideo && !rules.videos) {
			throw badValue('video character elements are not supported by the current model');
		}
		return id;
	});
}

/** on or off; on only where the model can. */
export function readSound(fields: Fields, rules: { supported: boolean }): boolean {
	const on = fields.text('sound', { oneOf: ['on', 'off'] }) === 'on';
	if (on && !rules.supported)
		throw badValue('sound is not supported by the current model and mode');
	return on;
}

/** A mask is an image, and each path has 2 to 77 whole-numbered points. */
export function readTrajectory(mask: Fields): void {
	const points = mask.list('trajectories', { required: true, max: 77 });
	if (points.length < 2) throw badValue(`${mask.name('trajectories')} needs at least 2 points`);
	for (const point of points) {
		for (const axis of ['x', 'y']) {
			if (!Number.isInteger(point.body[axis])) throw wrongType(point.name(axis), 'integer');
		}
	}
}
