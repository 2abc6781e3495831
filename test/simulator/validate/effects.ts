import { badValue, wrongType } from '../refusal';
import { Fields } from './fields';
import { checkImage } from './images';
import type { Order, ValidationContext } from './order';
import { readNames } from './parts';
import {
	DUAL_SCENES,
	ENDED_SCENES,
	OLDER_DUAL_SCENES,
	OLDER_SINGLE_SCENES,
	SINGLE_SCENES,
	unitsOfScene,
} from './scenes';

/** How long they are is not told. */
const SECONDS = 5;

/** POST /v1/videos/effects. It takes no model, mode, duration or watermark; relays may have kept an older form that does. */
export function effects(fields: Fields, { olderEffects }: ValidationContext): Order {
	const scene = fields.text('effect_scene', { required: true }) ?? '';
	const isDual = (olderEffects ? OLDER_DUAL_SCENES : DUAL_SCENES).has(scene);
	const isSingle = (olderEffects ? OLDER_SINGLE_SCENES : SINGLE_SCENES).has(scene);
	if (!olderEffects && ENDED_SCENES.has(scene)) {
		throw badValue(`The effect '${scene}' has been discontinued and is no longer available.`);
	}
	if (!isDual && !isSingle) throw fields.invalid('effect_scene', scene);
	const input = fields.object('input');
	if (!input) throw badValue('input is required');
	if (isDual) readPair(input, scene);
	else readPicture(input, scene);
	return {
		...(olderEffects ? readOlder(input, isDual) : { modelName: '', mode: '', seconds: SECONDS }),
		images: 0,
		units: unitsOfScene(scene),
		prompt: '',
		...readNames(fields),
	};
}

function readPicture(input: Fields, scene: string): void {
	if (input.has('images')) throw badValue(`The effect '${scene}' takes input.image, one picture`);
	checkImage(input, 'image', { required: true });
}

function readPair(input: Fields, scene: string): void {
	if (input.has('image')) throw badValue(`The effect '${scene}' takes input.images, two pictures`);
	const { images } = input.body;
	if (images === undefined || images === null) throw badValue('input.images is required');
	if (!Array.isArray(images)) throw wrongType('input.images', 'array');
	if (images.length !== 2) throw badValue('The number of input.images must be 2');
	for (const [index, image] of images.entries()) {
		const name = `images[${index}]`;
		checkImage(new Fields({ [name]: image }, 'input.'), name, { required: true });
	}
}

/** The older form wants a length; a model and a mode it takes for two pictures only. */
function readOlder(input: Fields, isDual: boolean): Pick<Order, 'modelName' | 'mode' | 'seconds'> {
	const duration = input.text('duration', { required: true, oneOf: ['5', '10'] });
	if (!isDual) return { modelName: '', mode: '', seconds: Number(duration) };
	const oneOf = ['kling-v1', 'kling-v1-5', 'kling-v1-6'];
	return {
		modelName: input.text('model_name', { oneOf }) ?? 'kling-v1',
		mode: input.text('mode', { oneOf: ['std', 'pro'] }) ?? 'std',
		seconds: Number(duration),
	};
}
