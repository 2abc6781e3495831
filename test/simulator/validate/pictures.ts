import { badValue } from '../refusal';
import type { Fields } from './fields';
import { checkImage } from './images';
import { OMNI_IMAGE_MODELS } from './models';
import type { Order, ValidationContext } from './order';
import * as parts from './parts';
import { IMAGE_RATIOS } from './references';

/** The operations that make images of images. Prices in image units, by the price page of September 2026. */
const UNITS = { combine: 16, expand: 8, omni: 8, omni4k: 16, tryOn: 20, views: 20 };
const LARGEST_EXPANSION = 3;
const MOST_REFERENCES = 10;
/** Three sets of three views. */
const SETS = 3;
const SERIES_BY_ITSELF = 4;

const common = (fields: Fields) => ({ mode: 'std', seconds: 0, ...parts.readCommon(fields) });

/** POST /v1/images/omni-image */
export function omniImage(fields: Fields, context: ValidationContext): Order {
	const modelName = parts.readModel(fields, context, {
		known: OMNI_IMAGE_MODELS,
		fallback: OMNI_IMAGE_MODELS[0],
	});
	const isO1 = modelName === 'kling-image-o1';
	const prompt = parts.readPrompt(fields, { required: true });
	const pictures = fields.list('image_list', { max: MOST_REFERENCES });
	for (const picture of pictures) checkImage(picture, 'image', { required: true });
	const elements = parts.readElements(fields, context, {
		max: MOST_REFERENCES,
		supported: true,
		videos: !isO1,
	});
	if (pictures.length + elements.length > MOST_REFERENCES) {
		throw badValue('The number of images and elements must not exceed 10');
	}
	const resolution = fields.text('resolution', { oneOf: isO1 ? ['1k', '2k'] : ['1k', '2k', '4k'] });
	const ratio = fields.text('aspect_ratio', { oneOf: ['auto', ...IMAGE_RATIOS] });
	if (!isO1 && ratio === 'auto' && pictures.length + elements.length === 0) {
		throw badValue('aspect_ratio cannot be auto without images or elements');
	}
	const isSeries = fields.text('result_type', { oneOf: ['single', 'series'] }) === 'series';
	if (isSeries && isO1) throw badValue('result_type series is not supported by the current model');
	const images = isSeries ? seriesOf(fields) : (fields.integer('n', { min: 1, max: 9 }) ?? 1);
	const units = images * (resolution === '4k' ? UNITS.omni4k : UNITS.omni);
	return { ...common(fields), modelName, images, units, prompt };
}

/** How many images a series has; `auto` leaves it to the service. */
function seriesOf(fields: Fields): number {
	const given = fields.body.series_amount;
	if (given === 'auto') return SERIES_BY_ITSELF;
	return fields.integer('series_amount', { min: 2, max: 9 }) ?? SERIES_BY_ITSELF;
}

/** POST /v1/images/multi-image2image */
export function multiImage2image(fields: Fields, context: ValidationContext): Order {
	const modelName = parts.readModel(fields, context, {
		known: ['kling-v2-1', 'kling-v2'],
		fallback: 'kling-v2-1',
	});
	const subjects = fields.list('subject_image_list', { required: true, max: 4 });
	for (const subject of subjects) checkImage(subject, 'subject_image', { required: true });
	checkImage(fields, 'scene_image');
	checkImage(fields, 'style_image');
	const prompt = parts.readPrompt(fields, { required: false });
	const images = fields.integer('n', { min: 1, max: 9 }) ?? 1;
	fields.text('aspect_ratio', { oneOf: IMAGE_RATIOS });
	return { ...common(fields), modelName, images, units: images * UNITS.combine, prompt };
}

/** POST /v1/images/editing/expand. It takes no model. */
export function expand(fields: Fields): Order {
	checkImage(fields, 'image', { required: true });
	const ratio = (side: string) =>
		fields.number(`${side}_expansion_ratio`, { required: true, min: 0, max: 2 }) ?? 0;
	const height = 1 + ratio('up') + ratio('down');
	const width = 1 + ratio('left') + ratio('right');
	if (height * width > LARGEST_EXPANSION + 1e-9) {
		throw badValue('The expanded area must not exceed 3 times that of the image');
	}
	const prompt = parts.readPrompt(fields, { required: false });
	const images = fields.integer('n', { min: 1, max: 9 }) ?? 1;
	return { ...common(fields), modelName: '', images, units: images * UNITS.expand, prompt };
}

const TRY_ON_MODELS = ['kolors-virtual-try-on-v1', 'kolors-virtual-try-on-v1-5'];

/** POST /v1/images/kolors-virtual-try-on, which relays still have. It takes no watermark. */
export function kolorsTryOn(fields: Fields): Order {
	const modelName = fields.text('model_name', { oneOf: TRY_ON_MODELS }) ?? TRY_ON_MODELS[0] ?? '';
	checkImage(fields, 'human_image', { required: true });
	checkImage(fields, 'cloth_image', { required: true });
	return {
		modelName,
		mode: '',
		seconds: 0,
		images: 1,
		units: UNITS.tryOn,
		prompt: '',
		...parts.readNames(fields),
	};
}

/** POST /v1/general/ai-multi-shot. It takes no model and no watermark. */
export function aiMultiShot(fields: Fields): Order {
	checkImage(fields, 'element_frontal_image', { required: true });
	return {
		modelName: '',
		mode: 'std',
		seconds: 0,
		images: SETS * 3,
		units: UNITS.views,
		prompt: '',
		...parts.readNames(fields),
	};
}
