import { z } from 'zod';

import { CAME } from '../words';
import { choice } from './fields';

/** What the operations that make images have in common. */

export const IMAGE_ASPECT_RATIOS = [
	'16:9',
	'9:16',
	'1:1',
	'4:3',
	'3:4',
	'3:2',
	'2:3',
	'21:9',
] as const;

/** A whole number within bounds, both included. */
export function wholeWithin(min: number, max: number) {
	const message = `must be a whole number from ${min} to ${max}, not ${CAME}`;
	return z.number({ message }).int({ message }).min(min, { message }).max(max, { message });
}

export const imageCount = wholeWithin(1, 9).optional().describe('Number of Images');
export const imageAspectRatio = choice(IMAGE_ASPECT_RATIOS).optional().describe('Aspect Ratio');
