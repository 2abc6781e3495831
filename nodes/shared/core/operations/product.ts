import { z } from 'zod';

import { LENGTH } from '../words';
import { listUpTo, picture } from './fields';

/** Building blocks of the videos that show a product. */

const MOST_IMAGES = 5;
const IMAGE_COUNT = `must be 1 to ${MOST_IMAGES}, not ${LENGTH}`;

/** Images of the product, each a web address or raw base64. */
export const productImages = z
	.array(picture)
	.min(1, { message: IMAGE_COUNT })
	.max(MOST_IMAGES, { message: IMAGE_COUNT });

/** Of a ready-made seller or voice; which there are, the service knows. */
export const presetId = z.string().trim().min(1, { message: 'must be chosen' });

/** Texts of which a request may hold several. */
export function textList(most: number) {
	return listUpTo(most, z.string().min(1, { message: 'must not be empty' }));
}
