import { badValue } from '../refusal';
import type { TaskKind } from '../types';
import type { Fields } from './fields';
import { checkImage } from './images';
import { VIDEO_MODELS } from './models';
import type { Order, ValidationContext } from './order';
import * as parts from './parts';

const PROMPT_MAX = 500;
const NEGATIVE_MAX = 200;
const RATIOS = ['16:9', '9:16', '1:1'] as const;
const IMAGE_RATIOS = [...RATIOS, '4:3', '3:4', '3:2', '2:3'] as const;

type Rule = (fields: Fields, context: ValidationContext, newerModels: boolean) => Order;

/** Rules of the service's own page, with the limits of 2024; no other kinds exist there. */
export const OPENAI_HK_RULES: Readonly<Partial<Record<TaskKind, Rule>>> = {
	'videos/text2video': (fields, context, newerModels) => {
		const order = readVideo(fields, context, models(['kling-v1'], newerModels), true);
		if (fields.has('camera_control') && (order.mode !== 'std' || order.seconds !== 5)) {
			throw badValue('camera_control is only supported with mode std and duration 5');
		}
		parts.readCamera(fields, { range: 10, wholeNumbers: true });
		return order;
	},
	'videos/image2video': (fields, context, newerModels) => {
		checkImage(fields, 'image', { required: true });
		checkImage(fields, 'image_tail');
		return readVideo(fields, context, models(['kling-v1', 'kling-v1-5'], newerModels), false);
	},
	'images/generations': (fields) => {
		const prompt = fields.text('prompt', { required: true, max: PROMPT_MAX }) ?? '';
		const negative = fields.text('negative_prompt', { max: NEGATIVE_MAX });
		const image = checkImage(fields, 'image');
		if (image !== undefined && negative !== undefined) {
			throw badValue('negative_prompt is not supported when image is given');
		}
		fields.number('image_fidelity', { min: 0, max: 1 });
		fields.text('aspect_ratio', { oneOf: IMAGE_RATIOS });
		const images = fields.integer('n', { min: 1, max: 9 }) ?? 1;
		return {
			modelName: 'kling-v1',
			mode: 'std',
			seconds: 0,
			images,
			prompt,
			callbackUrl: fields.url('notify_hook'),
		};
	},
};

function models(documented: string[], newerModels: boolean): string[] {
	return newerModels ? Object.keys(VIDEO_MODELS) : documented;
}

function readVideo(
	fields: Fields,
	context: ValidationContext,
	known: string[],
	promptRequired: boolean,
): Order {
	const modelName = parts.readModel(fields, context, { known, fallback: 'kling-v1' });
	const prompt = fields.text('prompt', { required: promptRequired, max: PROMPT_MAX }) ?? '';
	fields.text('negative_prompt', { max: NEGATIVE_MAX });
	fields.number('cfg_scale', { min: 0, max: 1 });
	fields.text('aspect_ratio', { oneOf: RATIOS });
	const mode = fields.text('mode', { oneOf: ['std', 'pro'] }) ?? 'std';
	const allowed = VIDEO_MODELS[modelName]?.durations ?? [5, 10];
	const seconds = parts.readDuration(fields, context, { allowed, fallback: 5 });
	return { modelName, mode, seconds, images: 0, prompt, callbackUrl: fields.url('notify_hook') };
}
