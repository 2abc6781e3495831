import { CAME } from '../words';
import { defineOperation } from './define';
import { neededText, within } from './fields';

/** Expressions give 3.3000000000000003 for 1.1 × 3. */
const toTenths = (given: number) => Number(given.toFixed(1));
const TENTHS = `must have at most one digit behind the point, not ${CAME}`;

/** Official reference: POST /v1/audio/text-to-audio. It takes no model and no watermark. */
export const textToAudio = defineOperation({
	kind: 'text-to-audio',
	path: 'audio/text-to-audio',
	label: 'Text to Audio',
	title: 'Audio → Generate Sound',
	result: 'audio',
	initialDelay: 8,
	legacyDuration: 'number',
	fields: {
		prompt: neededText(200).describe('Prompt'),
		duration: within(3, 10)
			.refine((given) => Math.abs(toTenths(given) - given) < 1e-9, { message: TENTHS })
			.transform(toTenths)
			.describe('Duration'),
	},
	offers: { legacy: { lacks: ['watermark_info'] } },
});
