import type { Fields } from './fields';
import { checkImage } from './images';
import type { Order, ValidationContext } from './order';
import { readCommon, readPrompt } from './parts';
import { readSound } from './sounds';

const SOUND_SECONDS = { min: 2, max: 300 };
const UNITS_PER_SECOND = { std: 0.4, pro: 0.8 } as const;

/** POST /v1/videos/avatar/image2video: a video as long as the sound, each begun second of which costs. */
export function avatar(fields: Fields, context: ValidationContext): Order {
	checkImage(fields, 'image', { required: true });
	const { seconds } = readSound(fields, context, SOUND_SECONDS);
	const prompt = readPrompt(fields, { required: false });
	const mode = fields.text('mode', { oneOf: ['std', 'pro'] }) === 'pro' ? 'pro' : 'std';
	const units = Number((Math.ceil(seconds) * UNITS_PER_SECOND[mode]).toFixed(2));
	return { modelName: '', mode, seconds, images: 0, units, prompt, ...readCommon(fields) };
}
