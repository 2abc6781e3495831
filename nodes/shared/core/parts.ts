import type { z } from 'zod';

import type { Json } from './json';
import { defineCall } from './operations/define';
import { picture } from './operations/fields';

/**
 * The parts of a picture, each cut out as a picture of its own. Official reference: POST /v1/videos/image-recognize. The
 * answer is the result itself: there is no task, and nobody can ask for it again.
 */
export const partsCall = defineCall({ image: picture.describe('Image') }, () => undefined);

export type PartsRequest = z.output<typeof partsCall.schema>;

/** A part, and whether the picture has it. */
export interface Part {
	/** Kling looks for object, head, face and cloth. */
	name: string;
	isContained: boolean;
	/** A picture of it; absent where the picture does not have it. */
	url?: string;
}

/** What was found in a picture. */
export interface RecognizedParts {
	parts: Part[];
	/** What it cost in the service's units, as the service writes it. */
	unitsDeducted?: string;
	/** The service's answer, untouched; absent where it is too long to be kept. */
	raw?: Json;
}
